import Platform

/// Words or vectors as points on two axes, with arrows between some of them.
///
/// A step to the right is as long as a step upwards, so that distances mean what they seem to.
public struct Scatter: MarkContent {
  /// A point.
  public struct Item: Sendable, Equatable {
    /// What it is.
    ///
    /// Give tokens as ``VisibleText/show(_:)`` returns them.
    public var label: String
    /// Where it stands.
    public var x: Double, y: Double
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool
    /// Whether it only gives context, and is drawn paler.
    public var isFaint: Bool

    /// Makes a point.
    public init(
      _ label: String,
      x: Double,
      y: Double,
      isFollowed: Bool = false,
      isFaint: Bool = false
    ) {
      self.label = label
      self.x = x
      self.y = y
      self.isFollowed = isFollowed
      self.isFaint = isFaint
    }
  }

  /// An arrow from one point to another.
  public struct Arrow: Sendable, Equatable {
    /// The indices of its points.
    public var from: Int, to: Int

    /// Makes an arrow.
    public init(from: Int, to: Int) {
      self.from = from
      self.to = to
    }
  }

  /// The points.
  public var items: [Item]
  /// The arrows.
  public var arrows: [Arrow]
  /// What the axes are, for example with their share of the variance.
  public var xTitle: Caption, yTitle: Caption
  /// The values between which the map lies at least, if they are not those of its points.
  public var frame: PlotFrame?

  /// Makes a map of points.
  public init(_ items: [Item], arrows: [Arrow] = [], xTitle: Caption, yTitle: Caption) {
    self.items = items
    self.arrows = arrows
    self.xTitle = xTitle
    self.yTitle = yTitle
  }

  private var plot: Plot {
    Plot(
      width: 560,
      height: 360,
      x: frame?.x ?? Axis.range(of: items.map { $0.x }, margin: 0.12),
      y: frame?.y ?? Axis.range(of: items.map { $0.y }, margin: 0.1),
      xTitle: xTitle,
      yTitle: yTitle,
      showsTicks: false,
      isIsometric: true
    )
  }

  /// The values that stand at a place of the drawing.
  public func values(at place: Point) -> (x: Double, y: Double) { plot.values(at: place) }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let plot = plot
    var drawing = plot.drawing
    var placer = plot.placer
    for item in items { placer.reserve(plot.place(item.x, item.y), radius: 4) }
    for arrow in arrows where items.indices.contains(arrow.from) && items.indices.contains(arrow.to)
    {
      let (from, to) = (items[arrow.from], items[arrow.to])
      let (start, end) = (plot.place(from.x, from.y), plot.place(to.x, to.y))
      placer.reserve(from: start, to: end)
      drawing.shapes += Self.arrow(start, end)
    }
    for index in order {
      let item = items[index]
      let place = plot.place(item.x, item.y)
      let paint: Paint = item.isFollowed ? .accent : item.isFaint ? .muted : .ink
      drawing.shapes += placer.place(
        Caption(item.label),
        beside: place,
        paint: paint,
        isBold: item.isFollowed
      )
      drawing.shapes.append(.circle(center: place, radius: item.isFaint ? 2.5 : 3.5, paint))
    }
    return drawing
  }

  /// The points in the order their labels find room: followed, plain, faint.
  private var order: [Int] {
    items.indices.rising { items[$0].isFollowed ? 0 : items[$0].isFaint ? 2 : 1 }
  }

  /// An arrow that leaves room for its points.
  static func arrow(_ start: Point, _ end: Point) -> [Shape] {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    guard length > 18 else { return [] }
    let (ux, uy) = (dx / length, dy / length)
    let tip = Point(end.x - ux * 6, end.y - uy * 6)
    let back = Point(tip.x - ux * 8, tip.y - uy * 8)
    var head = PathData()
    head.move(to: tip)
    head.line(to: Point(back.x - uy * 3.5, back.y + ux * 3.5))
    head.line(to: Point(back.x + uy * 3.5, back.y - ux * 3.5))
    head.close(at: tip)
    return [
      .line(from: Point(start.x + ux * 6, start.y + uy * 6), to: back, .muted),
      .path(head, .muted),
    ]
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let width = max(20, min(72, terminal.width))
    let height = 16
    let plot = (
      x: Axis(Axis.range(of: items.map { $0.x }, margin: 0.1), from: 0, to: Double(width - 1)),
      y: Axis(Axis.range(of: items.map { $0.y }, margin: 0.05), from: Double(height - 1), to: 0)
    )
    var canvas = TextCanvas(width: width, height: height)
    let dot: Character = terminal.charset == .unicode ? "•" : "o"
    for item in items { canvas.set(plot.x.position(item.x), plot.y.position(item.y), dot) }
    for index in order {
      let item = items[index]
      let text = terminal.plain(item.isFollowed ? "[\(item.label)]" : item.label)
      let column = Int(plot.x.position(item.x).rounded())
      let row = Int(plot.y.position(item.y).rounded())
      let size = TextWidth.columns(of: text)
      let places = [
        (column + 2, row), (column - size - 1, row), (column - size / 2, row - 1),
        (column - size / 2, row + 1),
      ]
      for place in places where canvas.write(text, column: place.0, row: place.1) { break }
    }
    let titles = ["\(terminal.charset == .unicode ? "↑" : "^") \(yTitle.plain)", ""]
    var lines = [terminal.muted(TextWidth.truncate(terminal.plain(titles[0]), to: width))]
    lines += canvas.lines
    lines.append(
      terminal.muted(
        TextWidth.pad(
          TextWidth.truncate(terminal.plain("\(xTitle.plain) →"), to: width),
          to: width,
          alignment: .trailing
        )
      )
    )
    for arrow in arrows where items.indices.contains(arrow.from) && items.indices.contains(arrow.to)
    {
      lines.append(
        TextWidth.truncate(
          terminal.plain("  \(items[arrow.from].label) → \(items[arrow.to].label)"),
          to: width
        )
      )
    }
    return lines
  }
}

extension Scatter {
  /// The data as one of the marks there are.
  public var mark: Mark { .scatter(self) }
}
