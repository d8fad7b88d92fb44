/// Draws a heatmap as shapes.
struct HeatmapDrawing {
  private let map: Heatmap
  private let rowCount: Int
  private let columnCount: Int
  private let showsNumbers: Bool
  private let turnsLabels: Bool
  private let left: Double
  private let top: Double
  private let cellWidth: Double
  private let cellHeight: Double

  init(_ map: Heatmap) {
    self.map = map
    rowCount = min(map.rows.count, Heatmap.sideLimit)
    columnCount = min(map.columns.count, Heatmap.sideLimit)
    let (rows, columns) = (max(1, Double(rowCount)), max(1, Double(columnCount)))
    func widest(_ labels: some Sequence<String>) -> Double {
      labels.map { TextMetrics.width(of: VisibleText.plain($0), size: .regular, bold: true) }.max()
        ?? 0
    }
    let title = TextMetrics.width(of: map.rowTitle, size: .small)
    let rowNames = map.rows.prefix(rowCount).enumerated().map { map.label($1, $0) }
    let columnNames = map.columns.prefix(columnCount).enumerated().map { map.label($1, $0) }
    left = (min(130, max(widest(rowNames), title)) + 10).rounded(.up)
    let room = Layout.width - left - 12
    let columnLabels = widest(columnNames)
    let axis = map.columnTitle.isEmpty ? 0.0 : 18.0

    let number = map.widestNumber { TextMetrics.width(of: $0, size: .regular) }
    let numbered = number.map { min(60, max(34, $0 + 8)) } ?? 0
    showsNumbers =
      number.map { $0 <= 56 } == true && columns * numbered <= room && columns <= 12 && rows <= 16
    if showsNumbers {
      let width = min(56, max(numbered, min(columnLabels + 8, room / columns)), room / columns)
      turnsLabels = columnLabels > width - 4
      top = axis + (turnsLabels ? Self.turnedHeight(columnLabels) : 20)
      cellHeight = min(40, max(20, ((Layout.height - top) / rows).rounded(.down)))
      cellWidth = max(numbered, min(width, cellHeight * 1.6)).rounded(.down)
    } else {
      let widest = min(32, room / columns)
      // Short labels, mostly numbers, stay upright and are thinned out instead.
      turnsLabels = columnLabels > max(widest - 4, 24)
      top = axis + (turnsLabels ? Self.turnedHeight(columnLabels) : 20)
      // Many rows are let grow beyond a screen's height rather than below what can be seen.
      let size = min(widest, max(Self.leastCell, (Layout.height - top) / rows))
      cellWidth = size >= 3 ? size.rounded(.down) : max(1, (size * 4).rounded(.down) / 4)
      cellHeight = cellWidth
    }
  }

  /// Cells are not made smaller for the sake of height.
  private static let leastCell = 4.0

  /// Labels turned by 45° take this much height.
  private static func turnedHeight(_ width: Double) -> Double {
    (min(100, width) * 0.72 + 16).rounded()
  }

  var drawing: Drawing {
    let width = Double(columnCount) * cellWidth
    let height = Double(rowCount) * cellHeight
    var shapes = titles
    shapes += redrawable(.rows, rowLabels)
    shapes += columnLabels
    shapes += redrawable(
      .matrix,
      showsNumbers && !map.leavesNumbersOut ? numberedCells : plainCells
    )
    shapes += redrawable(.outline, following)
    var drawing = Drawing(
      width: left + width + (turnsLabels ? overhang : 2),
      height: top + height + 2,
      shapes: shapes
    )
    if rowCount < map.rows.count || columnCount < map.columns.count {
      drawing.height += 18
      let rest = "1–\(rowCount) / \(map.rows.count) × 1–\(columnCount) / \(map.columns.count)"
      drawing.shapes.append(
        .text(
          Label(Caption(rest), at: Point(left, drawing.height - 5), size: .small, paint: .muted)
        )
      )
    }
    return drawing
  }

  /// What a page may draw anew, if the map names its source.
  private func redrawable(_ mark: Redrawing.Mark, _ shapes: [Shape]) -> [Shape] {
    guard !map.source.isEmpty else { return shapes }
    let part = Redrawing(
      mark,
      source: map.source,
      [
        "x": left, "y": top, "width": cellWidth, "height": cellHeight, "rows": Double(rowCount),
        "columns": Double(columnCount), "numbers": showsNumbers ? 1 : 0,
        "max": map.scale.maximum, "root": map.scale.curve == .squareRoot ? 1 : 0,
      ]
    )
    return [.redrawable(part, shapes)]
  }

  /// How far the last turned label reaches beyond the last column.
  private var overhang: Double {
    let last = map.columns.prefix(columnCount).last.map {
      TextMetrics.width(of: VisibleText.plain(map.label($0, columnCount - 1)), size: .regular)
    }
    return max(2, min(100, last ?? 0) * 0.72 - cellWidth / 2 + 6)
  }

  // MARK: - Labels

  private var titles: [Shape] {
    var shapes: [Shape] = []
    if !map.columnTitle.isEmpty {
      shapes.append(
        .text(Label(Caption(map.columnTitle), at: Point(left, 12), size: .small, paint: .muted))
      )
    }
    if !map.rowTitle.isEmpty {
      shapes.append(
        .text(
          Label(
            Caption(map.rowTitle),
            at: Point(left - 9, top - 6),
            size: .small,
            anchor: .end,
            paint: .muted,
            maximumWidth: left - 9
          )
        )
      )
    }
    return shapes
  }

  /// Whether dashes mark what is negative: greys show sizes only, and numbers have signs of their own.
  var showsSigns: Bool {
    map.scale.role == .data && map.scale.minimum == nil && !showsNumbers && cellWidth >= 8
  }

  /// Labels stand at every cell, or at every so many where cells are smaller than type.
  ///
  /// The followed one always stands; those too near to it give way.
  private func labelled(_ count: Int, pitch: Double, type: Double, followed: Int?) -> [Int] {
    let least = max(1, Int((type / pitch).rounded(.up)))
    // Numbers go in steps that one counts in.
    let step =
      map.firstNumber == nil ? least : [1, 2, 5, 10, 20, 50].first { $0 >= least } ?? least
    let first = map.firstNumber.map { (step - $0 % step) % step } ?? 0
    let even = stride(from: first, to: count, by: step)
    guard let followed, (0..<count).contains(followed) else { return Array(even) }
    return even.filter { abs($0 - followed) >= least } + [followed]
  }

  private var rowLabels: [Shape] {
    labelled(rowCount, pitch: cellHeight, type: 14, followed: map.followedRow).map { row in
      let isFollowed = row == map.followedRow
      return .text(
        Label(
          Caption(map.label(map.rows[row], row)),
          at: Point(left - 9, top + (Double(row) + 0.5) * cellHeight + 4.5),
          anchor: .end,
          paint: isFollowed ? .accent : .ink,
          isBold: isFollowed,
          maximumWidth: left - 9
        )
      )
    }
  }

  private var columnLabels: [Shape] {
    let widest = map.columns.prefix(columnCount).enumerated().map {
      TextMetrics.width(of: VisibleText.plain(map.label($1, $0)), size: .regular)
    }
    // Turned lines of type are as far apart as their columns times the sine of 45°.
    let type = turnsLabels ? 19 : showsNumbers ? 0 : (widest.max() ?? 0) + 5
    return labelled(columnCount, pitch: cellWidth, type: type, followed: map.followedCell?.column)
      .map { column in
        let x = left + (Double(column) + 0.5) * cellWidth
        let isFollowed = column == map.followedCell?.column
        let label = Caption(map.label(map.columns[column], column))
        let paint = isFollowed ? Paint.accent : .ink
        if turnsLabels {
          return .text(
            Label(
              label,
              at: Point(x + 4, top - 7),
              paint: paint,
              isBold: isFollowed,
              angle: -45,
              maximumWidth: 100
            )
          )
        }
        return .text(
          Label(
            label,
            at: Point(x, top - 7),
            anchor: .middle,
            paint: paint,
            isBold: isFollowed,
            maximumWidth: max(cellWidth, 24)
          )
        )
      }
  }

  // MARK: - Cells

  private var numberedCells: [Shape] {
    var shapes: [Shape] = []
    var masked = PathData()
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        let (x, y) = (left + Double(column) * cellWidth, top + Double(row) * cellHeight)
        let cell = map.cell(row, column)
        if cell == .masked {
          masked.rect(
            x: x + 1.5,
            y: y + 1.5,
            width: cellWidth - 3,
            height: cellHeight - 3,
            radius: 4
          )
        }
        guard let value = cell.value, let level = map.scale(row).level(of: value) else { continue }
        shapes.append(
          .rect(
            x: x + 1,
            y: y + 1,
            width: cellWidth - 2,
            height: cellHeight - 2,
            radius: Layout.radius,
            .level(map.scale.role, level)
          )
        )
        guard let quantity = cell.number else { continue }
        shapes.append(
          .text(
            Label(
              Caption(quantity),
              at: Point(x + cellWidth / 2, y + cellHeight / 2 + 4.5),
              anchor: .middle,
              paint: .on(map.scale.role, level)
            )
          )
        )
      }
    }
    return [.path(masked, .muted, stroke: .masked)] + shapes
  }

  private var plainCells: [Shape] {
    let levels = (0..<rowCount).map { row in
      (0..<columnCount).map { column in
        map.cell(row, column).value.flatMap { map.scale(row).level(of: $0) }
      }
    }
    let grid = CellGrid(
      levels: levels,
      role: map.scale.role,
      cellWidth: cellWidth,
      cellHeight: cellHeight
    )
    return [
      .cells(grid, x: left, y: top), .path(maskedEdge, .muted, stroke: .masked),
    ] + signs
  }

  /// The outline of everything that is masked.
  private var maskedEdge: PathData {
    func isMasked(_ row: Int, _ column: Int) -> Bool {
      (0..<rowCount).contains(row) && (0..<columnCount).contains(column)
        && map.cell(row, column) == .masked
    }
    var path = PathData()
    func add(_ lines: Int, _ length: Int, edge: (Int, Int) -> Bool, at: (Int, Int) -> Point) {
      for line in 0...lines {
        var start: Int?
        for index in 0...length {
          let isEdge = index < length && edge(line, index)
          if isEdge, start == nil { start = index }
          if !isEdge, let from = start {
            path.move(to: at(line, from))
            path.line(to: at(line, index))
            start = nil
          }
        }
      }
    }
    func place(_ row: Int, _ column: Int) -> Point {
      Point(left + Double(column) * cellWidth, top + Double(row) * cellHeight)
    }
    add(rowCount, columnCount, edge: { isMasked($0, $1) != isMasked($0 - 1, $1) }) { place($0, $1) }
    add(columnCount, rowCount, edge: { isMasked($1, $0) != isMasked($1, $0 - 1) }) { place($1, $0) }
    return path
  }

  /// A dash in every negative cell of data, whose greys show sizes only.
  private var signs: [Shape] {
    guard showsSigns else { return [] }
    var (onPale, onStrong) = (PathData(), PathData())
    for row in 0..<rowCount {
      for column in 0..<columnCount {
        guard let value = map.cell(row, column).value, value < 0,
          let level = map.scale.level(of: value), level > 0
        else { continue }
        let y = top + (Double(row) + 0.5) * cellHeight
        let x = left + Double(column) * cellWidth
        func dash(_ path: inout PathData) {
          path.move(to: Point(x + cellWidth * 0.25, y))
          path.line(to: Point(x + cellWidth * 0.75, y))
        }
        if level > 6 { dash(&onStrong) } else { dash(&onPale) }
      }
    }
    return [.path(onPale, .ink, stroke: .hairline), .path(onStrong, .page, stroke: .hairline)]
  }

  private var following: [Shape] {
    func outline(_ row: Int, _ column: Int, _ columns: Int) -> Shape {
      .rect(
        x: left + Double(column) * cellWidth - 1,
        y: top + Double(row) * cellHeight - 1,
        width: Double(columns) * cellWidth + 2,
        height: cellHeight + 2,
        radius: 5,
        .accent,
        stroke: .following
      )
    }
    var shapes: [Shape] = []
    if let row = map.followedRow, (0..<rowCount).contains(row) {
      shapes.append(outline(row, 0, columnCount))
    }
    if let cell = map.followedCell, (0..<rowCount).contains(cell.row),
      (0..<columnCount).contains(cell.column)
    {
      shapes.append(outline(cell.row, cell.column, 1))
    }
    return shapes
  }
}
