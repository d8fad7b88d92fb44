import Platform

/// Shares of one whole laid end to end from 0 to 1, and where a drawn number fell.
public struct CumulativeLine: MarkContent {
  /// One share.
  public struct Segment: Sendable, Equatable {
    /// What it is the share of.
    ///
    /// Give tokens as ``VisibleText/show(_:)`` returns them.
    public var label: String
    /// How large it is.
    public var share: Quantity

    /// Makes a segment.
    public init(_ label: String, _ share: Quantity) {
      self.label = label
      self.share = share
    }
  }

  /// The shares, in order.
  ///
  /// What they leave of the whole is drawn as a dashed rest.
  public var segments: [Segment]
  /// The number drawn, 0 to 1.
  public var drawn: Quantity?
  /// What the rest of the whole is called.
  public var restLabel: String
  /// The width in pixels.
  public var width: Double

  /// Lays shares end to end.
  public init(
    _ segments: [Segment],
    drawn: Quantity? = nil,
    restLabel: String = "…",
    width: Double = 660
  ) {
    self.segments = segments
    self.drawn = drawn
    self.restLabel = restLabel
    self.width = width
  }

  /// The index of the segment the drawn number fell into, if it fell into one.
  public var hit: Int? {
    guard let drawn else { return nil }
    var end = 0.0
    for (index, segment) in segments.enumerated() {
      end += max(0, segment.share.value)
      if drawn.value < end { return index }
    }
    return nil
  }

  /// Where the segments begin and end.
  private var spans: [(start: Double, end: Double)] {
    var end = 0.0
    return segments.map { segment in
      let start = end
      end = min(1, end + max(0, segment.share.value.isFinite ? segment.share.value : 0))
      return (start, end)
    }
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let (left, right, top, height) = (8.0, width - 8, 34.0, 34.0)
    let x = Axis(0...1, from: left, to: right)
    var drawing = Drawing(width: width, height: top + height + 66)
    let spans = spans
    let rest = spans.last?.end ?? 0
    for (index, span) in spans.enumerated() {
      drawing.shapes += segment(index, x.position(span.start), x.position(span.end), top, height)
    }
    if rest < 0.9995 {
      let (start, end) = (x.position(rest), x.position(1))
      drawing.shapes.append(
        .rect(
          x: start + 0.5,
          y: top + 0.5,
          width: max(1, end - start - 1),
          height: height - 1,
          radius: 2,
          .muted,
          stroke: .masked
        )
      )
    }
    for tick in [0, 0.25, 0.5, 0.75, 1] {
      drawing.shapes += [
        .line(
          from: Point(x.position(tick), top + height + 42),
          to: Point(x.position(tick), top + height + 47),
          .muted
        ),
        .text(
          Label(
            Caption(tick == 0 || tick == 1 ? "\(Int(tick))" : Decimal.rounded(tick, digits: 2)),
            at: Point(x.position(tick), top + height + 61),
            size: .small,
            anchor: .middle,
            paint: .muted
          )
        ),
      ]
    }
    drawing.shapes.append(
      .line(from: Point(left, top + height + 42), to: Point(right, top + height + 42), .muted)
    )
    drawing.shapes += labels(x, top: top + height + 17)
    if let drawn { drawing.shapes += marker(drawn, x.position(drawn.value), top, height) }
    let (start, end) = (x.position(rest), x.position(1))
    if end - start > TextMetrics.width(of: restLabel, size: .small) + 6 {
      var label = Label(
        Caption(restLabel),
        at: Point((start + end) / 2, top + height / 2 + 4),
        size: .small,
        anchor: .middle,
        paint: .muted
      )
      label.hasHalo = true
      drawing.shapes.append(.text(label))
    }
    return drawing
  }

  private func segment(
    _ index: Int,
    _ start: Double,
    _ end: Double,
    _ top: Double,
    _ height: Double
  ) -> [Shape] {
    let isHit = index == hit
    // The share is the length; the two tints only tell neighbours apart.
    let level = index % 2 == 0 ? 6 : 4
    var shapes: [Shape] = [
      .rect(
        x: start + 0.5,
        y: top,
        width: max(0.5, end - start - 1),
        height: height,
        radius: 2,
        .level(.probability, level)
      )
    ]
    if isHit {
      shapes.append(
        .rect(
          x: start - 0.5,
          y: top - 1,
          width: max(2, end - start + 1),
          height: height + 2,
          radius: 3,
          .accent,
          stroke: .following
        )
      )
    }
    return shapes
  }

  /// Names and numbers beneath: that of the segment that was hit first, then those that fit.
  private func labels(_ x: Axis, top: Double) -> [Shape] {
    var taken: [ClosedRange<Double>] = []
    var shapes: [Shape] = []
    let order = segments.indices.rising { $0 == hit ? 0 : 1 }
    for index in order {
      let segment = segments[index]
      let isHit = index == hit
      let (start, end) = (x.position(spans[index].start), x.position(spans[index].end))
      let size = max(
        TextMetrics.width(of: VisibleText.plain(segment.label), size: .small, bold: isHit),
        TextMetrics.width(of: segment.share.text, size: .small)
      )
      let center = min(width - size / 2, max(size / 2, (start + end) / 2))
      let range = (center - size / 2 - 3)...(center + size / 2 + 3)
      let mayOverhang = isHit || size <= end - start + 10
      guard mayOverhang, !taken.contains(where: { $0.overlaps(range) }) else { continue }
      taken.append(range)
      shapes += [
        .text(
          Label(
            Caption(segment.label),
            at: Point(center, top),
            size: .small,
            anchor: .middle,
            paint: isHit ? .accent : .ink,
            isBold: isHit
          )
        ),
        .text(
          Label(
            Caption(segment.share),
            at: Point(center, top + 15),
            size: .small,
            anchor: .middle,
            paint: .muted
          )
        ),
      ]
    }
    return shapes
  }

  private func marker(
    _ drawn: Quantity,
    _ x: Double,
    _ top: Double,
    _ height: Double
  ) -> [Shape] {
    var head = PathData()
    head.move(to: Point(x, top - 2))
    head.line(to: Point(x - 5, top - 10))
    head.line(to: Point(x + 5, top - 10))
    head.close(at: Point(x, top - 2))
    let half = TextMetrics.width(of: drawn.text, size: .regular, bold: true) / 2
    let center = min(width - half, max(half, x))
    return [
      .line(from: Point(x, top), to: Point(x, top + height), .ink, stroke: Stroke(width: 1.5)),
      .path(head, .ink),
      .text(Label(Caption(drawn), at: Point(center, top - 15), anchor: .middle, isBold: true)),
    ]
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let spans = spans
    let rows = segments.indices.map { index -> [String] in
      [
        segments[index].label, segments[index].share.text,
        Decimal.text(spans[index].start, digits: 3) + " – "
          + Decimal.text(spans[index].end, digits: 3),
        index == hit ? "\(terminal.pointer) \(drawn?.text ?? "")" : "",
      ]
    }
    let table = TextTable(
      columns: [
        .init(""), .number(""), TextTable.Column("", alignment: .trailing, overflow: .drop),
        .init("", overflow: .keep),
      ],
      rows: rows,
      followedRows: hit.map { [$0] } ?? []
    )
    var lines = table.lines(terminal)
    if hit == nil, let drawn {
      lines.append(
        TextWidth.truncate(terminal.plain("\(restLabel)  \(drawn.text)"), to: terminal.width)
      )
    }
    return lines
  }
}

extension CumulativeLine {
  /// The data as one of the marks there are.
  public var mark: Mark { .cumulativeLine(self) }
}
