/// Horizontal bars, each with a label before it and its number after it.
public struct Bars: MarkContent {
  /// One bar.
  public struct Bar: Sendable, Equatable {
    /// What it is the bar of.
    ///
    /// Give tokens as ``VisibleText/show(_:)`` returns them.
    public var label: String
    /// How long it is.
    public var value: Quantity
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool
    /// A second column of text or numbers.
    public var note: Caption?

    /// Makes a bar.
    public init(_ label: String, _ value: Quantity, isFollowed: Bool = false, note: Caption? = nil)
    {
      self.label = label
      self.value = value
      self.isFollowed = isFollowed
      self.note = note
    }
  }

  /// The bars, from top to bottom.
  public var bars: [Bar]
  /// What the values are.
  public var role: ColorScale.Role
  /// What the bars' full length stands for: from the least to the greatest value and zero if not given.
  public var domain: ClosedRange<Double>
  /// What stands above the labels, the numbers and the notes.
  public var labelTitle: String?, valueTitle: String?, noteTitle: String?

  /// Makes a chart of bars.
  ///
  /// - Parameters:
  ///   - bars: The bars, from top to bottom.
  ///   - role: What the values are: probabilities, weights or data.
  ///   - domain: What the full length stands for; it is made to include zero.
  ///   - labelTitle: What stands above the labels.
  ///   - valueTitle: What stands above the numbers.
  ///   - noteTitle: What stands above the notes.
  public init(
    _ bars: [Bar],
    role: ColorScale.Role,
    domain: ClosedRange<Double>? = nil,
    labelTitle: String? = nil,
    valueTitle: String? = nil,
    noteTitle: String? = nil
  ) {
    self.bars = bars
    self.role = role
    let finite = bars.map { $0.value.value }.filter { $0.isFinite }
    let low = min(0, domain?.lowerBound ?? finite.min() ?? 0)
    let high = max(0, domain?.upperBound ?? finite.max() ?? 0)
    self.domain = low < high ? low...high : 0...1
    self.labelTitle = labelTitle
    self.valueTitle = valueTitle
    self.noteTitle = noteTitle
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let measures = Measures(self)
    var drawing = Drawing(
      width: measures.width,
      height: measures.top + Double(bars.count) * measures.pitch
    )
    drawing.shapes += headings(measures)
    let zero = measures.x(0)
    for (index, bar) in bars.enumerated() {
      drawing.shapes += shapes(of: bar, at: index, measures)
    }
    drawing.shapes.append(
      .line(
        from: Point(zero, measures.top),
        to: Point(zero, drawing.height),
        domain.lowerBound < 0 ? .muted : .line
      )
    )
    return drawing
  }

  private func shapes(of bar: Bar, at index: Int, _ measures: Measures) -> [Shape] {
    let y = measures.top + Double(index) * measures.pitch
    let baseline = y + measures.pitch / 2 + 4.5
    let zero = measures.x(0)
    let end = measures.x(bar.value.value)
    let (left, right) = (min(zero, end), max(zero, end))
    let thickness = (measures.pitch * 0.64).rounded()
    let top = y + ((measures.pitch - thickness) / 2).rounded()
    var shapes: [Shape] = [
      .text(
        Label(
          Caption(bar.label),
          at: Point(measures.label, baseline),
          anchor: .end,
          paint: bar.isFollowed ? .accent : .ink,
          isBold: bar.isFollowed,
          maximumWidth: measures.label
        )
      )
    ]
    if right - left >= 0.5 {
      let paint = ColorScale.strong(role, negative: bar.value.value < 0)
      shapes.append(
        .rect(
          x: left,
          y: top,
          width: right - left,
          height: thickness,
          radius: min(2, (right - left) / 2),
          paint
        )
      )
      if bar.isFollowed {
        shapes.append(
          .rect(
            x: left - 1,
            y: top - 1,
            width: right - left + 2,
            height: thickness + 2,
            radius: 3,
            .accent,
            stroke: .following
          )
        )
      }
    }
    let number =
      measures.isSigned
      ? Label(Caption(bar.value), at: Point(measures.number, baseline), anchor: .end)
      : Label(Caption(bar.value), at: Point(right + 7, baseline))
    shapes.append(.text(number))
    if let note = bar.note {
      shapes.append(
        .text(
          Label(
            note,
            at: Point(measures.note, baseline),
            paint: .muted,
            maximumWidth: max(40, Layout.width - measures.note)
          )
        )
      )
    }
    return shapes
  }

  private func headings(_ measures: Measures) -> [Shape] {
    func heading(_ text: String?, x: Double, _ anchor: Label.Anchor) -> Shape? {
      text.map {
        .text(Label(Caption($0), at: Point(x, 12), size: .small, anchor: anchor, paint: .muted))
      }
    }
    return [
      heading(labelTitle, x: measures.label, .end),
      measures.isSigned
        ? heading(valueTitle, x: measures.number, .end)
        : heading(valueTitle, x: measures.x(0) + 1, .start),
      heading(noteTitle, x: measures.note, .start),
    ].compactMap { $0 }
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    guard !bars.isEmpty else { return [] }
    func widest(_ texts: [String]) -> Int { texts.map { TextWidth.columns(of: $0) }.max() ?? 0 }
    let notes = bars.map { terminal.plain($0.note?.plain ?? "") }
    let numbers = bars.map { terminal.plain($0.value.text) }
    let numberWidth = widest(numbers)
    let isSigned = domain.lowerBound < 0
    var noteWidth = min(widest(notes), terminal.width / 3)
    // Notes and bars give way before a number is cut.
    if terminal.width - numberWidth - noteWidth < 24 { noteWidth = 0 }
    let labelRoom = max(4, terminal.width - numberWidth - 14 - (noteWidth > 0 ? noteWidth + 2 : 0))
    let labelWidth = min(
      widest(bars.map { terminal.plain($0.label) }),
      labelRoom,
      max(1, terminal.width - numberWidth - 4)
    )
    var room = terminal.width - labelWidth - numberWidth - 6 - (noteWidth > 0 ? noteWidth + 2 : 0)
    if room < 4 { (noteWidth, room) = (0, terminal.width - labelWidth - numberWidth - 6) }
    let barWidth = min(40, max(0, room))

    return bars.indices.map { index in
      let bar = bars[index]
      let label = TextWidth.fit(
        terminal.plain(bar.label),
        to: labelWidth,
        alignment: .trailing,
        ellipsis: terminal.ellipsis
      )
      let number = TextWidth.pad(numbers[index], to: numberWidth, alignment: .trailing)
      let drawn =
        isSigned
        ? signedBar(bar.value.value, width: barWidth, terminal)
        : TextWidth.pad(terminal.bar(share(of: bar.value.value), width: barWidth), to: barWidth)
      let note =
        noteWidth > 0
        ? "  " + TextWidth.fit(notes[index], to: noteWidth, ellipsis: terminal.ellipsis) : ""
      let line = "\(bar.isFollowed ? terminal.pointer : " ") \(label)  \(number)  "
      let cut = TextWidth.truncate(
        barWidth > 0 ? line : String(line.dropLast(2)),
        to: terminal.width
      )
      guard barWidth > 0 else { return bar.isFollowed ? terminal.accent(cut) : cut }
      return (bar.isFollowed ? terminal.accent(cut) : cut) + drawn + terminal.muted(note)
    }
  }

  private func share(of value: Double) -> Double {
    value / max(domain.upperBound, -domain.lowerBound)
  }

  /// A bar to the left or the right of a zero line, which stands where zero lies in the domain.
  private func signedBar(_ value: Double, width: Int, _ terminal: TerminalStyle) -> String {
    let span = domain.upperBound - domain.lowerBound
    let left = Int((-domain.lowerBound / span * Double(width - 1)).rounded())
    let right = max(0, width - 1 - left)
    let axis = terminal.charset == .unicode ? "│" : "|"
    let full = terminal.charset == .unicode ? "█" : "#"
    let isWeight = role == .weights
    if value < 0 {
      let share = value.isFinite ? value / domain.lowerBound : 1
      let count = min(left, Int((share * Double(left)).rounded()))
      let bar = String(repeating: full, count: max(0, count))
      return TextWidth.spaces(left - count) + (isWeight ? terminal.negative(bar) : bar) + axis
        + TextWidth.spaces(right)
    }
    let share = domain.upperBound > 0 ? value / domain.upperBound : 0
    let bar = terminal.bar(share, width: right)
    let padding = TextWidth.spaces(right - TextWidth.columns(of: bar))
    return TextWidth.spaces(left) + axis + (isWeight ? terminal.positive(bar) : bar) + padding
  }
}

/// Where the columns of a bar chart stand, in pixels.
private struct Measures {
  let label: Double
  let number: Double
  let note: Double
  let width: Double
  let top: Double
  let pitch: Double
  let isSigned: Bool
  private let plot: ClosedRange<Double>
  private let domain: ClosedRange<Double>

  init(_ chart: Bars) {
    func widest(_ texts: [String], bold: Bool = false) -> Double {
      texts.map { TextMetrics.width(of: $0, size: .regular, bold: bold) }.max() ?? 0
    }
    domain = chart.domain
    isSigned = domain.lowerBound < 0
    let labels = widest(chart.bars.map { VisibleText.plain($0.label) }, bold: true)
    let labelTitle = widest([chart.labelTitle ?? ""])
    let notes = max(
      widest(chart.bars.compactMap { $0.note?.plain }),
      widest([chart.noteTitle ?? ""])
    )
    let numbers = max(
      widest(chart.bars.map { $0.value.text }),
      isSigned ? widest([chart.valueTitle ?? ""]) : 0
    )
    label = min(200, max(labels, labelTitle)).rounded(.up)
    let hasTitles = chart.labelTitle != nil || chart.valueTitle != nil || chart.noteTitle != nil
    top = hasTitles ? 20 : 0
    pitch = chart.bars.count > 15 ? 19 : 22
    let fixed = label + 10 + numbers + 12 + (notes > 0 ? notes + 18 : 0)
    let length = min(320, max(80, Layout.width - fixed))
    plot = (label + 10)...(label + 10 + length)
    number = (plot.upperBound + 8 + numbers).rounded(.up)
    note = number + 18
    width = min(Layout.width, (notes > 0 ? note + notes : number) + 2).rounded(.up)
  }

  func x(_ value: Double) -> Double {
    let clamped = value.isNaN ? 0 : min(domain.upperBound, max(domain.lowerBound, value))
    let share = (clamped - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return plot.lowerBound + share * (plot.upperBound - plot.lowerBound)
  }
}

extension Bars {
  /// The data as one of the marks there are.
  public var mark: Mark { .bars(self) }
}
