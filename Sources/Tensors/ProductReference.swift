/// A matrix product by its definition, term by term in double precision: what the kernels are
/// measured against.
package struct ProductReference {
  /// The elements of the product, row-major.
  package private(set) var elements: [Double] = []
  /// How far rounding may take each element from a result in single precision, whatever the order
  /// of its terms.
  ///
  /// Each of the `inner` products and sums is off by 2⁻²⁴ of its value at most, and no partial sum
  /// is larger than Σ|a·b|.
  package private(set) var bounds: [Double] = []

  /// Multiplies `a`, `[rows, inner]`, by `b`, which is `[inner, columns]`, or `[columns, inner]` if
  /// `transposed`.
  package init(_ a: Tensor, _ b: Tensor, transposed: Bool) {
    let (rows, inner) = (a.rows, a.columns)
    let columns = transposed ? b.rows : b.columns
    let (kStride, jStride) = transposed ? (1, inner) : (columns, 1)
    a.withAddress { a in
      b.withAddress { b in
        for i in 0..<rows {
          for j in 0..<columns {
            var (sum, size) = (0.0, 0.0)
            for k in 0..<inner {
              let term = Double(a[i * inner + k]) * Double(b[k * kStride + j * jStride])
              sum += term
              size += abs(term)
            }
            elements.append(sum)
            bounds.append(0x1p-24 * Double(inner + 1) * size)
          }
        }
      }
    }
  }

  /// The largest distance of `values` from the elements, as a share of what rounding may do; above 1
  /// something other than rounding is at work.
  package func worstError(of values: [Float]) -> Double {
    guard values.count == elements.count else { return .infinity }
    var worst = 0.0
    for (value, (element, bound)) in zip(values, zip(elements, bounds)) {
      let distance = abs(Double(value) - element)
      // Also when the distance is not a number.
      if !(distance <= 0) { worst = max(worst, bound > 0 ? distance / bound : .infinity) }
      if distance.isNaN { return .infinity }
    }
    return worst
  }
}
