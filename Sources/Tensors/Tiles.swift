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

  /// Puts the rows of matrices of one width below one another.
  ///
  /// - Parameter parts: The matrices, each `[n, width]`; at least one.
  /// - Returns: All their rows, `[Σ n, width]`.
  package static func stacked(_ parts: [Tensor]) -> Tensor {
    let width = parts[0].columns
    precondition(parts.allSatisfy { $0.columns == width })
    return Tensor(uninitialized: [parts.reduce(0) { $0 + $1.rows }, width]) { result in
      var place = result
      for part in parts {
        let count = part.count
        part.withAddress { place.update(from: $0, count: count) }
        place += count
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
