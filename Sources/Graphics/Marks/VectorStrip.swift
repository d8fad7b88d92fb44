/// Vectors as strips, one above the other.
///
/// Weights are a row of blue and red, data small bars up and down from a line. Signs between them say how one comes from the others: `a + b = c`.
///
/// Nothing is averaged: of a long vector the first numbers are drawn, and the strip says how many.
public struct VectorStrip: Mark {
  /// One vector.
  public struct Row: Sendable, Equatable {
    /// What it is.
    public var label: String
    /// Its numbers, at least the first ``VectorStrip/drawnLimit`` of them.
    public var values: [Double]
    /// How many numbers it has, if more than are given.
    public var count: Int
    /// Its colours.
    public var scale: ColorScale
    /// What stands before it: `+`, `=`.
    public var sign: String?
    /// Its first numbers, to be written beneath.
    public var numbers: [Quantity]
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Makes a row.
    ///
    /// - Parameters:
    ///   - label: What it is.
    ///   - values: Its numbers, at least the first ``VectorStrip/drawnLimit`` of them.
    ///   - count: How many numbers it has, if more than are given.
    ///   - scale: Its colours; give rows that are added the same maximum.
    ///   - sign: What stands before it: `+`, `=`.
    ///   - numbers: Its first numbers, to be written beneath.
    ///   - isFollowed: Whether it belongs to what the reader follows.
    public init(
      _ label: String,
      values: [Double],
      count: Int? = nil,
      scale: ColorScale,
      sign: String? = nil,
      numbers: [Quantity] = [],
      isFollowed: Bool = false
    ) {
      self.label = label
      self.values = values
      self.count = max(count ?? values.count, values.count)
      self.scale = scale
      self.sign = sign
      self.numbers = numbers
      self.isFollowed = isFollowed
    }
  }

  /// Of a longer vector only so many numbers are drawn.
  public static let drawnLimit = 96

  /// The vectors, from top to bottom.
  public var rows: [Row]

  /// Makes strips.
  public init(_ rows: [Row]) { self.rows = rows }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let labels = rows.map {
      TextMetrics.width(of: VisibleText.plain($0.label), size: .regular, bold: true)
    }
    let signs = rows.contains { $0.sign != nil } ? 20.0 : 0
    let left = signs + min(170, (labels.max() ?? 0).rounded(.up)) + 12
    let longest = rows.map { min($0.values.count, Self.drawnLimit) }.max() ?? 0
    let room = Layout.width - left - 4
    let numbers = rows.flatMap(\.numbers).map { TextMetrics.width(of: $0.text, size: .small) }
    let cell = min(14, (room / Double(max(1, longest)) * 2).rounded(.down) / 2)
    let width = left + max(cell * Double(longest), min(room, 330)) + 3
    var drawing = Drawing(width: min(Layout.width, width), height: 0)
    for (index, row) in rows.enumerated() {
      if index > 0 { drawing.height += 12 }
      let strip = Strip(
        row: row,
        left: left,
        cell: cell,
        right: drawing.width - 3,
        numberWidth: (numbers.max() ?? 0).rounded(.up)
      )
      drawing.shapes.append(.group(strip.shapes, x: 0, y: drawing.height))
      drawing.height += strip.height
    }
    return drawing
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let labelWidth = min(
      rows.map { TextWidth.columns(of: terminal.plain($0.label)) }.max() ?? 0,
      terminal.width / 3
    )
    let hasSigns = rows.contains { $0.sign != nil }
    return rows.flatMap { row -> [String] in
      let sign = hasSigns ? TextWidth.fit(terminal.plain(row.sign ?? ""), to: 2) : ""
      let label = TextWidth.fit(
        terminal.plain(row.label),
        to: labelWidth,
        ellipsis: terminal.ellipsis
      )
      let room = terminal.width - TextWidth.columns(of: sign) - labelWidth - 2
      let shown = max(0, min(row.values.count, Self.drawnLimit, room))
      let marks = row.values.prefix(shown).map { Self.mark($0, row.scale, terminal) }.joined()
      let head = sign + label + "  "
      let indent = TextWidth.spaces(TextWidth.columns(of: head))
      let range = terminal.range(1, shown, of: row.count)
      var numbers = ""
      var used = 0
      for quantity in row.numbers {
        let next = (numbers.isEmpty ? "" : "  ") + terminal.plain(quantity.text)
        guard TextWidth.columns(of: indent + numbers + next) + 8 + range.count <= terminal.width
        else { break }
        numbers += next
        used += 1
      }
      if used < row.count, used > 0 { numbers += "  " + terminal.ellipsis }
      var tail = [numbers]
      if shown < row.count { tail.append(range) }
      let remark = TextWidth.truncate(
        indent + tail.filter { !$0.isEmpty }.joined(separator: "   "),
        to: terminal.width,
        ellipsis: terminal.ellipsis
      )
      let strip = (row.isFollowed ? terminal.accent(head) : head) + marks
      return tail.allSatisfy(\.isEmpty) ? [strip] : [strip, terminal.muted(remark)]
    }
  }

  /// One character a number: its height or shade is its size; what is negative hangs or is marked.
  private static func mark(
    _ value: Double,
    _ scale: ColorScale,
    _ terminal: TerminalStyle
  ) -> String {
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

/// One row of a vector strip, in pixels.
private struct Strip {
  let row: VectorStrip.Row
  let left: Double
  let cell: Double
  let right: Double
  /// What each written number takes, so that those of several rows stand in columns.
  let numberWidth: Double

  private var thickness: Double { row.scale.role == .data ? 34 : 24 }
  private var hasRemark: Bool { !row.numbers.isEmpty || shown < row.count }
  private var shown: Int { min(row.values.count, VectorStrip.drawnLimit) }
  var height: Double { thickness + (hasRemark ? 20 : 0) }

  var shapes: [Shape] {
    let middle = thickness / 2
    var shapes: [Shape] = [
      .text(
        Label(
          Caption(row.label),
          at: Point(left - 10, middle + 4.5),
          anchor: .end,
          paint: row.isFollowed ? .accent : .ink,
          isBold: row.isFollowed,
          maximumWidth: left - (row.sign == nil ? 10 : 28)
        )
      )
    ]
    if let sign = row.sign {
      shapes.append(
        .text(
          Label(
            Caption(sign),
            at: Point(6, middle + 5.5),
            size: .title,
            anchor: .middle,
            maximumWidth: 20
          )
        )
      )
    }
    shapes += row.scale.role == .data ? bars : cells
    shapes += remark
    return shapes
  }

  private var cells: [Shape] {
    let levels = row.values.prefix(shown).map { row.scale.level(of: $0) }
    let width = cell * Double(shown)
    return [
      .cells(
        CellGrid(levels: [levels], role: row.scale.role, cellWidth: cell, cellHeight: thickness),
        x: left,
        y: 0
      ),
      .rect(
        x: left - 0.5,
        y: -0.5,
        width: width + 1,
        height: thickness + 1,
        radius: 1,
        row.isFollowed ? .accent : .line,
        stroke: row.isFollowed ? .following : .hairline
      ),
    ]
  }

  /// A bar up or down from the line for each number, so that the sign needs no hue.
  private var bars: [Shape] {
    let middle = thickness / 2
    let width = cell * Double(shown)
    var path = PathData()
    for (index, value) in row.values.prefix(shown).enumerated() {
      guard let share = row.scale.share(of: value) else { continue }
      let length = abs(share) * (middle - 1)
      guard length >= 0.25 else { continue }
      path.rect(
        x: left + Double(index) * cell + cell * 0.1,
        y: share < 0 ? middle : middle - length,
        width: cell * 0.8,
        height: length
      )
    }
    var shapes: [Shape] = [
      .path(path, .level(.data, 9)),
      .line(from: Point(left, middle), to: Point(left + width, middle), .muted),
    ]
    if row.isFollowed {
      shapes.append(
        .rect(
          x: left - 2,
          y: 0,
          width: width + 4,
          height: thickness,
          radius: 3,
          .accent,
          stroke: .following
        )
      )
    }
    return shapes
  }

  /// The first numbers, and how many are drawn of how many.
  private var remark: [Shape] {
    guard hasRemark else { return [] }
    let baseline = thickness + 16
    var shapes: [Shape] = []
    var x = left
    let rest = shown < row.count ? "1–\(shown) / \(row.count)" : ""
    let restWidth = TextMetrics.width(of: rest, size: .small)
    var written = 0
    for quantity in row.numbers {
      guard x + numberWidth + 24 + restWidth <= right else { break }
      shapes.append(
        .text(
          Label(
            Caption(quantity),
            at: Point(x + numberWidth, baseline),
            size: .small,
            anchor: .end
          )
        )
      )
      x += numberWidth + 12
      written += 1
    }
    if written > 0, written < row.count {
      shapes.append(.text(Label("…", at: Point(x, baseline), size: .small, paint: .muted)))
    }
    if !rest.isEmpty {
      shapes.append(
        .text(
          Label(
            Caption(rest),
            at: Point(max(left + cell * Double(shown), x + 24 + restWidth), baseline),
            size: .small,
            anchor: .end,
            paint: .muted
          )
        )
      )
    }
    return shapes
  }
}
