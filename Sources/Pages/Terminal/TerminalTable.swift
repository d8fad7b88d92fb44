import Graphics
import Walkthrough

/// A table in a terminal: in several bands of columns, each under the first column, if it is too wide.
struct TerminalTable {
  let table: Table
  let terminal: TerminalStyle
  /// A text as this terminal shows it.
  let show: (RichText) -> String

  /// The bands' lines, or nil if there would be more than `limit` bands.
  func lines(limit: Int) -> [String]? {
    let titles = table.columns.map { show($0.title) }
    let cells = table.rows.map { $0.map(show) }
    if isTooNarrow(cells) { return cells.flatMap { stacked($0, titles) } }
    let bands = bands(titles, cells)
    guard bands.count <= limit else { return nil }
    return bands.enumerated().flatMap { index, columns in
      let part = TextTable(
        columns: columns.map { column in
          table.columns[column].isNumeric
            ? .number(titles[column]) : TextTable.Column(titles[column], overflow: .wrap)
        },
        rows: cells.map { row in columns.map { $0 < row.count ? row[$0] : "" } }
      )
      return (index > 0 ? [""] : []) + part.lines(terminal)
    }
  }

  /// Whether some number has no room beside four columns of the words that say what it is of.
  private func isTooNarrow(_ cells: [[String]]) -> Bool {
    func widest(_ column: Int) -> Int {
      cells.map { column < $0.count ? TextWidth.columns(of: $0[column]) : 0 }.max() ?? 0
    }
    guard let first = table.columns.first else { return false }
    let start = first.isNumeric ? widest(0) : min(4, widest(0))
    return table.columns.indices.dropFirst().contains { column in
      table.columns[column].isNumeric && start + widest(column) + 7 > terminal.width
    }
  }

  /// A row in a terminal too narrow for columns: what it is of, then a line or two for each column.
  private func stacked(_ row: [String], _ titles: [String]) -> [String] {
    let head = TextWidth.wrap(row.first ?? "", to: terminal.width)
    return head
      + zip(titles, row).dropFirst().filter { !$1.isEmpty }.flatMap { title, cell -> [String] in
        let line = title.isEmpty ? "  \(cell)" : "  \(title): \(cell)"
        if TextWidth.columns(of: line) <= terminal.width { return [line] }
        return
          (TextWidth.wrap(title, to: terminal.width - 2)
          + TextWidth.wrap(cell, to: terminal.width - 4).map { "  " + $0 }).map { "  " + $0 }
      }
  }

  /// The columns of each band: words may become as narrow as 10 columns, numbers are never cut.
  private func bands(_ titles: [String], _ cells: [[String]]) -> [[Int]] {
    let widths = table.columns.indices.map { column -> Int in
      let texts = [titles[column]] + cells.map { column < $0.count ? $0[column] : "" }
      let width = texts.map { TextWidth.columns(of: $0) }.max() ?? 0
      return table.columns[column].isNumeric ? width : min(width, 10)
    }
    var bands: [[Int]] = []
    var band: [Int] = []
    var used = 1
    for column in widths.indices {
      if band.count > 1, used + widths[column] + 3 > terminal.width {
        bands.append(band)
        band = [0]
        used = 1 + widths[0] + 3
      }
      band.append(column)
      used += widths[column] + 3
    }
    return band.isEmpty ? bands : bands + [band]
  }
}
