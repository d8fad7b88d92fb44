import Platform

/// Matrices to scale, where they stand in a larger picture, and the lines between them.
///
/// What is larger than the picture has room for is sampled by who makes it, and its caption says so.
public struct Slabs: MarkContent {
  /// One matrix.
  public struct Slab: Sendable {
    /// Where it stands, in units of its own.
    public var x: Double, y: Double, width: Double, height: Double
    /// The colour levels of its cells, row by row; none if its numbers are not known.
    public var levels: [[Int?]]
    /// The scale they are of.
    public var role: ColorScale.Role
    /// The part of it that is followed: the first row or column, and how many of all its rows or columns.
    public var followed: (isRow: Bool, index: Int, count: Int)?

    /// Makes a slab.
    public init(
      x: Double,
      y: Double,
      width: Double,
      height: Double,
      levels: [[Int?]],
      role: ColorScale.Role,
      followed: (isRow: Bool, index: Int, count: Int)? = nil
    ) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
      (self.levels, self.role, self.followed) = (levels, role, followed)
    }
  }

  /// A line along points, in units.
  public struct Line: Sendable {
    /// x and y of its points.
    public var points: [Double]
    /// Whether it is what is followed; whether it is drawn as a curve from its first point to its second.
    public var isFollowed: Bool, isCurve: Bool

    /// Makes a line.
    public init(_ points: [Double], isFollowed: Bool, isCurve: Bool = false) {
      (self.points, self.isFollowed, self.isCurve) = (points, isFollowed, isCurve)
    }
  }

  /// A name, at a point in units.
  public struct Name: Sendable {
    /// The words.
    public var text: Caption
    /// Where they stand.
    public var x: Double, y: Double, anchor: Label.Anchor
    /// Whether it names what is followed, or is what the picture is about.
    public var isFollowed: Bool, isBold: Bool

    /// Makes a name.
    public init(
      _ text: Caption,
      _ x: Double,
      _ y: Double,
      _ anchor: Label.Anchor,
      isFollowed: Bool = false,
      isBold: Bool = false
    ) {
      (self.text, self.x, self.y, self.anchor) = (text, x, y, anchor)
      (self.isFollowed, self.isBold) = (isFollowed, isBold)
    }
  }

  /// The matrices, the lines, the names.
  public var slabs: [Slab], wires: [Line], names: [Name]
  /// What of the picture is drawn, in units.
  public var x: Double, y: Double, width: Double, height: Double

  /// Makes a picture of what stands within a rectangle.
  public init(
    _ slabs: [Slab],
    _ wires: [Line],
    _ names: [Name],
    x: Double,
    y: Double,
    width: Double,
    height: Double
  ) {
    (self.slabs, self.wires, self.names) = (slabs, wires, names)
    (self.x, self.y, self.width, self.height) = (x, y, width, height)
  }

  /// How many pixels a unit takes in a drawing that is as wide as a figure may be.
  public static func scale(width: Double) -> Double { Layout.width / max(1, width) }

  /// The mark as one of those there are.
  public var mark: Mark { .slabs(self) }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let scale = Self.scale(width: width)
    var drawing = Drawing(width: width * scale, height: height * scale)
    func point(_ x: Double, _ y: Double) -> Point {
      Point((x - self.x) * scale, (y - self.y) * scale)
    }
    for isFollowed in [false, true] {
      var path = PathData()
      for wire in wires where wire.isFollowed == isFollowed {
        let points = stride(from: 0, to: wire.points.count - 1, by: 2).map {
          point(wire.points[$0], wire.points[$0 + 1])
        }
        guard let first = points.first, let last = points.last else { continue }
        path.move(to: first)
        if wire.isCurve {
          // Eight pieces, flat at both ends.
          for step in 1...8 {
            let t = Double(step) / 8
            let rise = t * t * (3 - 2 * t)
            let (dx, dy) = (last.x - first.x, last.y - first.y)
            path.line(to: Point(first.x + dx * t, first.y + dy * rise))
          }
        } else {
          for point in points.dropFirst() { path.line(to: point) }
        }
      }
      let paint: Paint = isFollowed ? .accent : .line
      drawing.shapes.append(.path(path, paint, stroke: Stroke(width: isFollowed ? 1.5 : 0.75)))
    }
    for slab in slabs { draw(slab, at: point(slab.x, slab.y), scale, &drawing) }
    for name in names {
      let paint: Paint = name.isFollowed ? .accent : .ink
      var label = Label(
        name.text,
        at: point(name.x, name.y),
        size: .small,
        anchor: name.anchor,
        paint: paint,
        isBold: name.isBold || name.isFollowed
      )
      label.hasHalo = true
      drawing.shapes.append(.text(label))
    }
    return drawing
  }

  private func draw(_ slab: Slab, at corner: Point, _ scale: Double, _ drawing: inout Drawing) {
    let (width, height) = (slab.width * scale, slab.height * scale)
    let (rows, columns) = (slab.levels.count, slab.levels.first?.count ?? 0)
    if rows > 0, columns > 0 {
      let grid = CellGrid(
        levels: slab.levels,
        role: slab.role,
        cellWidth: width / Double(columns),
        cellHeight: height / Double(rows)
      )
      drawing.shapes.append(.cells(grid, x: corner.x, y: corner.y))
    }
    drawing.shapes.append(
      .rect(
        x: corner.x,
        y: corner.y,
        width: width,
        height: height,
        rows > 0 ? .line : .level(slab.role, slab.role == .weights ? 3 : 2),
        stroke: rows > 0 ? Stroke(width: 0.5) : .masked
      )
    )
    guard let (isRow, index, count) = slab.followed else { return }
    let share = 1 / Double(max(1, count))
    let offset = Double(index) * share
    drawing.shapes.append(
      .rect(
        x: corner.x + (isRow ? 0 : width * offset),
        y: corner.y + (isRow ? height * offset : 0),
        width: isRow ? width : width * share,
        height: isRow ? height * share : height,
        .accent,
        stroke: .hairline
      )
    )
  }

  /// The mark as terminal text: what stands in it, from left to right.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let words = names.rising { $0.y }.rising { $0.x }.map { $0.text.plain }
    return TextWidth.wrap(terminal.plain(words.joined(separator: " · ")), to: terminal.width)
  }
}
