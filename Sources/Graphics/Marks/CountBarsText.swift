// Counts in a terminal: a line each where there is room, else two.

extension CountBars {
  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    guard !rows.isEmpty else { return [] }
    let columns = Columns(self, terminal)
    if columns.oneLine + 16 <= terminal.width {
      return [titleLine(columns, detail: columns.detail + 2, terminal)]
        + rows.map { row in
          let head = columns.label(row, terminal, to: columns.label)
          let detail = TextWidth.pad(terminal.plain(row.detail.plain), to: columns.detail)
          let numbers = columns.numbers(row, terminal)
          let room = min(48, terminal.width - columns.oneLine)
          return style(row, head, terminal) + "  " + terminal.muted(detail)
            + style(row, numbers, terminal) + "  " + bar(of: row, width: room, terminal)
        }
    }
    guard columns.label + columns.numbersWidth <= terminal.width else {
      return rows.flatMap { stacked($0, terminal) }
    }
    return [titleLine(columns, detail: 0, terminal)]
      + rows.flatMap { row -> [String] in
        let head = columns.label(row, terminal, to: columns.label)
        let first = style(row, head + columns.numbers(row, terminal), terminal)
        let bar = bar(of: row, width: min(48, terminal.width - columns.detail - 4), terminal)
        guard !bar.isEmpty || !row.detail.isEmpty else { return [first] }
        let detail = TextWidth.pad("  " + terminal.plain(row.detail.plain), to: columns.detail + 2)
        guard columns.detail + 4 + 8 <= terminal.width else {
          return [first, terminal.muted(TextWidth.truncate(detail, to: terminal.width))]
        }
        return [first, terminal.muted(detail) + "  " + bar]
      }
  }

  private func style(_ row: Row, _ text: String, _ terminal: TerminalStyle) -> String {
    row.isSum ? terminal.strong(text) : text
  }

  private func titleLine(
    _ columns: Columns,
    detail: Int,
    _ terminal: TerminalStyle
  ) -> String {
    let blank = TextWidth.spaces(columns.label + detail)
    let line = blank + columns.numbers(titles.count, titles.total, titles.share, terminal)
    return terminal.muted(TextWidth.truncate(line, to: terminal.width))
  }

  /// A row of a terminal too narrow for columns: one thing a line, numbers never cut before words.
  private func stacked(_ row: Row, _ terminal: TerminalStyle) -> [String] {
    let numbers = [row.count.text, row.total?.text, row.share?.plain].compactMap { $0 }
    let lines =
      [row.label, row.detail.plain].filter { !$0.isEmpty }
      + (numbers.count > 1 && numbers[0] == numbers[1] ? Array(numbers.dropFirst()) : numbers)
    return lines.enumerated().map { index, text in
      let line = (index > 0 ? "  " : "") + terminal.plain(text)
      return TextWidth.truncate(line, to: terminal.width, ellipsis: terminal.ellipsis)
    }
  }

  /// The bar after as many blanks as lie before it; a trace of one for what is there at all.
  private func bar(of row: Row, width: Int, _ terminal: TerminalStyle) -> String {
    guard row.count.value > 0, width > 0 else { return "" }
    var bar = terminal.bar(row.count.value / whole, width: width)
    if bar.isEmpty { bar = terminal.charset == .unicode ? "▏" : "#" }
    let length = TextWidth.columns(of: bar)
    let start = min(width - length, Int(row.start / whole * Double(width)))
    guard row.role == .weights else { return TextWidth.spaces(start) + bar }
    let half = bar.index(bar.startIndex, offsetBy: bar.count / 2)
    return TextWidth.spaces(start) + terminal.negative(String(bar[..<half]))
      + terminal.positive(String(bar[half...]))
  }
}

/// The widths of the columns in a terminal.
private struct Columns {
  let label: Int
  let detail: Int
  private let count: Int
  private let total: Int
  private let share: Int

  init(_ chart: CountBars, _ terminal: TerminalStyle) {
    func widest(_ texts: [String]) -> Int {
      texts.map { TextWidth.columns(of: terminal.plain($0)) }.max() ?? 0
    }
    let rows = chart.rows
    label = min(24, widest(rows.map { $0.label }))
    detail = widest(rows.map { $0.detail.plain })
    count = widest(rows.map { $0.count.text } + [chart.titles.count])
    total = widest(rows.compactMap { $0.total?.text } + [chart.titles.total])
    share = widest(rows.compactMap { $0.share?.plain } + [chart.titles.share])
  }

  /// The numbers with two blanks before each column that is there.
  var numbersWidth: Int { [count, total, share].reduce(0) { $0 + ($1 > 0 ? $1 + 2 : 0) } }
  /// Everything but the bar, with the blanks before it.
  var oneLine: Int { label + 2 + detail + numbersWidth + 2 }

  func label(_ row: CountBars.Row, _ terminal: TerminalStyle, to width: Int) -> String {
    TextWidth.fit(terminal.plain(row.label), to: width, ellipsis: terminal.ellipsis)
  }

  func numbers(_ row: CountBars.Row, _ terminal: TerminalStyle) -> String {
    numbers(row.count.text, row.total?.text ?? "", row.share?.plain ?? "", terminal)
  }

  func numbers(
    _ count: String,
    _ total: String,
    _ share: String,
    _ terminal: TerminalStyle
  ) -> String {
    [(count, self.count), (total, self.total), (share, self.share)].map { text, width in
      guard width > 0 else { return "" }
      return "  " + TextWidth.pad(terminal.plain(text), to: width, alignment: .trailing)
    }.joined()
  }
}
