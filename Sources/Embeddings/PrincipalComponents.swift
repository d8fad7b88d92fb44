public import Tensors

/// The directions along which a cloud of points varies most.
///
/// - SeeAlso: Pearson 1901, *On lines and planes of closest fit to systems of points in space*.
public struct PrincipalComponents: Sendable {
  /// Each point's place along the directions, `[point, axis]`.
  public let coordinates: Tensor
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
    let (count, width) = (points.rows, points.columns)
    let x = Self.centred(points)
    // The points' dot products and the dimensions' have the same eigenvalues, and either's
    // eigenvectors give the coordinates. Take the smaller matrix.
    let usesPoints = count <= width
    let eigen =
      usesPoints
      ? SymmetricEigen(Self.dotProductsOfRows(x, rows: count, columns: width), size: count)
      : SymmetricEigen(Self.dotProductsOfColumns(x, rows: count, columns: width), size: width)
    let total = eigen.values.reduce(0) { $0 + max(0, $1) }
    // What is smaller than this is rounding: the points do not reach in that direction.
    let kept = eigen.values.prefix(max(0, axes)).prefix { $0 > total * 1e-12 }
    let columns = kept.indices.map { axis in
      let vector = eigen.vectors[axis]
      let column =
        usesPoints
        ? vector.map { $0 * kept[axis].squareRoot() }
        : (0..<count).map { point in
          (0..<width).reduce(0) { $0 + x[point * width + $1] * vector[$1] }
        }
      return Self.oriented(column)
    }
    shares = kept.map { $0 / total }
    coordinates = Tensor(
      shape: [count, kept.count],
      values: (0..<count).flatMap { point in columns.map { Float($0[point]) } }
    )
  }

  /// The points, moved so that their mean is at the origin.
  private static func centred(_ points: Tensor) -> [Double] {
    let (count, width) = (points.rows, points.columns)
    var values = points.values.map(Double.init)
    for i in 0..<width {
      var sum = 0.0
      for point in 0..<count { sum += values[point * width + i] }
      let mean = sum / Double(max(1, count))
      for point in 0..<count { values[point * width + i] -= mean }
    }
    return values
  }

  private static func dotProductsOfRows(_ x: [Double], rows: Int, columns: Int) -> [Double] {
    var products = [Double](repeating: 0, count: rows * rows)
    for a in 0..<rows {
      for b in 0...a {
        var sum = 0.0
        for i in 0..<columns { sum += x[a * columns + i] * x[b * columns + i] }
        products[a * rows + b] = sum
        products[b * rows + a] = sum
      }
    }
    return products
  }

  private static func dotProductsOfColumns(_ x: [Double], rows: Int, columns: Int) -> [Double] {
    var products = [Double](repeating: 0, count: columns * columns)
    for row in 0..<rows {
      for a in 0..<columns {
        let factor = x[row * columns + a]
        for b in 0..<columns { products[a * columns + b] += factor * x[row * columns + b] }
      }
    }
    return products
  }

  /// The coordinates, all of them negated if the farthest is negative.
  private static func oriented(_ column: [Double]) -> [Double] {
    let farthest = column.reduce(0) { max($0, abs($1)) }
    // Points that rounding alone sets apart count as equally far.
    let first = column.first { abs($0) >= farthest * (1 - 1e-9) } ?? 0
    return first < 0 ? column.map { -$0 } : column
  }
}
