import CKernels

/// One number for each row of a tensor, such as the row's mean.
///
/// A type of its own, so that `x - x.rowMeans()` can only mean one thing.
public struct PerRow: Sendable {
  /// The numbers, in the shape of the tensor they belong to with 1 for its last axis.
  public let values: Tensor

  /// Every number plus `b`.
  public static func + (a: PerRow, b: Float) -> PerRow { PerRow(values: a.values.map { $0 + b }) }

  /// The square root of every number.
  public func squareRoots() -> PerRow { PerRow(values: values.map { $0.squareRoot() }) }
}

extension Tensor {
  /// The mean of each row.
  public func rowMeans() -> PerRow {
    let (rows, width) = (rows, columns)
    let means = Tensor(uninitialized: shape.dropLast() + [1]) { means in
      withAddress { values in
        for row in 0..<rows { means[row] = kernels.sum(width, values + row * width) / Float(width) }
      }
    }
    return PerRow(values: means)
  }

  /// The sum of each row.
  public func rowSums() -> PerRow {
    let (rows, width) = (rows, columns)
    let sums = Tensor(uninitialized: shape.dropLast() + [1]) { sums in
      withAddress { values in
        for row in 0..<rows { sums[row] = kernels.sum(width, values + row * width) }
      }
    }
    return PerRow(values: sums)
  }

  /// Takes each row's number from every element of the row.
  public static func - (a: Tensor, b: PerRow) -> Tensor { a.eachRow(with: b) { $0 - $1 } }

  /// Multiplies every element of a row by the row's number.
  public static func * (a: Tensor, b: PerRow) -> Tensor { a.eachRow(with: b) { $0 * $1 } }

  /// Divides every element of a row by the row's number.
  public static func / (a: Tensor, b: PerRow) -> Tensor { a.eachRow(with: b) { $0 / $1 } }

  /// Divides every element by `b`.
  public static func / (a: Tensor, b: Float) -> Tensor { a.map { $0 / b } }

  @inline(__always)
  private func eachRow(with b: PerRow, _ operation: (Float, Float) -> Float) -> Tensor {
    precondition(b.values.count == rows, "\(b.values.count) numbers for \(rows) rows")
    let (rows, width) = (rows, columns)
    return Tensor(uninitialized: shape) { result in
      withAddress { values in
        b.values.withAddress { b in
          for row in 0..<rows {
            for i in row * width..<(row + 1) * width { result[i] = operation(values[i], b[row]) }
          }
        }
      }
    }
  }
}
