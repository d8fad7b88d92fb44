/// Coloured cells without numbers, many of them: one path a colour, equal neighbours in a row joined.
///
/// 64 × 64 cells take some 10 KB this way rather than 200 KB as a rectangle each.
public struct CellGrid: Sendable {
  /// The colour level of each cell, row by row; nil for a cell that is not drawn.
  public var levels: [[Int?]]
  /// The scale the levels are of.
  public var role: ColorScale.Role
  /// The size of a cell in pixels.
  public var cellWidth: Double, cellHeight: Double
  /// A level left undrawn because the background already has its colour.
  public var emptyLevel: Int?

  /// Makes a grid of cells.
  public init(
    levels: [[Int?]],
    role: ColorScale.Role,
    cellWidth: Double,
    cellHeight: Double,
    emptyLevel: Int? = nil
  ) {
    self.levels = levels
    self.role = role
    self.cellWidth = cellWidth
    self.cellHeight = cellHeight
    self.emptyLevel = emptyLevel
  }

  /// One path a level, in units of cells: each run of equal cells is a line as thick as a cell.
  package func paths() -> [(level: Int, data: String)] {
    var paths = [Run](repeating: Run(), count: ColorScale.levelCount)
    for (row, cells) in levels.enumerated() {
      var column = 0
      while column < cells.count {
        let start = column
        let level = cells[start]
        while column < cells.count, cells[column] == level { column += 1 }
        guard let level, level != emptyLevel, paths.indices.contains(level) else { continue }
        paths[level].add(row: row, from: start, to: column)
      }
    }
    return paths.enumerated().compactMap { level, path in
      path.data.isEmpty ? nil : (level, path.data)
    }
  }

  private struct Run {
    var data = ""
    var row = 0
    var column = 0

    mutating func add(row: Int, from start: Int, to end: Int) {
      data += data.isEmpty ? "M\(start) \(row)" : "m\(start - column)\(signed(row - self.row))"
      data += "h\(end - start)"
      (self.row, self.column) = (row, end)
    }

    private func signed(_ number: Int) -> String { number < 0 ? "\(number)" : " \(number)" }
  }
}
