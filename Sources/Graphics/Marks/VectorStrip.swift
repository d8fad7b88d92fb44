/// Vectors as strips, one above the other.
///
/// Weights are a row of blue and red, data small bars up and down from a line. Signs between them say how one comes from the others: `a + b = c`.
///
/// Nothing is averaged: of a long vector the first numbers are drawn, or those around one that is marked, and the strip says
/// which.
public struct VectorStrip: MarkContent {
  /// A number that is pointed at.
  public struct Marked: Sendable, Equatable {
    /// Its place in the vector, counted from 0.
    public var index: Int
    /// The number.
    public var value: Quantity

    /// Marks a number.
    public init(_ index: Int, _ value: Quantity) {
      self.index = index
      self.value = value
    }

    /// What is written at it: its place and the number.
    var caption: Caption { "\(index): \(value)" }
  }

  /// One vector.
  public struct Row: Sendable, Equatable {
    /// What it is.
    public var label: String
    /// Its numbers, at least the first ``VectorStrip/drawnLimit`` of them.
    public var values: [Double]
    /// The number that is pointed at, in place of its first numbers.
    public var marked: Marked?
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
    /// Where its numbers stand in the trace, so that a page may draw it anew for others.
    public var source: String

    /// Makes a row.
    ///
    /// - Parameters:
    ///   - label: What it is.
    ///   - values: Its numbers, at least the first ``VectorStrip/drawnLimit`` of them.
    ///   - count: How many numbers it has, if more than are given.
    ///   - scale: Its colours; give rows that are added the same maximum.
    ///   - sign: What stands before it: `+`, `=`.
    ///   - numbers: Its first numbers, to be written beneath.
    ///   - marked: The number to point at, with its value beneath in place of the first numbers.
    ///   - isFollowed: Whether it belongs to what the reader follows.
    ///   - source: Where its numbers stand in the trace.
    public init(
      _ label: String,
      values: [Double],
      count: Int? = nil,
      scale: ColorScale,
      sign: String? = nil,
      numbers: [Quantity] = [],
      marked: Marked? = nil,
      isFollowed: Bool = false,
      source: String = ""
    ) {
      self.label = label
      self.source = source
      self.values = values
      self.count = max(count ?? values.count, values.count)
      self.scale = scale
      self.sign = sign
      self.numbers = marked == nil ? numbers : []
      self.marked = marked
      self.isFollowed = isFollowed
    }
  }

  /// Of a longer vector only so many numbers are drawn.
  public static let drawnLimit = 128

  /// Which of a vector's numbers are drawn: the first ones, or such a row of them that the marked one is among them.
  ///
  /// - Parameters:
  ///   - count: How many there are.
  ///   - index: The marked one's place, if one is.
  ///   - limit: How many there is room for.
  /// - Returns: The places of the numbers.
  public static func drawn(of count: Int, marking index: Int?, limit: Int = drawnLimit) -> Range<
    Int
  > {
    let shown = max(0, min(count, limit))
    guard let index, shown..<max(shown, count) ~= index, shown > 0 else { return 0..<shown }
    let first = min(count - shown, index / shown * shown)
    return first..<first + shown
  }

  /// The vectors, from top to bottom.
  public var rows: [Row]
  /// Whether the bars of rows that name their source are left to the script of a page.
  var leavesBarsOut = false

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
    // Room for a sign, even if no number has one now: the page's script may write others.
    let numbers = (rows.flatMap({ $0.numbers }).map({ $0.text }) + ["−0.00"]).map {
      TextMetrics.width(of: $0, size: .small)
    }
    let cell = min(14, (room / Double(max(1, longest)) * 2).rounded(.down) / 2)
    let width = left + max(cell * Double(longest), min(room, 330)) + 3
    // Many rows are set tighter, so that a prompt's tokens fit a screen.
    let isDense = rows.count > 5
    var drawing = Drawing(width: min(Layout.width, width), height: 0)
    for (index, row) in rows.enumerated() {
      if index > 0 { drawing.height += isDense ? 6 : 12 }
      let strip = VectorStripDrawing(
        row: row,
        left: left,
        cell: cell,
        right: drawing.width - 3,
        isDense: isDense,
        leavesBarsOut: leavesBarsOut && !rows[index].source.isEmpty,
        saysRange: Self.saysRange(rows, at: index, limit: Self.drawnLimit),
        numberWidth: (numbers.max() ?? 0).rounded(.up)
      )
      drawing.shapes.append(.group(strip.shapes, x: 0, y: drawing.height))
      drawing.height += strip.height
    }
    return drawing
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    VectorStripText(rows, terminal).lines
  }

  /// Whether a row says how many numbers it draws: the last of those that draw equally many.
  ///
  /// - Parameters:
  ///   - rows: All rows.
  ///   - index: The row's index.
  ///   - limit: How many numbers there is room for.
  /// - Returns: False if all of its numbers are drawn.
  static func saysRange(_ rows: [Row], at index: Int, limit: Int) -> Bool {
    func extent(_ row: Row) -> [Int] {
      let drawn = row.drawn(limit)
      return [drawn.lowerBound, drawn.upperBound, row.count]
    }
    let own = extent(rows[index])
    guard own[1] - own[0] < own[2] else { return false }
    return index + 1 == rows.count || extent(rows[index + 1]) != own
  }
}

extension VectorStrip.Row {
  /// Which of its numbers are drawn.
  func drawn(_ limit: Int = VectorStrip.drawnLimit) -> Range<Int> {
    VectorStrip.drawn(of: values.count, marking: marked?.index, limit: limit)
  }
}

extension VectorStrip {
  /// The data as one of the marks there are.
  public var mark: Mark { .vectorStrip(self) }
}
