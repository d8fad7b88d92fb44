extension Tensor {
  /// Cuts a rectangle out of a matrix.
  ///
  /// - Parameters:
  ///   - rows: Row numbers.
  ///   - columns: Column numbers.
  /// - Returns: `[rows.count, columns.count]`.
  package func tile(rows: Range<Int>, columns: Range<Int>) -> Tensor {
    precondition(rows.upperBound <= self.rows && columns.upperBound <= self.columns)
    let width = self.columns
    return Tensor(uninitialized: [rows.count, columns.count]) { tile in
      withAddress { values in
        for (i, row) in rows.enumerated() {
          (tile + i * columns.count).update(
            from: values + row * width + columns.lowerBound,
            count: columns.count
          )
        }
      }
    }
  }

  /// Lays matrices of one shape side by side and below one another.
  ///
  /// - Parameters:
  ///   - tiles: The matrices, row by row, each `[height, width]`.
  ///   - across: How many stand side by side.
  /// - Returns: `[tiles.count / across · height, across · width]`.
  package static func tiled(_ tiles: [Tensor], across: Int) -> Tensor {
    let (height, width) = (tiles[0].rows, tiles[0].columns)
    precondition(tiles.count % across == 0 && tiles.allSatisfy { $0.shape == tiles[0].shape })
    let whole = across * width
    return Tensor(uninitialized: [tiles.count / across * height, whole]) { result in
      for (index, tile) in tiles.enumerated() {
        let corner = result + index / across * height * whole + index % across * width
        tile.withAddress { tile in
          for row in 0..<height {
            (corner + row * whole).update(from: tile + row * width, count: width)
          }
        }
      }
    }
  }
}
