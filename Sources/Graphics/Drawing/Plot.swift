/// The frame of a plot with two axes: gridlines, ticks and titles.
struct Plot {
  private let x: Axis
  private let y: Axis
  private let width: Double
  private let height: Double
  private let inner: (left: Double, top: Double, right: Double, bottom: Double)
  private let titles: (x: Caption, y: Caption)
  private let showsTicks: Bool

  /// A plot of `width` × `height` pixels in all, over the ranges `x` and `y`.
  ///
  /// - Parameters:
  ///   - width: Pixels in all.
  ///   - height: Pixels in all.
  ///   - x: The values from left to right.
  ///   - y: The values from bottom to top.
  ///   - xTitle: What stands below.
  ///   - yTitle: What stands above the vertical axis.
  ///   - showsTicks: Whether round numbers stand along the axes.
  ///   - isIsometric: Whether a step to the right is as long as a step upwards.
  init(
    width: Double,
    height: Double,
    x: ClosedRange<Double>,
    y: ClosedRange<Double>,
    xTitle: Caption,
    yTitle: Caption,
    showsTicks: Bool = true,
    isIsometric: Bool = false
  ) {
    self.width = width
    self.height = height
    self.showsTicks = showsTicks
    titles = (xTitle, yTitle)
    inner = (showsTicks ? 44 : 8, 24, width - 8, height - (showsTicks ? 40 : 24))
    var (x, y) = (x, y)
    if isIsometric {
      let unit = max(
        (x.upperBound - x.lowerBound) / (inner.right - inner.left),
        (y.upperBound - y.lowerBound) / (inner.bottom - inner.top)
      )
      func widened(_ range: ClosedRange<Double>, _ pixels: Double) -> ClosedRange<Double> {
        let middle = (range.lowerBound + range.upperBound) / 2
        return (middle - unit * pixels / 2)...(middle + unit * pixels / 2)
      }
      x = widened(x, inner.right - inner.left)
      y = widened(y, inner.bottom - inner.top)
    }
    self.x = Axis(x, from: inner.left, to: inner.right)
    self.y = Axis(y, from: inner.bottom, to: inner.top)
  }

  /// Where the values stand.
  func place(_ x: Double, _ y: Double) -> Point { Point(self.x.position(x), self.y.position(y)) }

  /// The values that stand at a place.
  func values(at place: Point) -> (x: Double, y: Double) {
    (x.value(at: place.x), y.value(at: place.y))
  }

  /// Finds room for labels within the plot.
  var placer: LabelPlacer {
    LabelPlacer(
      x: inner.left,
      y: inner.top - 6,
      width: inner.right - inner.left + 6,
      height: inner.bottom - inner.top + 12
    )
  }

  /// The frame, to draw upon.
  var drawing: Drawing {
    var shapes: [Shape] = []
    if showsTicks {
      shapes += verticals + horizontals
    } else {
      shapes.append(
        .rect(
          x: inner.left,
          y: inner.top,
          width: inner.right - inner.left,
          height: inner.bottom - inner.top,
          radius: Layout.radius,
          .line,
          stroke: .hairline
        )
      )
      if x.domain.contains(0) { shapes.append(vertical(0, .line)) }
      if y.domain.contains(0) { shapes.append(horizontal(0, .line)) }
    }
    shapes.append(
      .text(
        Label(
          titles.y,
          at: Point(showsTicks ? 0 : inner.left, 12),
          size: .small,
          paint: .muted,
          maximumWidth: inner.right - inner.left
        )
      )
    )
    shapes.append(
      .text(
        Label(
          titles.x,
          at: Point(inner.right, height - 5),
          size: .small,
          anchor: .end,
          paint: .muted,
          maximumWidth: inner.right
        )
      )
    )
    return Drawing(width: width, height: height, shapes: shapes)
  }

  private func vertical(_ value: Double, _ paint: Paint) -> Shape {
    .line(
      from: Point(x.position(value), inner.top),
      to: Point(x.position(value), inner.bottom),
      paint
    )
  }

  private func horizontal(_ value: Double, _ paint: Paint) -> Shape {
    .line(
      from: Point(inner.left, y.position(value)),
      to: Point(inner.right, y.position(value)),
      paint
    )
  }

  private var verticals: [Shape] {
    let ticks = x.ticks(about: 7)
    return ticks.values.flatMap { value in
      [
        vertical(value, value == 0 ? .muted : .line),
        .text(
          Label(
            Caption(Decimal.rounded(value, digits: ticks.digits)),
            at: Point(x.position(value), inner.bottom + 16),
            size: .small,
            anchor: .middle,
            paint: .muted
          )
        ),
      ]
    }
  }

  private var horizontals: [Shape] {
    let ticks = y.ticks(about: 5)
    return ticks.values.flatMap { value in
      [
        horizontal(value, value == 0 ? .muted : .line),
        .text(
          Label(
            Caption(Decimal.rounded(value, digits: ticks.digits)),
            at: Point(inner.left - 8, y.position(value) + 4),
            size: .small,
            anchor: .end,
            paint: .muted
          )
        ),
      ]
    }
  }
}
