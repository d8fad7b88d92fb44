import CKernels

/// The dot product of two vectors: `Σᵢ a[i] · b[i]`.
///
/// - Precondition: `a` and `b` hold equally many elements.
public func dot(_ a: Tensor, _ b: Tensor) -> Float {
  precondition(a.count == b.count, "\(a.count) elements and \(b.count)")
  let count = a.count
  return a.withAddress { a in
    b.withAddress { b in kernels.dot(count, a, b) }
  }
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
            lengths[row] = kernels.dot(width, x, x).squareRoot()
          }
        }
      }
    }
    return PerRow(values: lengths)
  }
}
