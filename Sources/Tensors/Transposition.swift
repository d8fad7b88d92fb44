extension Tensor {
  /// The matrix with rows and columns exchanged.
  ///
  /// - Returns: `[columns, rows]`.
  public func transposed() -> Tensor {
    let (rows, columns) = (rows, columns)
    // In squares, so that the lines of memory fetched for one row serve its neighbours too.
    let side = 16
    return Tensor(uninitialized: [columns, rows]) { result in
      withAddress { values in
        for top in stride(from: 0, to: rows, by: side) {
          for left in stride(from: 0, to: columns, by: side) {
            for column in left..<Swift.min(left + side, columns) {
              for row in top..<Swift.min(top + side, rows) {
                result[column * rows + row] = values[row * columns + column]
              }
            }
          }
        }
      }
    }
  }

  /// The sum of each column.
  ///
  /// - Returns: `[columns]`; terms are added in the order of the rows.
  public func columnSums() -> Tensor {
    let (rows, columns) = (rows, columns)
    return Tensor(shape: [columns]) { sums in
      withAddress { values in
        for row in 0..<rows {
          for column in 0..<columns { sums[column] += values[row * columns + column] }
        }
      }
    }
  }
}
