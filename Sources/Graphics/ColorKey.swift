/// What a figure's colours mean, with the ends of the scale as numbers.
public struct ColorKey: Sendable {
  /// The scale, if cells or bars are coloured by it.
  public var scale: ColorScale?
  /// What the scale measures.
  public var title: Caption
  /// The numbers at the scale's ends.
  public var low: Caption, high: Caption
  /// The signs that need a word, in order.
  public var signs: [Sign]
  /// Whether sizes are heights of bars up and down from a line, rather than colours.
  public var isOfBars = false

  /// A sign that figures use, and what it means in this one.
  public enum Sign: Sendable, Equatable {
    /// A dashed cell.
    case masked(String)
    /// The amber outline.
    case followed(String)
    /// A dash in a grey cell, usually a negative value.
    case negative(String)
    /// A box that holds weights.
    case weights(String)
    /// A box that holds data.
    case data(String)

    var words: String {
      switch self {
      case .masked(let words), .followed(let words), .negative(let words), .weights(let words),
        .data(let words):
        words
      }
    }
  }

  /// Explains a scale.
  ///
  /// - Parameters:
  ///   - scale: The scale, if cells or bars are coloured by it.
  ///   - title: What it measures.
  ///   - low: The number at its weak end; for weights its negative end.
  ///   - high: The number at its strong end.
  ///   - signs: The signs that need a word, in order.
  public init(
    _ scale: ColorScale?,
    title: Caption = "",
    low: Caption = "",
    high: Caption = "",
    signs: [Sign] = []
  ) {
    self.scale = scale
    self.title = title
    self.low = low
    self.high = high
    self.signs = signs
  }

  /// Explains a scale, with what a dashed cell, the amber outline and a dash in a cell mean.
  public init(
    _ scale: ColorScale?,
    title: Caption = "",
    low: Caption = "",
    high: Caption = "",
    masked: String? = nil,
    followed: String? = nil,
    negative: String? = nil
  ) {
    self.init(
      scale,
      title: title,
      low: low,
      high: high,
      signs: [
        masked.map { .masked($0) }, followed.map { .followed($0) }, negative.map { .negative($0) },
      ].compactMap { $0 }
    )
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

  /// Bars up and down from a line, of which the highest and the lowest would have these numbers.
  public static func bars(title: Caption, low: Caption, high: Caption) -> ColorKey {
    var key = ColorKey(nil, title: title, low: low, high: high, signs: [])
    key.isOfBars = true
    return key
  }

  /// The key as shapes: a strip of the scale's colours, then the signs that need a word.
  func draw() -> Drawing {
    var row = KeyRow()
    if !title.isEmpty { row.add(title) }
    if scale != nil || isOfBars {
      if !low.isEmpty { row.add(low, paint: .muted, gap: 8) }
      if let scale { row.add(scale) } else { row.addBars() }
      if !high.isEmpty { row.add(high, paint: .muted, gap: 16) }
    }
    for sign in signs { row.add(sign) }
    return row.drawing
  }

  /// The key as terminal text.
  func lines(_ terminal: TerminalStyle) -> [String] {
    var parts: [String] = []
    if !title.isEmpty { parts.append(title.plain) }
    if let scale {
      let steps: [Double] =
        scale.role == .weights
        ? [1, 0.75, 0.5, 0.25, 0, 0.25, 0.5, 0.75, 1] : [0, 0.25, 0.5, 0.75, 1]
      let ramp = String(steps.map { terminal.shade($0) })
      parts.append("\(low.plain) [\(ramp)] \(high.plain)")
    } else if isOfBars {
      parts.append("\(low.plain) … \(high.plain)")
    }
    let isUnicode = terminal.charset == .unicode
    parts += signs.map { sign in
      switch sign {
      case .masked(let words): "\(isUnicode ? "·" : ".") \(words)"
      case .followed(let words): "\(terminal.pointer) \(words)"
      case .negative(let words): "- \(words)"
      case .weights(let words): "\(isUnicode ? "■" : "#") \(words)"
      case .data(let words): "\(isUnicode ? "□" : "=") \(words)"
      }
    }
    let text = terminal.plain(parts.joined(separator: "   "))
    return TextWidth.wrap(text, to: terminal.width).map(terminal.muted)
  }
}

/// Lays out a key's parts in rows.
private struct KeyRow {
  private(set) var drawing = Drawing(width: 0, height: 18)
  private var x = 0.0

  mutating func add(_ caption: Caption, paint: Paint = .ink, gap: Double = 12) {
    var label = Label(caption, at: Point(0, 0), size: .small, paint: paint, maximumWidth: 400)
    place(width: label.width) { x, bottom in
      label.at = Point(x, bottom - 5)
      return [.text(label)]
    }
    x += gap
  }

  mutating func add(_ scale: ColorScale) {
    let step = 11.0
    let width = step * Double(ColorScale.levelCount)
    place(width: width) { x, bottom in
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
          width: width + 1,
          height: 12,
          .line,
          stroke: .hairline
        ),
      ]
    }
    x += 6
  }

  /// Bars from the lowest to the highest.
  mutating func addBars() {
    let (step, half) = (6.0, 7.5)
    let heights = [-1, -0.6, -0.3, 0, 0.3, 0.6, 1]
    place(width: step * Double(heights.count)) { x, bottom in
      let middle = bottom - 9.5
      var path = PathData()
      for (index, height) in heights.enumerated() where height != 0 {
        path.rect(
          x: x + Double(index) * step + 0.5,
          y: height > 0 ? middle - height * half : middle,
          width: step - 1,
          height: abs(height) * half
        )
      }
      let end = Point(x + step * Double(heights.count), middle)
      return [.path(path, .level(.data, 9)), .line(from: Point(x, middle), to: end, .muted)]
    }
    x += 8
  }

  mutating func add(_ sign: ColorKey.Sign) {
    var label = Label(Caption(sign.words), at: Point(0, 0), size: .small, maximumWidth: 400)
    place(width: label.width + 28) { x, bottom in
      let shapes = Self.shapes(of: sign, x: x + 1, y: bottom - 15.5)
      label.at = Point(x + 24, bottom - 5)
      return shapes + [.text(label)]
    }
    x += 12
  }

  private static func shapes(of sign: ColorKey.Sign, x: Double, y: Double) -> [Shape] {
    func box(_ paint: Paint, stroke: Stroke? = nil) -> Shape {
      .rect(x: x, y: y, width: 18, height: 13, radius: 2, paint, stroke: stroke)
    }
    switch sign {
    case .masked: return [box(.muted, stroke: .masked)]
    case .followed: return [box(.accent, stroke: .following)]
    case .negative:
      return [
        box(.level(.data, 3)), .line(from: Point(x + 5, y + 6.5), to: Point(x + 13, y + 6.5), .ink),
      ]
    case .weights: return ColorKey.weightsSign(x: x, y: y)
    case .data: return [box(.level(.data, 2)), box(.muted, stroke: .hairline)]
    }
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
