extension Tensor {
  /// Picks rows of a matrix, in the order asked for; a row may be asked for twice.
  ///
  /// - Parameter indices: Row numbers, each below ``rows``.
  /// - Returns: `[indices.count, columns]`.
  public func rows(_ indices: [Int]) -> Tensor {
    let width = columns
    return Tensor(uninitialized: [indices.count, width]) { picked in
      if packing != nil {
        for (place, index) in indices.enumerated() {
          rows(index..<index + 1).withAddress {
            (picked + place * width).update(from: $0, count: width)
          }
        }
        return
      }
      withAddress { values in
        for (row, index) in indices.enumerated() {
          precondition(0..<rows ~= index, "row \(index) of \(rows)")
          (picked + row * width).update(from: values + index * width, count: width)
        }
      }
    }
  }

  /// The rows in a range, as a matrix, without copying.
  ///
  /// - Parameter range: Row numbers within `0..<rows`.
  /// - Returns: `[range.count, columns]`.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Tensor(
      shape: [range.count, columns],
      storage: storage,
      offset: offset + range.lowerBound * columns
    )
  }

  /// Cuts a range of columns out of every row.
  ///
  /// - Parameter range: Column numbers within `0..<columns`.
  /// - Returns: This tensor's leading axes, then `range.count`.
  public func columns(_ range: Range<Int>) -> Tensor {
    let (width, kept) = (columns, range.count)
    precondition(range.lowerBound >= 0 && range.upperBound <= width, "columns \(range) of \(width)")
    return Tensor(uninitialized: shape.dropLast() + [kept]) { cut in
      withAddress { values in
        inParallel(count: rows, work: rows * kept) { part in
          for row in part {
            let start = values + row * width + range.lowerBound
            (cut + row * kept).update(from: start, count: kept)
          }
        }
      }
    }
  }

  /// A copy in which `change` writes to some of the elements.
  ///
  /// - Parameter change: Is given the address of the first element.
  /// - Returns: The changed tensor.
  package func copied(_ change: (UnsafeMutablePointer<Float>) -> Void) -> Tensor {
    let count = count
    return Tensor(uninitialized: shape) { result in
      withAddress { values in result.update(from: values, count: count) }
      change(result)
    }
  }

  /// A copy in which `change` writes to each row.
  ///
  /// - Parameter change: Is given a row's number and the address of its first element; several rows
  ///   are changed at once.
  /// - Returns: The changed tensor.
  package func replacingRows(_ change: (Int, UnsafeMutablePointer<Float>) -> Void) -> Tensor {
    let (rows, width) = (rows, columns)
    return Tensor(uninitialized: shape) { result in
      withAddress { values in
        inParallel(count: rows, work: rows * width) { part in
          for row in part {
            let place = result + row * width
            place.update(from: values + row * width, count: width)
            change(row, place)
          }
        }
      }
    }
  }
}
