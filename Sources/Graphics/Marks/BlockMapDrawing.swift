/// Draws a map of boxes, to the right or downwards.
///
/// Everything is laid out along the flow and across it; only the last step knows which is which.
struct BlockMapDrawing {
  private let map: BlockMap
  private let measures: BlockMapMeasures
  /// The middle of the flow, across.
  private let axis: Double

  init(_ map: BlockMap) {
    self.map = map
    measures = BlockMapMeasures(map)
    axis = measures.before + measures.across / 2 + 1
  }

  var drawing: Drawing {
    var pen = 1.0
    let shapes = draw(map.parts, &pen, hasIncoming: false)
    let across = measures.before + measures.across + measures.after + 2
    return map.isHorizontal
      ? Drawing(width: pen + 1, height: across, shapes: shapes)
      : Drawing(width: across, height: pen + 1, shapes: shapes)
  }

  // MARK: - The flow

  /// Draws parts one after another, from where the pen stands to where it is left.
  private func draw(_ parts: [BlockMap.Part], _ pen: inout Double, hasIncoming: Bool) -> [Shape] {
    var shapes: [Shape] = []
    for (index, part) in parts.enumerated() {
      let isJoined = index > 0 || hasIncoming
      switch part {
      case .box(let box):
        if isJoined { shapes += arrow(&pen) }
        let length = measures.length(of: box)
        shapes +=
          BlockMapBox(
            box: box,
            corner: point(pen, axis - measures.across / 2),
            size: map.isHorizontal
              ? Point(length, measures.across) : Point(measures.across, length),
            wraps: map.isHorizontal
          ).shapes
        pen += length
      case .added(let inner):
        // What comes in turns off before the first of the parts and meets their result after them.
        let start = pen + (isJoined ? measures.gap / 2 - 2 : -1)
        shapes += draw(inner, &pen, hasIncoming: isJoined)
        shapes += arrow(&pen)
        pen += 8
        shapes += bypass(from: start, to: pen) + plus(at: pen)
        pen += 8
      case .group(let inner, let name):
        let lead = isJoined ? 8.0 : 0
        if isJoined { shapes.append(line(from: pen, to: pen + lead)) }
        let start = pen + lead
        pen = start + (isJoined ? 0 : 10)
        let inside = draw(inner, &pen, hasIncoming: isJoined)
        shapes.append(line(from: pen, to: pen + 10))
        pen += 10
        shapes = frame(from: start, to: pen, name: name) + shapes + inside
      }
    }
    return shapes
  }

  private func point(_ along: Double, _ across: Double) -> Point {
    map.isHorizontal ? Point(along, across) : Point(across, along)
  }

  private func line(from start: Double, to end: Double) -> Shape {
    .line(from: point(start, axis), to: point(end, axis), .muted)
  }

  private func arrow(_ pen: inout Double) -> [Shape] {
    let end = pen + measures.gap
    var head = PathData()
    head.move(to: point(end, axis))
    head.line(to: point(end - 5, axis - 3))
    head.line(to: point(end - 5, axis + 3))
    head.close(at: point(end, axis))
    defer { pen = end }
    return [line(from: pen, to: end - 4), .path(head, .muted)]
  }

  private func plus(at along: Double) -> [Shape] {
    let center = point(along, axis)
    var cross = PathData()
    cross.move(to: Point(center.x - 4, center.y))
    cross.line(to: Point(center.x + 4, center.y))
    cross.move(to: Point(center.x, center.y - 4))
    cross.line(to: Point(center.x, center.y + 4))
    return [
      .circle(center: center, radius: 7.5, .ground),
      .circle(center: center, radius: 7.5, .muted, stroke: .hairline),
      .path(cross, .ink, stroke: Stroke(width: 1.5)),
    ]
  }

  private func bypass(from start: Double, to end: Double) -> [Shape] {
    let side = axis - measures.across / 2 - 10
    var path = PathData()
    path.move(to: point(start, axis))
    path.line(to: point(start, side))
    path.line(to: point(end, side))
    path.line(to: point(end, axis - 8))
    return [.path(path, .muted, stroke: .hairline)]
  }

  private func frame(from start: Double, to end: Double, name: String) -> [Shape] {
    let top = 1.0
    let breadth = measures.before + measures.across + measures.after
    let corner = point(start, top)
    let size = map.isHorizontal ? Point(end - start, breadth) : Point(breadth, end - start)
    let label =
      map.isHorizontal
      ? Label(Caption(name), at: Point(start + 9, top + 15), size: .small, isBold: true)
      : Label(
        Caption(name),
        at: Point(top + breadth - 8, start + 17),
        size: .small,
        anchor: .end,
        isBold: true
      )
    return [
      .rect(
        x: corner.x,
        y: corner.y,
        width: size.x,
        height: size.y,
        radius: 8,
        .line,
        stroke: Stroke(width: 1.5)
      ),
      .text(label),
    ]
  }
}

/// One box, in pixels.
private struct BlockMapBox {
  let box: BlockMap.Box
  let corner: Point
  let size: Point
  let wraps: Bool

  var shapes: [Shape] {
    let fill: Paint = box.kind == .data ? .level(.data, 2) : .card
    var shapes: [Shape] = [
      .rect(x: corner.x, y: corner.y, width: size.x, height: size.y, radius: 5, fill)
    ]
    if box.kind == .weights { shapes += Self.edge(corner, size) }
    shapes.append(
      .rect(
        x: corner.x,
        y: corner.y,
        width: size.x,
        height: size.y,
        radius: 5,
        box.isLit ? .accent : .muted,
        stroke: box.isLit ? .following : .hairline
      )
    )
    return shapes + texts
  }

  /// The blue and red edge of what was learned.
  static func edge(_ corner: Point, _ size: Point) -> [Shape] {
    [
      .rect(
        x: corner.x + 2,
        y: corner.y + size.y - 4,
        width: size.x / 2 - 2,
        height: 3,
        .level(.weights, 2)
      ),
      .rect(
        x: corner.x + size.x / 2,
        y: corner.y + size.y - 4,
        width: size.x / 2 - 2,
        height: 3,
        .level(.weights, 10)
      ),
    ]
  }

  private var texts: [Shape] {
    let label = lines(box.label, isBold: true)
    let detail = box.detail.isEmpty ? [] : lines(box.detail, isBold: false)
    let height = Double(label.count + detail.count) * 15
    var y = corner.y + (size.y - height) / 2 + 11 - (box.kind == .weights ? 1 : 0)
    let onData = Paint.on(.data, 2)
    return (label.map { ($0, true) } + detail.map { ($0, false) }).map { line, isLabel in
      let paint: Paint =
        box.kind == .data ? onData : !isLabel ? .muted : box.isLit ? .accent : .ink
      defer { y += 15 }
      return .text(
        Label(
          Caption(line),
          at: Point(corner.x + size.x / 2, y),
          size: .small,
          anchor: .middle,
          paint: paint,
          isBold: isLabel,
          maximumWidth: size.x - 2
        )
      )
    }
  }

  private func lines(_ text: String, isBold: Bool) -> [String] {
    guard wraps else { return [text] }
    return Caption(text).wrapped(to: size.x - 4, size: .small, isBold: isBold).prefix(2).map {
      line in
      var text = line.plain
      while text.last == " " { text.removeLast() }
      return text
    }
  }
}

extension ColorKey {
  /// The sign of a box that holds weights.
  static func weightsSign(x: Double, y: Double) -> [Shape] {
    [
      .rect(x: x, y: y, width: 18, height: 13, radius: 2, .card),
      .rect(x: x, y: y, width: 18, height: 13, radius: 2, .muted, stroke: .hairline),
    ] + BlockMapBox.edge(Point(x, y), Point(18, 13))
  }
}
