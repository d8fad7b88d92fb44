public import Tensors

/// A slice of a space with many dimensions: points on a few axes at right angles.
///
/// The axes are directions that are given, each made perpendicular to those before it; where there are
/// too few of them, the directions follow along which the points vary most in what is left.
public struct SpaceSlice: Sendable {
  /// One axis.
  public struct Axis: Sendable {
    /// The axis's direction, of length 1, `[dimension]`.
    public var direction: Tensor
    /// The share of the points' whole variance that lies along it, 0 to 1.
    public var share: Double
    /// Which of the given directions it is, if it is one.
    public var given: Int?
    /// How far the given direction was turned to be perpendicular to those before it, in degrees.
    public var turned: Double = 0
  }

  /// The axes in order.
  public let axes: [Axis]
  /// Each point's place on the axes, from the points' mean, `[point, axis]`.
  public let coordinates: Tensor

  /// Lays axes through points.
  ///
  /// - Parameters:
  ///   - points: `[point, dimension]`.
  ///   - count: How many axes; fewer if the points do not span so many.
  ///   - directions: What the first axes are to be, each `[dimension]`; one that lies along those
  ///     before it is passed over.
  ///   - cloud: The points whose principal components the other axes are; `points` if not given.
  public init(
    of points: Tensor,
    axes count: Int,
    along directions: [Tensor] = [],
    varyingIn cloud: Tensor? = nil
  ) {
    let scatter = Scatter(of: points)
    let total = scatter.total
    var basis: [[Double]] = []
    var axes: [Axis] = []
    func add(_ direction: [Double], given: Int?) {
      guard basis.count < count, let (unit, turned) = Self.perpendicular(direction, to: basis)
      else { return }
      basis.append(unit)
      axes.append(
        Axis(
          direction: Tensor(shape: [unit.count], values: unit.map { Float($0) }),
          share: 0,
          given: given,
          turned: turned
        )
      )
    }
    for (index, direction) in directions.enumerated() {
      add(direction.values.map(Double.init), given: index)
    }
    if basis.count < count {
      let cloud = cloud ?? points
      let rest = basis.isEmpty ? cloud : Self.removing(basis, from: cloud)
      let components = PrincipalComponents(of: rest, axes: count - basis.count)
      for axis in 0..<components.shares.count {
        add(components.directions.slice(axis).values.map(Double.init), given: nil)
      }
    }
    let columns = scatter.coordinates(along: basis)
    for (axis, column) in columns.enumerated() {
      axes[axis].share = total > 0 ? column.reduce(0) { $0 + $1 * $1 } / total : 0
    }
    self.axes = axes
    coordinates = Tensor(
      shape: [points.rows, columns.count],
      values: (0..<points.rows).flatMap { point in columns.map { Float($0[point]) } }
    )
  }

  /// The part of a direction that is perpendicular to a basis, scaled to length 1, and the angle
  /// between the two in degrees; nil if there is no such part.
  ///
  /// - SeeAlso: Golub & Van Loan, *Matrix Computations*, section 5.2.8 (modified Gram–Schmidt).
  private static func perpendicular(
    _ direction: [Double],
    to basis: [[Double]]
  ) -> (unit: [Double], turned: Double)? {
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard length > 0 else { return nil }
    var rest = direction.map { $0 / length }
    // Twice, as what the first pass leaves by rounding the second removes.
    for _ in 0..<2 {
      for axis in basis {
        let along = zip(rest, axis).reduce(0) { $0 + $1.0 * $1.1 }
        rest = zip(rest, axis).map { $0 - along * $1 }
      }
    }
    let left = rest.reduce(0) { $0 + $1 * $1 }.squareRoot()
    guard left > 1e-6 else { return nil }
    return (rest.map { $0 / left }, degrees(ofCosine: min(1, left)))
  }

  /// The points without what lies along a basis.
  private static func removing(_ basis: [[Double]], from points: Tensor) -> Tensor {
    let width = points.columns
    return Tensor(shape: points.shape) { target in
      points.withValues { values in
        for start in stride(from: 0, to: values.count, by: max(1, width)) {
          for axis in basis {
            // The axes are perpendicular, so that each can be taken from the points as they were.
            var along = 0.0
            for i in 0..<width { along += Double(values[start + i]) * axis[i] }
            for i in 0..<width { target[start + i] -= Float(along * axis[i]) }
          }
          for i in 0..<width { target[start + i] += values[start + i] }
        }
      }
    }
  }
}
