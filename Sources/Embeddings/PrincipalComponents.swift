public import Tensors

/// The directions along which a cloud of points varies most.
///
/// - SeeAlso: Pearson 1901, *On lines and planes of closest fit to systems of points in space*.
public struct PrincipalComponents: Sendable {
  /// Each point's place along the directions. `[point, axis]`
  public let coordinates: Tensor
  /// The share of the whole variance along each direction, 0 to 1, largest first.
  public let shares: [Double]

  /// Finds the first directions of a cloud of few points in many dimensions.
  ///
  /// Works on the matrix of the points' dot products, whose eigenvectors give the coordinates directly. Each axis points
  /// to where the first point that is off centre lies on its positive side, so that the picture never flips.
  ///
  /// - Parameters:
  ///   - points: `[point, dimension]`.
  ///   - axes: How many directions; fewer if the points span fewer.
  /// - Complexity: O(points² · dimension + points³).
  public init(of points: Tensor, axes: Int) {
    let (count, width) = (points.rows, points.columns)
    let centred = Self.centred(points)
    var gram = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    for a in 0..<count {
      for b in 0...a {
        var sum = 0.0
        for i in 0..<width { sum += centred[a * width + i] * centred[b * width + i] }
        gram[a][b] = sum
        gram[b][a] = sum
      }
    }
    let (values, vectors) = symmetricEigen(gram)
    let total = values.reduce(0) { $0 + max(0, $1) }
    let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
      .prefix(axes).filter { total > 0 && values[$0] > total * 1e-12 }
    shares = order.map { values[$0] / total }
    coordinates = Tensor(shape: [count, order.count]) { result in
      for (axis, index) in order.enumerated() {
        let column = vectors.map { $0[index] }
        let sign = (column.first { abs($0) > 1e-6 } ?? 1) < 0 ? -1.0 : 1.0
        for point in 0..<count {
          result[point * order.count + axis] = Float(sign * column[point] * values[index].squareRoot())
        }
      }
    }
  }

  private static func centred(_ points: Tensor) -> [Double] {
    let (count, width) = (points.rows, points.columns)
    var values = points.values.map(Double.init)
    for i in 0..<width {
      var sum = 0.0
      for point in 0..<count { sum += values[point * width + i] }
      for point in 0..<count { values[point * width + i] -= sum / Double(max(1, count)) }
    }
    return values
  }
}

/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations.
///
/// - Parameter matrix: Square and symmetric.
/// - Returns: The eigenvalues, and a matrix whose columns are the eigenvectors, in no particular order.
/// - SeeAlso: Golub & Van Loan, *Matrix Computations*, section 8.5.
func symmetricEigen(_ matrix: [[Double]]) -> (values: [Double], vectors: [[Double]]) {
  let n = matrix.count
  var a = matrix
  var v = (0..<n).map { row in (0..<n).map { $0 == row ? 1.0 : 0.0 } }
  for _ in 0..<60 {
    var off = 0.0
    var whole = 0.0
    for p in 0..<n {
      for q in 0..<n {
        whole += a[p][q] * a[p][q]
        if p != q { off += a[p][q] * a[p][q] }
      }
    }
    if off <= whole * 1e-26 { break }
    for p in 0..<n {
      for q in p + 1..<max(n, p + 1) where a[p][q] != 0 {
        rotate(&a, &v, p, q)
      }
    }
  }
  return ((0..<n).map { a[$0][$0] }, v)
}

/// Turns the plane of axes p and q so that `a[p][q]` becomes zero.
private func rotate(_ a: inout [[Double]], _ v: inout [[Double]], _ p: Int, _ q: Int) {
  let theta = (a[q][q] - a[p][p]) / (2 * a[p][q])
  let t = (theta < 0 ? -1.0 : 1.0) / (abs(theta) + (theta * theta + 1).squareRoot())
  let c = 1 / (t * t + 1).squareRoot()
  let s = t * c
  for k in a.indices {
    let (kp, kq) = (a[k][p], a[k][q])
    a[k][p] = c * kp - s * kq
    a[k][q] = s * kp + c * kq
  }
  for k in a.indices {
    let (pk, qk) = (a[p][k], a[q][k])
    a[p][k] = c * pk - s * qk
    a[q][k] = s * pk + c * qk
  }
  for k in v.indices {
    let (kp, kq) = (v[k][p], v[k][q])
    v[k][p] = c * kp - s * kq
    v[k][q] = s * kp + c * kq
  }
}
