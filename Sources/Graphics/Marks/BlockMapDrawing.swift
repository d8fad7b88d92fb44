/// Draws a map of boxes, to the right or downwards.
///
/// Everything is laid out along the flow and across it; only the last step knows which is which.
struct BlockMapDrawing {
  private let map: BlockMap
  private let boxSize: (along: Double, across: Double)
  private let gap: Double
  /// The line of the flow, across.
  private let axis: Double
  private let sideRoom: (before: Double, after: Double)

  init(_ map: BlockMap) {
    self.map = map
    let depths = Self.depths(map.parts)
    let boxes = Self.boxes(map.parts)
    func width(_ text: String, _ size: FontSize) -> Double {
      TextMetrics.width(of: VisibleText.plain(text), size: size, bold: size == .regular)
    }
    let widest = boxes.map { max(width($0.label, .small) * 1.08, width($0.detail, .small)) }
    if map.isHorizontal {
      // Labels wrap at spaces; a box is as wide as the column allows.
      let plus = 22.0 * Double(Self.sums(map.parts))
      let frames = 20.0 * Double(Self.groups(map.parts))
      let room = (Layout.width - plus - frames) / Double(max(1, boxes.count))
      let gap = room > 70 ? 18.0 : 12
      self.gap = gap
      let longest = boxes.flatMap { Self.words($0.label) + Self.words($0.detail) }.map {
        width($0, .small) * 1.08
      }
      boxSize = (max(40, min(room - gap, (longest.max() ?? 0) + 14, 110)), 62)
    } else {
      gap = 14
      boxSize = (
        boxes.contains { !$0.detail.isEmpty } ? 40 : 28, min(260, (widest.max() ?? 0) + 32)
      )
    }
    sideRoom = (
      16 * Double(depths.added) + (map.isHorizontal ? 20 : 10) * Double(depths.groups),
      10 * Double(depths.groups)
    )
    axis = sideRoom.before + boxSize.across / 2 + 1
  }

  var drawing: Drawing {
    var flow = FlowPen(position: 1)
    let shapes = draw(map.parts, &flow, level: 0, isFirst: true)
    let across = sideRoom.before + boxSize.across + sideRoom.after + 2
    return map.isHorizontal
      ? Drawing(width: flow.position + 1, height: across, shapes: shapes)
      : Drawing(width: across, height: flow.position + 1, shapes: shapes)
  }

  // MARK: - Layout

  private struct FlowPen {
    var position: Double
  }

  private func draw(
    _ parts: [BlockMap.Part],
    _ pen: inout FlowPen,
    level: Int,
    isFirst: Bool
  ) -> [Shape] {
    var shapes: [Shape] = []
    for (index, part) in parts.enumerated() {
      if !(isFirst && index == 0) { shapes += arrow(&pen) }
      switch part {
      case .box(let box):
        shapes += self.shapes(of: box, at: pen.position)
        pen.position += boxSize.along
      case .added(let inner):
        // What comes in turns off before the first of the parts and meets their result after the last.
        let start = pen.position - gap / 2
        shapes += draw(inner, &pen, level: level, isFirst: true)
        shapes += arrow(&pen)
        let middle = pen.position + 8
        shapes += bypass(from: start, to: middle, level: level)
        shapes += plus(at: middle)
        pen.position += 16
      case .group(let inner, let name):
        let start = pen.position
        pen.position += 10
        shapes += draw(inner, &pen, level: level, isFirst: true)
        pen.position += 10
        shapes = frame(from: start, to: pen.position, name: name) + shapes
      }
    }
    return shapes
  }

  private func point(_ along: Double, _ across: Double) -> Point {
    map.isHorizontal ? Point(along, across) : Point(across, along)
  }

  private func rect(
    along: Double,
    across: Double,
    length: Double,
    breadth: Double,
    radius: Double,
    _ paint: Paint,
    stroke: Stroke? = nil
  ) -> Shape {
    let corner = point(along, across)
    return .rect(
      x: corner.x,
      y: corner.y,
      width: map.isHorizontal ? length : breadth,
      height: map.isHorizontal ? breadth : length,
      radius: radius,
      paint,
      stroke: stroke
    )
  }

  private func arrow(_ pen: inout FlowPen) -> [Shape] {
    let end = pen.position + gap
    var head = PathData()
    head.move(to: point(end, axis))
    head.line(to: point(end - 5, axis - 3))
    head.line(to: point(end - 5, axis + 3))
    head.close(at: point(end, axis))
    let line = Shape.line(from: point(pen.position, axis), to: point(end - 4, axis), .muted)
    pen.position = end
    return [line, .path(head, .muted)]
  }

  private func plus(at along: Double) -> [Shape] {
    let center = point(along, axis)
    var cross = PathData()
    cross.move(to: Point(center.x - 4, center.y))
    cross.line(to: Point(center.x + 4, center.y))
    cross.move(to: Point(center.x, center.y - 4))
    cross.line(to: Point(center.x, center.y + 4))
    return [
      .circle(center: center, radius: 7.5, .card),
      .circle(center: center, radius: 7.5, .muted, stroke: .hairline),
      .path(cross, .ink, stroke: Stroke(width: 1.5)),
    ]
  }

  private func bypass(from start: Double, to end: Double, level: Int) -> [Shape] {
    let side = axis - boxSize.across / 2 - 10
    var path = PathData()
    path.move(to: point(start, axis))
    path.line(to: point(start, side))
    path.line(to: point(end, side))
    path.line(to: point(end, axis - 8))
    return [.path(path, .muted, stroke: .hairline)]
  }

  private func frame(from start: Double, to end: Double, name: String) -> [Shape] {
    let before = axis - boxSize.across / 2 - sideRoom.before + 1
    let breadth = sideRoom.before + boxSize.across + sideRoom.after - 2
    let label =
      map.isHorizontal
      ? Label(Caption(name), at: Point(start + 8, before + 15), size: .small, isBold: true)
      : Label(
        Caption(name),
        at: Point(before + breadth - 8, start + 15),
        size: .small,
        anchor: .end,
        isBold: true
      )
    return [
      rect(
        along: start,
        across: before,
        length: end - start,
        breadth: breadth,
        radius: 8,
        .line,
        stroke: Stroke(width: 1.5)
      ),
      .text(label),
    ]
  }

  // MARK: - Boxes

  private func shapes(of box: BlockMap.Box, at along: Double) -> [Shape] {
    let across = axis - boxSize.across / 2
    let corner = point(along, across)
    let size =
      map.isHorizontal ? Point(boxSize.along, boxSize.across) : Point(boxSize.across, boxSize.along)
    let fill: Paint = box.kind == .data ? .level(.data, 2) : .card
    let text: Paint = box.kind == .data ? .on(.data, 2) : .ink
    var shapes: [Shape] = [
      .rect(x: corner.x, y: corner.y, width: size.x, height: size.y, radius: 5, fill)
    ]
    if box.kind == .weights {
      shapes += [
        .rect(
          x: corner.x + 1,
          y: corner.y + size.y - 4,
          width: size.x / 2 - 1,
          height: 3,
          .level(.weights, 2)
        ),
        .rect(
          x: corner.x + size.x / 2,
          y: corner.y + size.y - 4,
          width: size.x / 2 - 1,
          height: 3,
          .level(.weights, 10)
        ),
      ]
    }
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
    let label = lines(box.label, width: size.x - 6, isBold: true)
    let detail = box.detail.isEmpty ? [] : lines(box.detail, width: size.x - 6, isBold: false)
    let height = Double(label.count + detail.count) * 14
    var y = corner.y + (size.y - height) / 2 + 10.5 - (box.kind == .weights ? 1 : 0)
    for (line, isLabel) in label.map({ ($0, true) }) + detail.map({ ($0, false) }) {
      shapes.append(
        .text(
          Label(
            Caption(line),
            at: Point(corner.x + size.x / 2, y),
            size: .small,
            anchor: .middle,
            paint: isLabel && box.isLit ? .accent : isLabel || box.kind == .data ? text : .muted,
            isBold: isLabel,
            maximumWidth: size.x - 2
          )
        )
      )
      y += 14
    }
    return shapes
  }

  private func lines(_ text: String, width: Double, isBold: Bool) -> [String] {
    guard map.isHorizontal else { return [text] }
    return Caption(text).wrapped(to: isBold ? width / 1.08 : width, size: .small).prefix(2).map {
      String($0.plain.reversed().drop { $0 == " " }.reversed())
    }
  }

  // MARK: - Counting

  private static func words(_ text: String) -> [String] { TextPieces.split(text) }

  private static func boxes(_ parts: [BlockMap.Part]) -> [BlockMap.Box] {
    parts.flatMap { part -> [BlockMap.Box] in
      switch part {
      case .box(let box): [box]
      case .added(let inner), .group(let inner, _): boxes(inner)
      }
    }
  }

  private static func sums(_ parts: [BlockMap.Part]) -> Int {
    parts.reduce(0) { total, part in
      switch part {
      case .box: total
      case .added(let inner): total + 1 + sums(inner)
      case .group(let inner, _): total + sums(inner)
      }
    }
  }

  private static func groups(_ parts: [BlockMap.Part]) -> Int {
    parts.reduce(0) { total, part in
      switch part {
      case .box: total
      case .added(let inner): total + groups(inner)
      case .group(let inner, _): total + 1 + groups(inner)
      }
    }
  }

  private static func depths(_ parts: [BlockMap.Part]) -> (added: Int, groups: Int) {
    parts.reduce((0, 0)) { depths, part in
      switch part {
      case .box: return depths
      case .added(let inner):
        let below = Self.depths(inner)
        return (max(depths.0, below.added + 1), max(depths.1, below.groups))
      case .group(let inner, _):
        let below = Self.depths(inner)
        return (max(depths.0, below.added), max(depths.1, below.groups + 1))
      }
    }
  }
}
