/// Terms that are added up one after another: each bar begins where the one above it ends.
///
/// Filled bars add, outlined ones take away; the last bar is the sum, from zero.
public struct Waterfall: MarkContent {
  /// One term.
  public struct Term: Sendable, Equatable {
    /// What it is.
    public var label: String
    /// How much it adds.
    public var value: Quantity
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Makes a term.
    public init(_ label: String, _ value: Quantity, isFollowed: Bool = false) {
      (self.label, self.value, self.isFollowed) = (label, value, isFollowed)
    }
  }

  /// The terms, from top to bottom.
  public var terms: [Term]
  /// Their sum, with its label.
  public var sum: Term

  /// Makes a waterfall.
  public init(_ terms: [Term], sum: Term) { (self.terms, self.sum) = (terms, sum) }

  /// Where each bar begins and ends; the last is the sum's.
  var spans: [(from: Double, to: Double)] {
    var spans: [(from: Double, to: Double)] = []
    var height = 0.0
    for term in terms {
      let next = height + (term.value.value.isFinite ? term.value.value : 0)
      spans.append((height, next))
      height = next
    }
    return spans + [(0, sum.value.value.isFinite ? sum.value.value : 0)]
  }

  /// What the bars' room stands for; it includes zero.
  var domain: ClosedRange<Double> {
    let ends = spans.map { $0.to } + [0]
    let (low, high) = (ends.min() ?? 0, ends.max() ?? 0)
    return low < high ? low...high : 0...1
  }

  private var rows: [Term] { terms + [sum] }

  /// The mark as shapes.
  public func draw() -> Drawing {
    func widest(_ texts: [String]) -> Double {
      texts.map { TextMetrics.width(of: $0, size: .regular, bold: true) }.max() ?? 0
    }
    let label = min(240, widest(rows.map { VisibleText.plain($0.label) })).rounded(.up)
    let numbers = widest(rows.map { $0.value.text })
    let (start, pitch) = (label + 10, rows.count > 15 ? 17.0 : 20)
    let length = min(360, max(80, Layout.width - start - numbers - 14))
    let number = (start + length + 10 + numbers).rounded(.up)
    let (domain, spans) = (domain, spans)
    func x(_ value: Double) -> Double {
      start + (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound) * length
    }
    let gap = 6.0
    var drawing = Drawing(width: number + 2, height: Double(rows.count) * pitch + gap)
    for (index, row) in rows.enumerated() {
      let isSum = index == rows.count - 1
      let y = Double(index) * pitch + (isSum ? gap : 0)
      let place = Place(y: y, pitch: pitch, label: label, number: number)
      drawing.shapes += shapes(
        of: row,
        isSum: isSum,
        x(spans[index].from),
        x(spans[index].to),
        place
      )
      // From where a bar ends to where the next begins.
      let edge = x(spans[index].to)
      if index + 1 < rows.count {
        let below = y + pitch * 1.2 + (index == rows.count - 2 ? gap : 0)
        drawing.shapes.append(
          .line(from: Point(edge, y + pitch * 0.8), to: Point(edge, below), .line)
        )
      }
    }
    let zero = x(0)
    drawing.shapes.append(.line(from: Point(zero, 0), to: Point(zero, drawing.height), .muted))
    return drawing
  }

  /// Where a row stands, in pixels.
  private struct Place {
    var y: Double, pitch: Double, label: Double, number: Double
  }

  private func shapes(
    of row: Term,
    isSum: Bool,
    _ from: Double,
    _ to: Double,
    _ place: Place
  ) -> [Shape] {
    let baseline = place.y + place.pitch / 2 + 4.5
    let thickness = (place.pitch * 0.6).rounded()
    let top = place.y + ((place.pitch - thickness) / 2).rounded()
    let (left, width) = (min(from, to), abs(to - from))
    var shapes: [Shape] = [
      .text(
        Label(
          Caption(row.label),
          at: Point(place.label, baseline),
          anchor: .end,
          paint: row.isFollowed ? .accent : .ink,
          isBold: isSum || row.isFollowed,
          maximumWidth: place.label
        )
      ),
      .text(
        Label(
          Caption(row.value),
          at: Point(place.number, baseline),
          anchor: .end,
          isBold: isSum
        )
      ),
    ]
    guard width >= 0.5 else { return shapes }
    let isLess = row.value.value < 0 && !isSum
    let inset = isLess ? 0.5 : 0
    shapes.append(
      .rect(
        x: left + inset,
        y: top + inset,
        width: max(0.5, width - 2 * inset),
        height: thickness - 2 * inset,
        radius: min(2, width / 2),
        isSum ? .level(.data, 11) : .level(.data, 8),
        stroke: isLess ? .hairline : nil
      )
    )
    return shapes
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    func widest(_ texts: [String]) -> Int { texts.map { TextWidth.columns(of: $0) }.max() ?? 0 }
    let numbers = rows.map { terminal.plain($0.value.text) }
    let numberWidth = widest(numbers)
    let labels = rows.map { terminal.plain($0.label) }
    let labelWidth = min(widest(labels), max(4, terminal.width - numberWidth - 14))
    let room = terminal.width - labelWidth - numberWidth - 6
    let barWidth = room < 6 ? 0 : min(48, room)
    return rows.indices.map { index in
      let row = rows[index]
      let label = TextWidth.fit(
        labels[index],
        to: labelWidth,
        alignment: .trailing,
        ellipsis: terminal.ellipsis
      )
      let number = TextWidth.pad(numbers[index], to: numberWidth, alignment: .trailing)
      let isSum = index == rows.count - 1
      let pointer = row.isFollowed ? terminal.pointer : " "
      let head = TextWidth.truncate("\(pointer) \(label)  \(number)", to: terminal.width)
      let shown = row.isFollowed ? terminal.accent(head) : isSum ? terminal.strong(head) : head
      return barWidth > 0 ? shown + "  " + bar(index, isSum: isSum, barWidth, terminal) : shown
    }
  }

  private func bar(_ index: Int, isSum: Bool, _ width: Int, _ terminal: TerminalStyle) -> String {
    let (domain, span) = (domain, spans[index])
    func column(_ value: Double) -> Int {
      let share = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
      return Int((share * Double(width - 1)).rounded())
    }
    let isUnicode = terminal.charset == .unicode
    let isLess = span.to < span.from && !isSum
    let sign = isLess ? (isUnicode ? "░" : "-") : (isUnicode ? "█" : "#")
    var cells = [String](repeating: " ", count: width)
    cells[column(0)] = isUnicode ? "│" : "|"
    let (low, high) = (column(min(span.from, span.to)), column(max(span.from, span.to)))
    for place in low..<high { cells[place] = sign }
    while cells.last == " " { cells.removeLast() }
    return cells.joined()
  }
}

extension Waterfall {
  /// The data as one of the marks there are.
  public var mark: Mark { .waterfall(self) }
}
