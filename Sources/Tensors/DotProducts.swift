import CKernels

/// The dot product of two vectors: `Σᵢ a[i] · b[i]`.
///
/// - Precondition: `a` and `b` hold equally many elements.
public func dot(_ a: Tensor, _ b: Tensor) -> Float {
  precondition(a.count == b.count, "\(a.count) elements and \(b.count)")
  let count = a.count
  var result: Float = 0
  a.withAddress { a in
    b.withAddress { b in
      kernels.product_transposed(1, 1, count, a, count, b, count, &result, 1)
    }
  }
  return result
}

extension Tensor {
  /// The Euclidean length of each row: `√Σᵢ x[i]²`.
  ///
  /// - Complexity: O(``count``), at the speed of memory.
  public func rowLengths() -> PerRow {
    let (rows, width) = (rows, columns)
    let lengths = Tensor(uninitialized: shape.dropLast() + [1]) { lengths in
      withAddress { values in
        inParallel(count: rows, granule: 16, work: rows * width) { part in
          for row in part {
            let x = values + row * width
            kernels.product_transposed(1, 1, width, x, width, x, width, lengths + row, 1)
            lengths[row] = lengths[row].squareRoot()
          }
        }
      }
    }
    return PerRow(values: lengths)
  }
}
