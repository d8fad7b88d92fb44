/// Draws a heatmap in a terminal: numbers where they fit, else shades.
struct HeatmapText {
  private let map: Heatmap
  private let terminal: TerminalStyle
  private let labelWidth: Int
  /// Columns of the terminal a cell takes, the space before it included.
  private let cellWidth: Int
  private let columnCount: Int
  private let firstColumn: Int
  private let showsNumbers: Bool
  /// Columns of the terminal before the cells beside the label: the pointer, a blank, and the row's number, unless the
  /// labels have it.
  private let margin: Int

  init(_ map: Heatmap, _ terminal: TerminalStyle) {
    self.map = map
    self.terminal = terminal
    let labels = map.rows.map { TextWidth.columns(of: terminal.plain($0)) }
    labelWidth = min(labels.max() ?? 0, max(4, terminal.width / 5))
    let first = map.firstNumber ?? 0
    let isNumbered = map.rows.indices.allSatisfy {
      terminal.plain(map.rows[$0]).split(separator: " ").last == "\(first + $0)"
    }
    margin = isNumbered ? 2 : 6
    let room = terminal.width - labelWidth - margin
    let number = map.widestNumber { Double($0.count) }.map { Int($0) + 1 }
    if let number, max(number, 5) * map.columns.count <= room {
      showsNumbers = true
      let widest = map.columns.map { TextWidth.columns(of: terminal.plain($0)) }.max() ?? 0
      let share = room / max(1, map.columns.count)
      cellWidth = max(number, 5, min(widest + 1, share, 10))
    } else {
      showsNumbers = false
      cellWidth = map.columns.count * 2 <= room ? 2 : 1
    }
    columnCount = max(0, min(map.columns.count, room / cellWidth))
    firstColumn = map.prefersEnd ? map.columns.count - columnCount : 0
  }

  private var shownColumns: Range<Int> { firstColumn..<firstColumn + columnCount }
  private var firstNumber: Int { map.firstNumber ?? 0 }

  var lines: [String] {
    var lines: [String] = []
    let indent = TextWidth.spaces(labelWidth + margin)
    let titles = [map.rowTitle, map.columnTitle].filter { !$0.isEmpty }.map(terminal.plain)
    if !titles.isEmpty {
      let arrows = terminal.charset == .unicode ? ["↓", "→"] : ["v", "->"]
      let both =
        titles.count == 2 ? "\(titles[0]) \(arrows[0])  \(titles[1]) \(arrows[1])" : titles[0]
      lines.append(terminal.muted(TextWidth.truncate(both, to: terminal.width)))
    }
    lines.append(terminal.muted(indent + header))
    for row in map.rows.indices.dropFirst(firstColumn) {
      let isFollowed = row == map.followedRow
      let number = TextWidth.pad("\((firstNumber + row) % 1000)", to: 3, alignment: .trailing)
      let label = TextWidth.fit(
        terminal.plain(map.rows[row]),
        to: labelWidth,
        ellipsis: terminal.ellipsis
      )
      let head = "\(isFollowed ? terminal.pointer : " ")\(margin > 2 ? number + " " : "")\(label) "
      let cells = shownColumns.map { cell(row, $0) }.joined()
      lines.append((isFollowed ? terminal.accent(head) : head) + cells)
    }
    if columnCount < map.columns.count {
      let (first, last) = (firstNumber + firstColumn, firstNumber + shownColumns.upperBound - 1)
      lines.append(
        terminal.muted(indent + terminal.range(first, last, of: firstNumber + map.columns.count))
      )
    }
    return lines
  }

  private var header: String {
    shownColumns.map { column -> String in
      let number = firstNumber + column
      if showsNumbers {
        let label = terminal.plain(map.columns[column])
        return " "
          + TextWidth.fit(
            label,
            to: cellWidth - 1,
            alignment: .trailing,
            ellipsis: terminal.ellipsis
          )
      }
      if cellWidth == 1 { return number % 10 == 0 ? "\(number / 10 % 10)" : " " }
      guard columnCount <= 10 || number % 5 == 0 else { return "  " }
      return TextWidth.pad("\(number % 100)", to: 2, alignment: .trailing)
    }.joined()
  }

  private func cell(_ row: Int, _ column: Int) -> String {
    let cell = map.cell(row, column)
    let text = plain(cell, row)
    let isFollowed = map.followedCell == .init(row: row, column: column)
    if isFollowed { return terminal.accent(text) }
    guard map.scale.role == .weights, let value = cell.value, value != 0 else { return text }
    return value < 0 ? terminal.negative(text) : terminal.positive(text)
  }

  private func plain(_ cell: Heatmap.Cell, _ row: Int) -> String {
    let hidden = terminal.charset == .unicode ? "·" : "."
    switch cell {
    case .blank:
      return TextWidth.spaces(cellWidth)
    case .masked:
      return TextWidth.pad(hidden, to: cellWidth, alignment: .trailing)
    case .number(let quantity) where showsNumbers, .shaded(let quantity, _) where showsNumbers:
      return TextWidth.pad(terminal.plain(quantity.text), to: cellWidth, alignment: .trailing)
    case .number, .shaded, .value:
      let value = cell.value ?? 0
      guard let share = map.scale(row).share(of: value) else { return TextWidth.spaces(cellWidth) }
      let shade = terminal.shade(abs(share))
      if cellWidth == 1 { return String(shade) }
      // A cell of two columns has room for a sign, which shades alone cannot show.
      let isBySize = map.scale.role != .probability && map.scale.minimum == nil
      if isBySize, value < 0, shade != " " { return "-\(shade)" }
      let pair = map.scale.role == .probability ? "\(shade)\(shade)" : " \(shade)"
      return TextWidth.pad(pair, to: cellWidth, alignment: .trailing)
    }
  }
}
