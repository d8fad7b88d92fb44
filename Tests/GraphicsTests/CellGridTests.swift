import Graphics
import Testing

@Suite struct CellGridTests {
  /// Reads the paths back: which level each cell got.
  static func cells(_ grid: CellGrid, rows: Int, columns: Int) -> [[Int?]] {
    var cells = Array(repeating: [Int?](repeating: nil, count: columns), count: rows)
    for (level, data) in grid.paths() {
      var (x, y) = (0, 0)
      for match in data.matches(of: /([Mmh])(-?[0-9]+)(?: ?(-?[0-9]+))?/) {
        guard let first = Int(match.2) else { continue }
        if match.1 == "h" {
          for column in x..<(x + first) { cells[y][column] = level }
          x += first
        } else {
          let second = match.3.flatMap { Int($0) } ?? 0
          (x, y) = match.1 == "M" ? (first, second) : (x + first, y + second)
        }
      }
    }
    return cells
  }

  @Test(arguments: 1...12)
  func `paths hold exactly the cells`(_ seed: Int) {
    let levels = (0..<9).map { row in
      (0..<11).map { column -> Int? in
        let value = (row * 5 + column * 3 + row * column * seed) % 15
        return value > 12 ? nil : value
      }
    }
    let grid = CellGrid(levels: levels, role: .data, cellWidth: 4, cellHeight: 4)
    #expect(Self.cells(grid, rows: 9, columns: 11) == levels)
  }

  @Test func `the background's level is left out`() {
    let grid = CellGrid(
      levels: [[0, 0, 3], [3, 3, 0]],
      role: .probability,
      cellWidth: 1,
      cellHeight: 1,
      emptyLevel: 0
    )
    #expect(grid.paths().map(\.level) == [3])
    #expect(grid.paths().map(\.data) == ["M2 0h1m-3 1h2"])
  }
}
