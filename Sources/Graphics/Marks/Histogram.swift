import Platform

/// How many of many values lie where; single values are named above.
public struct Histogram: MarkContent {
  /// Equal steps along the axis, and how many values fell into each.
  public struct Bins: Sendable, Equatable {
    /// From where to where the bins reach.
    public var range: ClosedRange<Double>
    /// How many values each holds.
    public var counts: [Int]

    /// Takes bins already counted.
    public init(range: ClosedRange<Double>, counts: [Int]) {
      self.range = range
      self.counts = counts
    }

    /// Counts `values` into `count` bins from their least to their greatest; what is not finite
    /// is left out.
    public init(of values: some Sequence<Double>, count: Int = 48) {
      let finite = values.filter { $0.isFinite }
      range = Axis.range(of: finite)
      counts = Array(repeating: 0, count: max(1, count))
      let length = range.upperBound - range.lowerBound
      for value in finite {
        let share = length > 0 ? (value - range.lowerBound) / length : 0
        counts[min(counts.count - 1, Int(share * Double(counts.count)))] += 1
      }
    }
  }

  /// A value with a name.
  public struct Note: Sendable, Equatable {
    /// Where it stands.
    public var value: Double
    /// What it is; its number, with its origin, belongs in here.
    public var label: Caption
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Names a value.
    public init(_ value: Double, _ label: Caption, isFollowed: Bool = false) {
      self.value = value
      self.label = label
      self.isFollowed = isFollowed
    }
  }

  /// The values, counted.
  public var bins: Bins
  /// The values that are named.
  public var notes: [Note]
  /// What the values are; decides their colour.
  public var role: ColorScale.Role
  /// What is measured to the right, and what is counted upwards.
  public var xTitle: Caption, countTitle: Caption

  /// Makes a histogram.
  ///
  /// - Parameters:
  ///   - bins: The values, counted.
  ///   - notes: The values that are named.
  ///   - role: What the values are.
  ///   - xTitle: What is measured to the right.
  ///   - countTitle: What is counted upwards.
  public init(
    _ bins: Bins,
    notes: [Note] = [],
    role: ColorScale.Role = .data,
    xTitle: Caption,
    countTitle: Caption
  ) {
    self.bins = bins
    self.notes = notes
    self.role = role
    self.xTitle = xTitle
    self.countTitle = countTitle
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let tiers = noteTiers
    let (width, plotHeight) = (600.0, 170.0)
    let top = 22 + Double(tiers.count) * 18
    let bottom = top + plotHeight
    let x = Axis(bins.range, from: 44, to: width - 8)
    let most = Double(max(1, bins.counts.max() ?? 1))
    let y = Axis(0...most, from: bottom, to: top)
    var drawing = Drawing(width: width, height: bottom + 40)
    drawing.shapes.append(
      .text(Label(countTitle, at: Point(0, 12), size: .small, paint: .muted))
    )
    for tick in y.ticks(about: 3).values where tick == tick.rounded() {
      let place = y.position(tick)
      drawing.shapes += [
        .line(from: Point(44, place), to: Point(width - 8, place), tick == 0 ? .muted : .line),
        .text(
          Label(
            Caption(Decimal.rounded(tick, digits: 0)),
            at: Point(36, place + 4),
            size: .small,
            anchor: .end,
            paint: .muted
          )
        ),
      ]
    }
    drawing.shapes.append(.path(columns(x, y), ColorScale.strong(role)))
    let ticks = x.ticks(about: 8)
    for tick in ticks.values {
      drawing.shapes += [
        .line(
          from: Point(x.position(tick), bottom),
          to: Point(x.position(tick), bottom + 4),
          .muted
        ),
        .text(
          Label(
            Caption(Decimal.rounded(tick, digits: ticks.digits)),
            at: Point(x.position(tick), bottom + 17),
            size: .small,
            anchor: .middle,
            paint: .muted
          )
        ),
      ]
    }
    drawing.shapes.append(
      .text(
        Label(
          xTitle,
          at: Point(width - 8, bottom + 35),
          size: .small,
          anchor: .end,
          paint: .muted
        )
      )
    )
    drawing.shapes += noteShapes(tiers, x: x, bottom: bottom)
    return drawing
  }

  private func columns(_ x: Axis, _ y: Axis) -> PathData {
    var path = PathData()
    let step = (x.end - x.start) / Double(bins.counts.count)
    for (index, count) in bins.counts.enumerated() where count > 0 {
      // A single value among fifty thousand is still seen.
      let height = max(1.5, y.position(0) - y.position(Double(count)))
      path.rect(
        x: x.start + Double(index) * step + 0.5,
        y: y.position(0) - height,
        width: max(1, step - 1),
        height: height
      )
    }
    return path
  }

  private func noteShapes(_ tiers: [[Int]], x: Axis, bottom: Double) -> [Shape] {
    var shapes: [Shape] = []
    var labels: [Shape] = []
    for (tier, indices) in tiers.enumerated() {
      let baseline = 34 + Double(tier) * 18
      for index in indices {
        let note = notes[index]
        let place = x.position(note.value)
        let paint: Paint = note.isFollowed ? .accent : .ink
        var label = Label(
          note.label,
          at: Point(place, baseline),
          size: .small,
          paint: paint,
          isBold: note.isFollowed
        )
        let isRight = place + label.width + 6 < 600
        label.at.x += isRight ? 5 : -5
        label.anchor = isRight ? .start : .end
        label.hasHalo = true
        shapes.append(.line(from: Point(place, baseline - 9), to: Point(place, bottom), paint))
        labels.append(.text(label))
      }
    }
    return shapes + labels
  }

  /// The notes in rows above the plot, such that none covers another.
  private var noteTiers: [[Int]] {
    let x = Axis(bins.range, from: 44, to: 592)
    var tiers: [[(index: Int, left: Double, right: Double)]] = []
    let order = risingOrder(of: notes.map { $0.value })
    for index in order {
      let place = x.position(notes[index].value)
      let width = TextMetrics.width(
        of: notes[index].label.plain,
        size: .small,
        bold: notes[index].isFollowed
      )
      let isRight = place + width + 6 < 600
      let (left, right) =
        isRight ? (place - 2, place + width + 10) : (place - width - 10, place + 2)
      let tier = tiers.firstIndex { row in row.allSatisfy { $0.right < left || right < $0.left } }
      if let tier {
        tiers[tier].append((index, left, right))
      } else {
        tiers.append([(index, left, right)])
      }
    }
    return tiers.map { $0.map { $0.index } }
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    // Neighbouring bins are summed until they fit as rows; counts may be summed, values may not.
    let group = max(1, (bins.counts.count + 15) / 16)
    let step = (bins.range.upperBound - bins.range.lowerBound) / Double(bins.counts.count)
    let starts = stride(from: 0, to: bins.counts.count, by: group)
    let rows = starts.map { start -> (low: Double, high: Double, count: Int) in
      let end = min(bins.counts.count, start + group)
      return (
        bins.range.lowerBound + Double(start) * step, bins.range.lowerBound + Double(end) * step,
        bins.counts[start..<end].reduce(0, +)
      )
    }
    let most = Double(max(1, rows.map { $0.count }.max() ?? 1))
    let digits = step * Double(group) < 0.1 ? 3 : step * Double(group) < 1 ? 2 : 1
    let labels = rows.map {
      terminal.plain(
        "\(Decimal.rounded($0.low, digits: digits)) … \(Decimal.rounded($0.high, digits: digits))"
      )
    }
    let labelWidth = labels.map { TextWidth.columns(of: $0) }.max() ?? 0
    let countWidth = rows.map { String($0.count).count }.max() ?? 0
    let room = min(48, terminal.width - labelWidth - countWidth - 4)
    var lines = [
      terminal.muted(
        TextWidth.truncate(
          terminal.plain("\(xTitle.plain) · \(countTitle.plain)"),
          to: terminal.width
        )
      )
    ]
    for (row, label) in zip(rows, labels) {
      let head =
        TextWidth.pad(label, to: labelWidth, alignment: .trailing) + "  "
        + TextWidth.pad(String(row.count), to: countWidth, alignment: .trailing)
      let bar = room > 0 ? "  " + terminal.bar(Double(row.count) / most, width: room) : ""
      lines.append(TextWidth.truncate(head, to: terminal.width) + bar)
    }
    for note in notes.rising(by: { $0.value }) {
      let text = TextWidth.truncate(
        terminal.plain("\(note.isFollowed ? terminal.pointer : " ") \(note.label.plain)"),
        to: terminal.width,
        ellipsis: terminal.ellipsis
      )
      lines.append(note.isFollowed ? terminal.accent(text) : text)
    }
    return lines
  }
}

extension Histogram {
  /// The data as one of the marks there are.
  public var mark: Mark { .histogram(self) }
}
