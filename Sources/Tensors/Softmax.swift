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
