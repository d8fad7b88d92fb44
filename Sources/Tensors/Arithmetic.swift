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

  @inline(__always)
  private func combined(
    with other: Tensor,
    _ operation: (Float, Float) -> Float
  ) -> Tensor {
    precondition(
      shape == other.shape || (other.shape.count == 1 && columns == other.count),
      "shapes \(shape) and \(other.shape) do not combine"
    )
    let (count, width) = (count, other.count)
    return Tensor(uninitialized: shape) { result in
      self.withAddress { a in
        other.withAddress { b in
          for start in stride(from: 0, to: count, by: Swift.max(width, 1)) {
            for i in 0..<width { result[start + i] = operation(a[start + i], b[i]) }
          }
        }
      }
    }
  }

  /// Every element through `transform`.
  public func map(_ transform: (Float) -> Float) -> Tensor {
    let count = count
    return Tensor(uninitialized: shape) { result in
      withAddress { values in
        for i in 0..<count { result[i] = transform(values[i]) }
      }
    }
  }
}
