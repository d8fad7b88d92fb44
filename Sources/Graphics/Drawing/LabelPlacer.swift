import Platform

/// Finds room for labels beside points, so that none covers another label or a point.
///
/// Labels are placed in the order they are asked for: the important ones first.
struct LabelPlacer {
  private struct Box {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func overlaps(_ other: Box) -> Bool {
      left < other.right && other.left < right && top < other.bottom && other.top < bottom
    }
  }

  private let bounds: Box
  private var taken: [Box] = []

  /// A placer within a rectangle of `width` × `height` pixels at `x`, `y`.
  init(x: Double, y: Double, width: Double, height: Double) {
    bounds = Box(left: x, top: y, right: x + width, bottom: y + height)
  }

  /// Keeps labels off a point.
  mutating func reserve(_ point: Point, radius: Double) {
    taken.append(
      Box(
        left: point.x - radius,
        top: point.y - radius,
        right: point.x + radius,
        bottom: point.y + radius
      )
    )
  }

  /// Keeps labels off a line.
  mutating func reserve(from start: Point, to end: Point) {
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let count = Int(((dx * dx + dy * dy).squareRoot() / 8).rounded(.down))
    guard count > 1 else { return }
    for step in 1..<count {
      let share = Double(step) / Double(count)
      reserve(Point(start.x + dx * share, start.y + dy * share), radius: 3)
    }
  }

  /// A label beside `point`, or farther off with a line that leads to it; nothing if there is no
  /// room for it.
  mutating func place(
    _ caption: Caption,
    beside point: Point,
    paint: Paint = .ink,
    isBold: Bool = false
  ) -> [Shape] {
    var label = Label(caption, at: point, size: .small, paint: paint, isBold: isBold)
    let width = label.width
    let (ascent, descent, gap) = (10.0, 3.0, 7.0)
    label.hasHalo = true
    let near: [(Double, Double, Label.Anchor)] = [
      (gap, 4, .start), (-gap, 4, .end), (0, -gap - 2, .middle), (0, gap + ascent, .middle),
      (gap, -gap, .start), (-gap, -gap, .end), (gap, gap + ascent, .start),
      (-gap, gap + ascent, .end),
    ]
    let far = [22.0, 38, 54].flatMap { distance -> [(Double, Double, Label.Anchor)] in
      [
        (14, -distance, .start), (-14, -distance, .end), (14, distance + 8, .start),
        (-14, distance + 8, .end),
      ]
    }
    for (index, (dx, dy, anchor)) in (near + far).enumerated() {
      let (x, y) = (point.x + dx, point.y + dy)
      let left = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
      let box = Box(
        left: left - 2,
        top: y - ascent,
        right: left + width + 2,
        bottom: y + descent
      )
      let isInside =
        box.left >= bounds.left && box.right <= bounds.right && box.top >= bounds.top
        && box.bottom <= bounds.bottom
      guard isInside, !taken.contains(where: { $0.overlaps(box) }) else { continue }
      taken.append(box)
      label.at = Point(x, y)
      label.anchor = anchor
      guard index >= near.count else { return [.text(label)] }
      let end = Point(x + (anchor == .start ? -3 : 3), y - 4)
      return [.line(from: point, to: end, .muted), .text(label)]
    }
    return []
  }

  /// Places on a line for labels that want to stand at `wanted`: in order, `pitch` apart, within
  /// `range` while they fit.
  static func spread(
    _ wanted: [Double],
    pitch: Double,
    within range: ClosedRange<Double>
  ) -> [Double] {
    let order = risingOrder(of: wanted)
    var places = order.map { wanted[$0] }
    for index in places.indices {
      let least = index == 0 ? range.lowerBound : places[index - 1] + pitch
      places[index] = max(places[index], least)
    }
    for index in places.indices.reversed() {
      let most = index == places.count - 1 ? range.upperBound : places[index + 1] - pitch
      places[index] = min(places[index], most)
    }
    var result = wanted
    for (rank, index) in order.enumerated() { result[index] = places[rank] }
    return result
  }
}
