extension Tensor {
  /// Picks rows of a matrix, in the order asked for; a row may be asked for twice.
  ///
  /// - Parameter indices: Row numbers, each below ``rows``.
  /// - Returns: `[indices.count, columns]`.
  public func rows(_ indices: [Int]) -> Tensor {
    let width = columns
    return Tensor(shape: [indices.count, width]) { picked in
      withValues { values in
        for (row, index) in indices.enumerated() {
          precondition(0..<rows ~= index, "row \(index) of \(rows)")
          for i in 0..<width { picked[row * width + i] = values[index * width + i] }
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
    return Tensor(shape: shape.dropLast() + [kept]) { cut in
      withValues { values in
        for row in 0..<rows {
          for i in 0..<kept { cut[row * kept + i] = values[row * width + range.lowerBound + i] }
        }
      }
    }
  }
}
