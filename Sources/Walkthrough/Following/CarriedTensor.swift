/// Recorded numbers that a page carries, so that its script can show other tokens, layers and heads.
public struct CarriedTensor: Sendable {
  /// The name in the trace, or one of the page's own for what is only drawn.
  public var name: String
  /// The number of elements along each axis.
  public var shape: [Int]
  /// The elements in row-major order.
  public var values: [Float]
  /// How exactly they have to be carried.
  public var precision: Precision

  /// How exactly numbers are carried.
  public enum Precision: Sendable, Equatable {
    /// As recorded.
    case exact
    /// In steps of 10^−`digits`, cut so that rounding to fewer digits gives what the recorded number gives; of what is too
    /// small for that, the first two digits, so that the first can be shown.
    case decimals(Int)
    /// Rounded to the digits that are shown; small numbers likewise.
    case shown(digits: Int)
    /// To be drawn only: each row in ``drawnSteps`` steps of its largest size.
    case drawn
  }

  /// A bar of so many steps up or down differs from the number by less than a third of a pixel.
  public static let drawnSteps = 31
}
