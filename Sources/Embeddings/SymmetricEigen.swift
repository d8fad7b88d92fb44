import Platform

/// The eigenvalues and eigenvectors of a symmetric matrix, by Jacobi's rotations.
///
/// - SeeAlso: Golub & Van Loan, *Matrix Computations*, section 8.5.
struct SymmetricEigen {
  /// The eigenvalues, largest first.
  private(set) var values: [Double]
  /// The eigenvectors in the same order, each of length 1.
  private(set) var vectors: [[Double]]

  /// Decomposes `matrix`, row-major and symmetric, of `size` rows.
  ///
  /// - Complexity: O(size³) for each of some ten sweeps.
  init(_ matrix: [Double], size n: Int) {
    precondition(matrix.count == n * n, "\(matrix.count) elements for \(n) rows")
    var a = matrix
    // Row i becomes the eigenvector of a[i, i].
    var v = [Double](repeating: 0, count: n * n)
    for i in 0..<n { v[i * n + i] = 1 }
    let whole = matrix.reduce(0) { $0 + $1 * $1 }
    // Off the diagonal, each sweep about squares what is left; sixty is far more than it takes.
    for _ in 0..<60 {
      var rest = 0.0
      for p in 0..<n { for q in 0..<p { rest += 2 * a[p * n + q] * a[p * n + q] } }
      guard rest > whole * 1e-30 else { break }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 { Self.rotate(&a, &v, n, p, q) }
      }
    }
    let order = risingOrder(of: (0..<n).map { -a[$0 * n + $0] })
    values = order.map { a[$0 * n + $0] }
    vectors = order.map { Array(v[$0 * n..<($0 + 1) * n]) }
  }

  /// Turns the plane of axes p and q so that `a[p, q]` becomes zero.
  private static func rotate(
    _ a: inout [Double],
    _ v: inout [Double],
    _ n: Int,
    _ p: Int,
    _ q: Int
  ) {
    let theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q])
    let tangent = (theta < 0 ? -1 : 1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let cosine = 1 / (tangent * tangent + 1).squareRoot()
    let sine = tangent * cosine
    func turn(_ x: inout Double, _ y: inout Double) {
      (x, y) = (cosine * x - sine * y, sine * x + cosine * y)
    }
    for k in 0..<n {
      var (x, y) = (a[k * n + p], a[k * n + q])
      turn(&x, &y)
      (a[k * n + p], a[k * n + q]) = (x, y)
    }
    for k in 0..<n {
      var (x, y) = (a[p * n + k], a[q * n + k])
      turn(&x, &y)
      (a[p * n + k], a[q * n + k]) = (x, y)
      (x, y) = (v[p * n + k], v[q * n + k])
      turn(&x, &y)
      (v[p * n + k], v[q * n + k]) = (x, y)
    }
  }
}
