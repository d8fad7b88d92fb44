import CKernels

/// One number for each row of a tensor, such as the row's mean.
///
/// A type of its own, so that `x - x.rowMeans()` can only mean one thing.
public struct PerRow: Sendable {
  /// The numbers, in the shape of the tensor they belong to with 1 for its last axis.
  public let values: Tensor

  /// Takes numbers as those of the rows they were made for.
  package init(values: Tensor) { self.values = values }

  /// Every number plus `b`.
  public static func + (a: PerRow, b: Float) -> PerRow { PerRow(values: a.values.map { $0 + b }) }

  /// The square root of every number.
  public func squareRoots() -> PerRow { PerRow(values: values.map { $0.squareRoot() }) }
}

extension Tensor {
  /// The mean of each row.
  public func rowMeans() -> PerRow {
    let width = Float(columns)
    return eachRow { x, count in kernels.sum(count, x) / width }
  }

  /// The sum of each row.
  public func rowSums() -> PerRow { eachRow { x, count in kernels.sum(count, x) } }

  /// Takes each row's number from every element of the row.
  public static func - (a: Tensor, b: PerRow) -> Tensor {
    a.eachRow(with: b, kernels.subtract_number)
  }

  /// Multiplies every element of a row by the row's number.
  public static func * (a: Tensor, b: PerRow) -> Tensor {
    a.eachRow(with: b, kernels.multiply_number)
  }

  /// Divides every element of a row by the row's number.
  public static func / (a: Tensor, b: PerRow) -> Tensor {
    a.eachRow(with: b, kernels.divide_number)
  }

  /// A number for each row, made of the row's elements.
  private func eachRow(_ number: (UnsafePointer<Float>, Int) -> Float) -> PerRow {
    let (rows, width) = (rows, columns)
    let numbers = Tensor(uninitialized: shape.dropLast() + [1]) { numbers in
      withAddress { values in
        inParallel(count: rows, granule: 16, work: rows * width) { part in
          for row in part { numbers[row] = number(values + row * width, width) }
        }
      }
    }
    return PerRow(values: numbers)
  }

  private func eachRow(with b: PerRow, _ operation: RowKernel) -> Tensor {
    precondition(b.values.count == rows, "\(b.values.count) numbers for \(rows) rows")
    let (rows, width) = (rows, columns)
    return Tensor(uninitialized: shape) { result in
      withAddress { values in
        b.values.withAddress { b in
          inParallel(count: rows, work: rows * width) { part in
            for row in part {
              operation(width, values + row * width, b[row], result + row * width)
            }
          }
        }
      }
    }
  }
}

/// From a row's elements and its number to as many elements.
private typealias RowKernel =
  @convention(c) (Int, UnsafePointer<Float>, Float, UnsafeMutablePointer<Float>) -> Void
