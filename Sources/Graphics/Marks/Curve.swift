import Platform

/// A function as a curve, with points of this run upon it.
public struct Curve: MarkContent {
  /// A point on the curve.
  public struct Dot: Sendable, Equatable {
    /// Where it stands.
    public var x: Double, y: Double
    /// What it is; its numbers, with their origins, belong in here.
    public var label: Caption
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Makes a point.
    public init(x: Double, y: Double, _ label: Caption, isFollowed: Bool = false) {
      self.x = x
      self.y = y
      self.label = label
      self.isFollowed = isFollowed
    }
  }

  /// The curve, from left to right.
  public var points: [Point]
  /// The points upon it.
  public var dots: [Dot]
  /// What is measured to the right and upwards.
  public var xTitle: Caption, yTitle: Caption
  /// The values between which the plot lies, if they are not those of its points.
  public var frame: PlotFrame?

  /// Makes a curve.
  ///
  /// - Parameters:
  ///   - points: The curve, from left to right.
  ///   - dots: The points upon it; those that come first get their labels first.
  ///   - xTitle: What is measured to the right.
  ///   - yTitle: What is measured upwards.
  ///   - frame: The values between which the plot lies, if they are not those of its points.
  public init(
    points: [Point],
    dots: [Dot] = [],
    xTitle: Caption,
    yTitle: Caption,
    frame: PlotFrame? = nil
  ) {
    self.points = points
    self.frame = frame
    self.dots = dots
    self.xTitle = xTitle
    self.yTitle = yTitle
  }

  private var plot: Plot {
    Plot(
      width: 520,
      height: 300,
      x: frame?.x ?? Axis.range(of: points.map { $0.x } + dots.map { $0.x }),
      y: frame?.y ?? Axis.range(of: points.map { $0.y } + dots.map { $0.y }, margin: 0.05),
      xTitle: xTitle,
      yTitle: yTitle
    )
  }

  /// The values that stand at a place of the drawing.
  public func values(at place: Point) -> (x: Double, y: Double) { plot.values(at: place) }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let plot = plot
    var drawing = plot.drawing
    var line = PathData()
    for (index, point) in points.enumerated() {
      let place = plot.place(point.x, point.y)
      if index == 0 { line.move(to: place) } else { line.line(to: place) }
    }
    drawing.shapes.append(.path(line, .ink, stroke: Stroke(width: 1.5)))
    drawing.shapes += labelled(plot)
    return drawing
  }

  private func labelled(_ plot: Plot) -> [Shape] {
    var placer = plot.placer
    let curve = points.map { plot.place($0.x, $0.y) }
    for place in curve { placer.reserve(place, radius: 3) }
    for (start, end) in zip(curve, curve.dropFirst()) { placer.reserve(from: start, to: end) }
    for dot in dots { placer.reserve(plot.place(dot.x, dot.y), radius: 4) }
    let order = dots.indices.rising { dots[$0].isFollowed ? 0 : 1 }
    var shapes: [Shape] = []
    for index in order {
      let dot = dots[index]
      let place = plot.place(dot.x, dot.y)
      let paint: Paint = dot.isFollowed ? .accent : .ink
      shapes.append(.circle(center: place, radius: 4.5, .card))
      shapes.append(.circle(center: place, radius: 3.5, paint))
      let label = placer.place(dot.label, beside: place, paint: paint, isBold: dot.isFollowed)
      shapes = label + shapes
    }
    return shapes
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let height = 12
    let width = max(10, min(60, terminal.width - 10))
    let x = Axis(
      Axis.range(of: points.map { $0.x } + dots.map { $0.x }),
      from: 0,
      to: Double(width - 1)
    )
    let y = Axis(
      Axis.range(of: points.map { $0.y } + dots.map { $0.y }),
      from: Double(height - 1),
      to: 0
    )
    var canvas = TextCanvas(width: width, height: height)
    let trace: Character = terminal.charset == .unicode ? "·" : "."
    for (first, second) in zip(points, points.dropFirst()) {
      canvas.line(
        from: (x.position(first.x), y.position(first.y)),
        to: (x.position(second.x), y.position(second.y)),
        trace
      )
    }
    // Points that have no name are points, the others numbers that are told beneath.
    let point: Character = terminal.charset == .unicode ? "•" : "o"
    for dot in dots where dot.label.isEmpty {
      canvas.set(x.position(dot.x), y.position(dot.y), point)
    }
    let dots = dots.filter { !$0.label.isEmpty }
    let names = dots.indices.map { Character(String($0 < 9 ? $0 + 1 : 0)) }
    for (index, dot) in dots.enumerated() {
      canvas.set(x.position(dot.x), y.position(dot.y), names[index])
    }
    var lines = [
      terminal.muted(TextWidth.truncate(terminal.plain(yTitle.plain), to: terminal.width))
    ]
    let ends = [y.domain.upperBound, y.domain.lowerBound].map {
      terminal.plain(Decimal.rounded($0, digits: 1))
    }
    let labelWidth = max(ends[0].count, ends[1].count)
    for (row, text) in canvas.lines.enumerated() {
      let label = row == 0 ? ends[0] : row == height - 1 ? ends[1] : ""
      let wall = terminal.charset == .unicode ? "│" : "|"
      lines.append(TextWidth.pad(label, to: labelWidth, alignment: .trailing) + " " + wall + text)
    }
    let low = terminal.plain(Decimal.rounded(x.domain.lowerBound, digits: 1))
    let high = terminal.plain(Decimal.rounded(x.domain.upperBound, digits: 1))
    let between = TextWidth.fit(
      terminal.plain(xTitle.plain),
      to: max(0, width - low.count - high.count),
      alignment: .center,
      ellipsis: terminal.ellipsis
    )
    lines.append(TextWidth.spaces(labelWidth + 2) + terminal.muted(low + between + high))
    for (index, dot) in dots.enumerated() {
      let text = TextWidth.truncate(
        terminal.plain("\(names[index]) \(dot.label.plain)"),
        to: terminal.width - 2,
        ellipsis: terminal.ellipsis
      )
      lines.append(
        dot.isFollowed ? terminal.accent("\(terminal.pointer) \(text)") : "  \(text)"
      )
    }
    return lines
  }
}

extension Curve {
  /// The data as one of the marks there are.
  public var mark: Mark { .curve(self) }
}
