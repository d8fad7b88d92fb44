#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The product of two matrices: `c[i, j] = Σₖ a[i, k] · b[k, j]`.
///
/// - Parameters:
///   - a: Any shape, seen as `[rows, inner]`.
///   - b: `[inner, columns]`.
/// - Returns: `a`'s leading axes, then `columns`.
/// - Precondition: the inner lengths agree.
public func product(_ a: Tensor, _ b: Tensor) -> Tensor {
  precondition(b.shape.count == 2 && a.columns == b.shape[0], "\(a.shape) times \(b.shape)")
  let (m, n, inner) = (a.rows, b.columns, a.columns)
  return Tensor(shape: a.shape.dropLast() + [n]) { c in
    a.withValues { a in
      b.withValues { b in
        for i in 0..<m {
          for k in 0..<inner {
            for j in 0..<n { c[i * n + j] += a[i * inner + k] * b[k * n + j] }
          }
        }
      }
    }
  }
}

/// The product of a matrix and a transposed one: `c[i, j] = Σₖ a[i, k] · b[j, k]`.
///
/// Each element is the dot product of a row of `a` and a row of `b`.
///
/// - Parameters:
///   - a: Any shape, seen as `[rows, inner]`.
///   - b: `[columns, inner]`.
/// - Returns: `a`'s leading axes, then `columns`.
/// - Precondition: the inner lengths agree.
public func product(_ a: Tensor, transposed b: Tensor) -> Tensor {
  precondition(b.shape.count == 2 && a.columns == b.columns, "\(a.shape) times \(b.shape)ᵀ")
  let (m, n, inner) = (a.rows, b.shape[0], a.columns)
  return Tensor(shape: a.shape.dropLast() + [n]) { c in
    a.withValues { a in
      b.withValues { b in
        for i in 0..<m {
          for j in 0..<n {
            var sum: Float = 0
            for k in 0..<inner { sum += a[i * inner + k] * b[j * inner + k] }
            c[i * n + j] = sum
          }
        }
      }
    }
  }
}

extension Tensor {
  /// The sum of two tensors of one shape, or of a tensor and a vector added to each of its rows.
  public static func + (a: Tensor, b: Tensor) -> Tensor {
    a.combined(with: b) { $0 + $1 }
  }

  /// The difference of two tensors of one shape, or of a tensor and a vector taken from each of its
  /// rows.
  public static func - (a: Tensor, b: Tensor) -> Tensor {
    a.combined(with: b) { $0 - $1 }
  }

  /// The element-wise product of two tensors of one shape, or of a tensor's rows with a vector.
  public static func * (a: Tensor, b: Tensor) -> Tensor {
    a.combined(with: b) { $0 * $1 }
  }

  private func combined(with b: Tensor, _ operation: (Float, Float) -> Float) -> Tensor {
    precondition(
      shape == b.shape || (b.shape.count == 1 && columns == b.count),
      "shapes \(shape) and \(b.shape) do not combine"
    )
    return Tensor(shape: shape) { result in
      self.withValues { a in
        b.withValues { b in
          let width = b.count
          for start in stride(from: 0, to: a.count, by: Swift.max(width, 1)) {
            for j in 0..<width { result[start + j] = operation(a[start + j], b[j]) }
          }
        }
      }
    }
  }

  /// Every element through `transform`.
  public func map(_ transform: (Float) -> Float) -> Tensor {
    Tensor(shape: shape) { result in
      withValues { values in
        for i in 0..<values.count { result[i] = transform(values[i]) }
      }
    }
  }
}

/// Each row turned into shares of one whole: `p[i] = e^(x[i] − max x) / Σⱼ e^(x[j] − max x)`.
///
/// An entry of −∞ gets the share 0.
///
/// - Parameter x: Any shape; the last axis is shared out.
/// - Returns: The shape of `x`, each row summing to 1.
public func softmax(_ x: Tensor) -> Tensor {
  let width = x.columns
  return Tensor(shape: x.shape) { p in
    x.withValues { x in
      for row in 0..<(width == 0 ? 0 : x.count / width) {
        let range = row * width..<(row + 1) * width
        let largest = x[range].max() ?? 0
        var sum: Float = 0
        for i in range {
          p[i] = exp(x[i] - largest)
          sum += p[i]
        }
        for i in range { p[i] /= sum }
      }
    }
  }
}
