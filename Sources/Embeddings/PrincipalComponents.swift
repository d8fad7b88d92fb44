public import Tensors

/// The directions along which a cloud of points varies most.
///
/// - SeeAlso: Pearson 1901, *On lines and planes of closest fit to systems of points in space*.
public struct PrincipalComponents: Sendable {
  /// Each point's place along the directions, `[point, axis]`.
  public let coordinates: Tensor
  /// The directions themselves, each of length 1, `[axis, dimension]`.
  public let directions: Tensor
  /// The share of the whole variance along each direction, 0 to 1, largest first.
  public let shares: [Double]

  /// Finds the first directions of a cloud of points.
  ///
  /// An axis points to where the point farthest out along it has a positive coordinate (the first of
  /// those equally far), so that the same points always give the same picture.
  ///
  /// - Parameters:
  ///   - points: `[point, dimension]`.
  ///   - axes: How many directions; fewer if the points span fewer.
  /// - Complexity: O(n² · m + n³), n being the smaller of points and dimensions, m the larger.
  public init(of points: Tensor, axes: Int) {
    // The points' dot products and the dimensions' have the same eigenvalues, and either's
    // eigenvectors give the directions. Take the smaller matrix.
    let usesPoints = points.rows <= points.columns
    let scatter = Scatter(of: points)
    let eigen =
      usesPoints
      ? SymmetricEigen(scatter.productsOfPoints, size: points.rows)
      : SymmetricEigen(scatter.productsOfDimensions, size: points.columns)
    let total = eigen.values.reduce(0) { $0 + max(0, $1) }
    // What is smaller than this is rounding: the points do not reach in that direction.
    let kept = eigen.values.prefix(max(0, axes)).prefix { $0 > total * 1e-12 }
    var directions = kept.indices.map { axis in
      usesPoints ? scatter.direction(of: eigen.vectors[axis]) : eigen.vectors[axis]
    }
    var columns = scatter.coordinates(along: directions)
    for axis in columns.indices where Self.pointsBackwards(columns[axis]) {
      columns[axis] = columns[axis].map { -$0 }
      directions[axis] = directions[axis].map { -$0 }
    }
    shares = kept.map { $0 / total }
    self.directions = Tensor(
      shape: [kept.count, points.columns],
      values: directions.flatMap { $0.map { Float($0) } }
    )
    coordinates = Tensor(shape: [points.rows, kept.count]) { target in
      for (axis, column) in columns.enumerated() {
        for (point, value) in column.enumerated() {
          target[point * columns.count + axis] = Float(value)
        }
      }
    }
  }

  /// Whether the farthest coordinate is negative.
  private static func pointsBackwards(_ column: [Double]) -> Bool {
    let farthest = column.reduce(0) { max($0, abs($1)) }
    // Points that rounding alone sets apart count as equally far.
    return (column.first { abs($0) >= farthest * (1 - 1e-9) } ?? 0) < 0
  }
}
