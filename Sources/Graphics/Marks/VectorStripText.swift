/// Draws vectors in a terminal: a character a number, the first numbers beneath.
struct VectorStripText {
  private let rows: [VectorStrip.Row]
  private let terminal: TerminalStyle
  private let labelWidth: Int
  private let hasSigns: Bool
  private let numberWidth: Int

  init(_ rows: [VectorStrip.Row], _ terminal: TerminalStyle) {
    self.rows = rows
    self.terminal = terminal
    let labels = rows.map { TextWidth.columns(of: terminal.plain($0.label)) }
    labelWidth = min(labels.max() ?? 0, terminal.width / 3)
    hasSigns = rows.contains { $0.sign != nil }
    numberWidth = rows.flatMap { $0.numbers }.map { terminal.plain($0.text).count }.max() ?? 0
  }

  var lines: [String] { rows.indices.flatMap(lines(of:)) }

  /// Columns before the strips.
  private var indent: Int { (hasSigns ? 2 : 0) + labelWidth + 2 }

  private var limit: Int { min(VectorStrip.drawnLimit, max(0, terminal.width - indent)) }

  private func lines(of index: Int) -> [String] {
    let row = rows[index]
    let sign = hasSigns ? TextWidth.fit(terminal.plain(row.sign ?? ""), to: 2) : ""
    let label = TextWidth.fit(
      terminal.plain(row.label),
      to: labelWidth,
      ellipsis: terminal.ellipsis
    )
    let head = sign + label + "  "
    let marks = row.values[row.drawn(limit)].map { mark($0, row.scale) }.joined()
    let strip = (row.isFollowed ? terminal.accent(head) : head) + marks
    let remark = remark(of: index)
    let lines = pointer(of: row).map { [strip, $0] } ?? [strip]
    return remark.isEmpty ? lines : lines + [terminal.muted(TextWidth.spaces(indent) + remark)]
  }

  /// Points at the marked number, with its place and value.
  private func pointer(of row: VectorStrip.Row) -> String? {
    let drawn = row.drawn(limit)
    guard let marked = row.marked, drawn.contains(marked.index) else { return nil }
    let place = indent + marked.index - drawn.lowerBound
    let text = terminal.plain(marked.caption.plain)
    let sign = terminal.charset == .unicode ? "▲" : "^"
    let length = TextWidth.columns(of: text)
    let line =
      place + 2 + length <= terminal.width
      ? TextWidth.spaces(place) + "\(sign) \(text)"
      : TextWidth.spaces(max(0, place - length - 1)) + "\(text) \(sign)"
    return terminal.accent(line)
  }

  /// The first numbers, in columns, and which part of the vector is drawn.
  private func remark(of index: Int) -> String {
    let row = rows[index]
    let range =
      VectorStrip.saysRange(rows, at: index, limit: limit)
      ? range(row.drawn(limit), of: row.count) : ""
    let room = terminal.width - indent - range.count - 5
    let count = min(row.numbers.count, max(0, room / (numberWidth + 2)))
    var parts = row.numbers.prefix(count).map {
      TextWidth.pad(terminal.plain($0.text), to: numberWidth, alignment: .trailing)
    }
    if count > 0, count < row.count { parts.append(terminal.ellipsis) }
    if !range.isEmpty { parts.append(range) }
    return TextWidth.truncate(
      parts.joined(separator: "  "),
      to: max(0, terminal.width - indent),
      ellipsis: terminal.ellipsis
    )
  }

  private func range(_ drawn: Range<Int>, of count: Int) -> String {
    terminal.range(drawn.lowerBound, max(drawn.lowerBound, drawn.upperBound - 1), of: count)
  }

  /// One character a number: its height or shade is its size; what is negative hangs or is marked.
  private func mark(_ value: Double, _ scale: ColorScale) -> String {
    guard let share = scale.share(of: value) else { return " " }
    guard terminal.charset == .unicode else {
      let ramp: [Character] = share < 0 ? Array("-~=nN") : Array("-+xXW")
      return String(ramp[Int((abs(share) * 4).rounded())])
    }
    let up: [Character] = ["▁", "▂", "▃", "▅", "▆", "█"]
    let down: [Character] = ["▔", "▔", "▀", "▀", "█"]
    let isNegative = share < 0 && scale.role != .probability
    let ramp = isNegative ? down : up
    let text = String(ramp[Int((abs(share) * Double(ramp.count - 1)).rounded())])
    guard scale.role == .weights else { return isNegative ? terminal.muted(text) : text }
    return isNegative ? terminal.negative(text) : terminal.positive(text)
  }
}
