import CKernels

/// Each row turned into shares of one whole: `p[i] = e^(x[i] − max x) / Σⱼ e^(x[j] − max x)`.
///
/// An entry of −∞ gets the share 0. A row of nothing but −∞ has no shares: they are not a number.
///
/// - Parameter x: Any shape; the last axis is shared out.
/// - Returns: The shape of `x`, each row summing to 1.
public func softmax(_ x: Tensor) -> Tensor {
  let (rows, width) = (x.rows, x.columns)
  return Tensor(uninitialized: x.shape) { p in
    x.withAddress { x in
      inParallel(count: rows, work: rows * width * 8) { rows in
        for row in rows { kernels.softmax(width, x + row * width, p + row * width) }
      }
    }
  }
}

/// The softmax of square matrices in which nobody looks ahead: row i is shared out among its first
/// i + 1 entries, and the others get 0.
///
/// - Parameter x: `[…, T, T]`.
/// - Returns: The shape of `x`.
package func causalSoftmax(_ x: Tensor) -> Tensor {
  let (rows, width) = (x.rows, x.columns)
  precondition(rows % max(width, 1) == 0, "\(x.shape) holds no square matrices")
  return Tensor(uninitialized: x.shape) { p in
    x.withAddress { x in
      inParallel(count: rows, work: rows * width * 4) { rows in
        for row in rows {
          let seen = row % width + 1
          kernels.softmax(seen, x + row * width, p + row * width)
          (p + row * width + seen).update(repeating: 0, count: width - seen)
        }
      }
    }
  }
}
