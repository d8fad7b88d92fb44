import CKernels

extension Tensor {
  /// The sum of two tensors of one shape, or of a tensor and a vector added to each of its rows.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, kernels.add) }

  /// The difference of two tensors of one shape, or of a tensor and a vector taken from each of its
  /// rows.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, kernels.subtract) }

  /// The element-wise product of two tensors of one shape, or of a tensor's rows with a vector.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.combined(with: b, kernels.multiply) }

  /// Divides every element by `b`.
  public static func / (a: Tensor, b: Float) -> Tensor {
    let count = a.count
    return Tensor(uninitialized: a.shape) { result in
      a.withAddress { a in
        inParallel(count: count, granule: 16, work: count) { part in
          let start = part.lowerBound
          kernels.divide_number(part.count, a + start, b, result + start)
        }
      }
    }
  }

  /// Multiplies every element by `b`.
  public static func * (a: Tensor, b: Float) -> Tensor { a.map { $0 * b } }

  private func combined(with other: Tensor, _ operation: ElementKernel) -> Tensor {
    precondition(
      shape == other.shape || (other.shape.count == 1 && columns == other.count),
      "shapes \(shape) and \(other.shape) do not combine"
    )
    let (count, width) = (count, other.count)
    return Tensor(uninitialized: shape) { result in
      self.withAddress { a in
        other.withAddress { b in
          // Of one shape, the elements are shared out; of a vector, the rows.
          if count == width {
            inParallel(count: count, granule: 16, work: count) { part in
              let start = part.lowerBound
              operation(part.count, a + start, b + start, result + start)
            }
          } else {
            inParallel(count: count / Swift.max(width, 1), work: count) { rows in
              for row in rows { operation(width, a + row * width, b, result + row * width) }
            }
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

/// From as many elements of two tensors to those of a third.
private typealias ElementKernel =
  @convention(c) (Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>) ->
  Void
