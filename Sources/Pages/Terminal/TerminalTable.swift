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
