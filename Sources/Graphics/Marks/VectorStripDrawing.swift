/// One row of a vector strip, in pixels.
struct VectorStripDrawing {
  let row: VectorStrip.Row
  let left: Double
  let cell: Double
  let right: Double
  let isDense: Bool
  let leavesBarsOut: Bool
  let saysRange: Bool
  /// What each written number takes, so that those of several rows stand in columns.
  let numberWidth: Double

  private var thickness: Double { isDense ? 24 : row.scale.role == .data ? 34 : 24 }
  private var hasRemark: Bool { !row.numbers.isEmpty || row.marked != nil || saysRange }
  private var drawn: Range<Int> { row.drawn() }
  private var shown: Int { drawn.count }
  var height: Double { thickness + (hasRemark ? 20 : 0) }

  var shapes: [Shape] {
    let middle = thickness / 2
    var shapes: [Shape] = [
      .text(
        Label(
          Caption(row.label),
          at: Point(left - 10, middle + 4.5),
          anchor: .end,
          paint: row.isFollowed ? .accent : .ink,
          isBold: row.isFollowed,
          maximumWidth: left - (row.sign == nil ? 10 : 28)
        )
      )
    ]
    if let sign = row.sign {
      shapes.append(
        .text(
          Label(
            Caption(sign),
            at: Point(6, middle + 5.5),
            size: .title,
            anchor: .middle,
            maximumWidth: 20
          )
        )
      )
    }
    shapes += row.scale.role == .data ? bars : cells
    shapes += remark
    return shapes
  }

  private var cells: [Shape] {
    let levels = row.values[drawn].map { row.scale.level(of: $0) }
    let width = cell * Double(shown)
    return [
      .cells(
        CellGrid(levels: [levels], role: row.scale.role, cellWidth: cell, cellHeight: thickness),
        x: left,
        y: 0
      ),
      .rect(
        x: left - 0.5,
        y: -0.5,
        width: width + 1,
        height: thickness + 1,
        radius: 1,
        row.isFollowed ? .accent : .line,
        stroke: row.isFollowed ? .following : .hairline
      ),
    ]
  }

  /// A bar up or down from the line for each number, so that the sign needs no hue.
  private var bars: [Shape] {
    let middle = thickness / 2
    let width = cell * Double(shown)
    var path = PathData()
    for (index, value) in row.values[drawn].prefix(leavesBarsOut ? 0 : shown).enumerated() {
      guard let share = row.scale.share(of: value) else { continue }
      let length = abs(share) * (middle - 1)
      guard length >= 0.25 else { continue }
      // A stroke from the line, in units of a bar and of a tenth of a pixel: whole numbers take the fewest letters.
      let x = Double(index) + 0.5
      path.move(to: Point(x, 0))
      path.line(to: Point(x, ((share < 0 ? length : -length) * 10).rounded()))
    }
    let part = Redrawing(
      .bars,
      source: row.source,
      ["x": left, "y": middle, "pitch": cell, "count": Double(shown), "max": row.scale.maximum]
    )
    let outline = Shape.path(path, .level(.data, 9), stroke: Stroke(width: 0.8))
    let isEmpty = path == PathData()
    let bars: [Shape] =
      isEmpty ? [] : [.scaled([outline], x: left, y: middle, width: cell, height: 0.1)]
    var shapes = row.source.isEmpty ? bars : [.redrawable(part, bars)]
    shapes.append(.line(from: Point(left, middle), to: Point(left + width, middle), .muted))
    if row.isFollowed {
      shapes.append(
        .rect(
          x: left - 2,
          y: 0,
          width: width + 4,
          height: thickness,
          radius: 3,
          .accent,
          stroke: .following
        )
      )
    }
    return shapes
  }

  /// The marked number or the first ones, and which are drawn of how many.
  private var remark: [Shape] {
    guard hasRemark else { return [] }
    let baseline = thickness + 16
    var shapes: [Shape] = []
    var x = left
    let rest =
      saysRange
      ? "\(drawn.lowerBound)–\(max(drawn.lowerBound, drawn.upperBound - 1)) / \(row.count)" : ""
    let restWidth = TextMetrics.width(of: rest, size: .small)
    var written = 0
    if let marked = row.marked, drawn.contains(marked.index) {
      shapes += pointer(to: marked, baseline: baseline, before: restWidth)
    }
    for quantity in row.numbers {
      guard x + numberWidth + 24 + restWidth <= right else { break }
      shapes.append(
        .text(
          Label(
            Caption(quantity),
            at: Point(x + numberWidth, baseline),
            size: .small,
            anchor: .end
          )
        )
      )
      x += numberWidth + 12
      written += 1
    }
    if written > 0, written < row.count {
      shapes.append(.text(Label("…", at: Point(x, baseline), size: .small, paint: .muted)))
    }
    if !rest.isEmpty {
      shapes.append(
        .text(
          Label(
            Caption(rest),
            at: Point(max(left + cell * Double(shown), x + 24 + restWidth), baseline),
            size: .small,
            anchor: .end,
            paint: .muted
          )
        )
      )
    }
    return shapes
  }

  /// A line from the marked number to its place and value beneath.
  private func pointer(
    to marked: VectorStrip.Marked,
    baseline: Double,
    before restWidth: Double
  ) -> [Shape] {
    let x = left + cell * (Double(marked.index - drawn.lowerBound) + 0.5)
    let half = TextMetrics.width(of: marked.caption.plain, size: .small, bold: true) / 2
    let end =
      max(left + cell * Double(shown), left + 2 * half) - (restWidth > 0 ? restWidth + 14 : 0)
    let middle = max(left + half, min(x, end - half))
    return [
      .line(from: Point(x, thickness), to: Point(x, thickness + 5), .accent),
      .text(
        Label(
          marked.caption,
          at: Point(middle, baseline),
          size: .small,
          anchor: .middle,
          paint: .accent,
          isBold: true
        )
      ),
    ]
  }
}
