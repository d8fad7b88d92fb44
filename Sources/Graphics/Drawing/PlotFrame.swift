/// The values between which a plot lies, where they are not to change with its points.
public struct PlotFrame: Sendable, Equatable {
  /// From left to right.
  public var x: ClosedRange<Double>
  /// From bottom to top.
  public var y: ClosedRange<Double>

  /// Makes a frame.
  public init(x: ClosedRange<Double>, y: ClosedRange<Double>) { (self.x, self.y) = (x, y) }
}
