/// What a figure's colours mean, with the ends of the scale as numbers.
public struct ColorKey: Sendable {
  /// The scale, if cells or bars are coloured by it.
  public var scale: ColorScale?
  /// What the scale measures.
  public var title: Caption
  /// The numbers at the scale's ends.
  public var low: Caption, high: Caption
  /// What a dashed cell means.
  public var masked: String?
  /// What the amber outline marks.
  public var followed: String?
  /// What a dash in a grey cell means: usually a negative value.
  public var negative: String?

  /// Explains a scale.
  ///
  /// - Parameters:
  ///   - scale: The scale, if cells or bars are coloured by it.
  ///   - title: What it measures.
  ///   - low: The number at its weak end; for weights its negative end.
  ///   - high: The number at its strong end.
  ///   - masked: What a dashed cell means.
  ///   - followed: What the amber outline marks.
  ///   - negative: What a dash in a grey cell means.
  public init(
    _ scale: ColorScale?,
    title: Caption = "",
    low: Caption = "",
    high: Caption = "",
    masked: String? = nil,
    followed: String? = nil,
    negative: String? = nil
  ) {
    self.scale = scale
    self.title = title
    self.low = low
    self.high = high
    self.masked = masked
    self.followed = followed
    self.negative = negative
  }

  /// Probabilities, 0 to 1.
  public static func probability(
    title: Caption,
    masked: String? = nil,
    followed: String? = nil
  ) -> ColorKey {
    ColorKey(
      .probability(),
      title: title,
      low: "0",
      high: "1",
      masked: masked,
      followed: followed
    )
  }

  /// The key as shapes: a strip of the scale's colours, then the signs that need a word.
  func draw() -> Drawing {
    var row = KeyRow()
    if !title.isEmpty { row.add(title) }
    if let scale {
      if !low.isEmpty { row.add(low, paint: .muted, gap: 8) }
      row.add(scale)
      if !high.isEmpty { row.add(high, paint: .muted, gap: 16) }
    }
    if let masked {
      row.add(masked) {
        .rect(x: $0, y: $1, width: 13, height: 13, radius: 2, .muted, stroke: .masked)
      }
    }
    if let followed {
      row.add(followed) {
        .rect(x: $0, y: $1, width: 13, height: 13, radius: 2, .accent, stroke: .following)
      }
    }
    if let negative {
      row.add(negative) {
        .group(
          [
            .rect(x: 0, y: 0, width: 13, height: 13, radius: 2, .level(.data, 3)),
            .line(from: Point(3, 6.5), to: Point(10, 6.5), .ink),
          ],
          x: $0,
          y: $1
        )
      }
    }
    return row.drawing
  }

  /// The key as terminal text.
  func lines(_ terminal: TerminalStyle) -> [String] {
    var parts: [String] = []
    if !title.isEmpty { parts.append(title.plain) }
    if let scale {
      let steps =
        scale.role == .weights
        ? [1, 0.75, 0.5, 0.25, 0, 0.25, 0.5, 0.75, 1] : [0, 0.25, 0.5, 0.75, 1]
      let ramp = String(steps.map { terminal.shade($0) })
      parts.append("\(low.plain) \(ramp) \(high.plain)")
    }
    if let masked { parts.append("\(terminal.charset == .unicode ? "·" : ".") \(masked)") }
    if let followed { parts.append("\(terminal.pointer) \(followed)") }
    if let negative { parts.append("- \(negative)") }
    return TextWidth.wrap(terminal.plain(parts.joined(separator: "   ")), to: terminal.width).map(
      terminal.muted
    )
  }
}

/// Lays out a key's parts in rows.
private struct KeyRow {
  private(set) var drawing = Drawing(width: 0, height: 18)
  private var x = 0.0

  mutating func add(_ caption: Caption, paint: Paint = .ink, gap: Double = 12) {
    let label = Label(caption, at: Point(x, drawing.height - 5), size: .small, paint: paint)
    place(width: label.width) { x, bottom in
      var label = label
      label.at = Point(x, bottom - 5)
      return [.text(label)]
    }
    x += gap
  }

  mutating func add(_ scale: ColorScale) {
    let step = 11.0
    place(width: step * Double(ColorScale.levelCount)) { x, bottom in
      let grid = CellGrid(
        levels: [(0..<ColorScale.levelCount).map { $0 }],
        role: scale.role,
        cellWidth: step,
        cellHeight: 11
      )
      return [
        .cells(grid, x: x, y: bottom - 15),
        .rect(
          x: x - 0.5,
          y: bottom - 15.5,
          width: step * Double(ColorScale.levelCount) + 1,
          height: 12,
          .line,
          stroke: .hairline
        ),
      ]
    }
    x += 6
  }

  mutating func add(_ words: String, sign: (Double, Double) -> Shape) {
    let label = Label(Caption(words), at: Point(0, 0), size: .small, paint: .ink)
    place(width: label.width + 19) { x, bottom in
      var label = label
      label.at = Point(x + 19, bottom - 5)
      return [sign(x, bottom - 15.5), .text(label)]
    }
    x += 16
  }

  /// Puts shapes where there is room: in this row, or at the start of the next.
  private mutating func place(width: Double, _ shapes: (Double, Double) -> [Shape]) {
    if x > 0, x + width > Layout.width {
      x = 0
      drawing.height += 20
    }
    drawing.shapes += shapes(x, drawing.height)
    x += width
    drawing.width = max(drawing.width, x)
  }
}
