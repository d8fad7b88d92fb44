/// Many small heatmaps of the same kind in rows and columns: layers × heads.
public struct HeatmapGrid: MarkContent {
  /// One small matrix: its values row by row, nil where nothing is (for attention: what is masked).
  public typealias Tile = [[Double?]]

  /// The labels of the rows and of the columns.
  public var rows: [String], columns: [String]
  /// The matrices, row by row.
  public var tiles: [[Tile]]
  /// The colours of all of them.
  public var scale: ColorScale
  /// Whether each row of a matrix is coloured up to its own largest value, rather than up to that of the scale.
  public var scalesRows = false
  /// The number of the first row and column of a matrix.
  public var firstNumber = 0
  /// The tile the reader follows.
  public var followed: Heatmap.Position?

  /// Makes a grid of heatmaps.
  ///
  /// - Parameters:
  ///   - rows: The labels of the rows, for attention the layers.
  ///   - columns: The labels of the columns, for attention the heads.
  ///   - tiles: The matrices, row by row.
  ///   - scale: The colours of all of them.
  ///   - followed: The tile the reader follows.
  public init(
    rows: [String],
    columns: [String],
    tiles: [[Tile]],
    scale: ColorScale,
    followed: Heatmap.Position? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.tiles = tiles
    self.scale = scale
    self.followed = followed
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    func widest(_ labels: [String]) -> Double {
      labels.map { TextMetrics.width(of: VisibleText.plain($0), size: .small, bold: true) }.max()
        ?? 0
    }
    let left = (min(110, widest(rows)) + 10).rounded(.up)
    let top = 20.0
    let (rowCount, columnCount) = (max(1, Double(rows.count)), max(1, Double(columns.count)))
    let pitch = min(
      104,
      (Layout.width - left) / columnCount,
      max(18, (Layout.height - top) / rowCount)
    ).rounded(.down)
    let gap = pitch > 60 ? 8.0 : pitch > 30 ? 5 : pitch > 12 ? 3 : 1
    let size = max(1, pitch - gap)

    var drawing = Drawing(
      width: left + columnCount * pitch - gap + 2,
      height: top + rowCount * pitch - gap + 2
    )
    var frames = PathData()
    var cells: [Shape] = []
    for (row, line) in tiles.enumerated() where row < rows.count {
      for (column, tile) in line.enumerated() where column < columns.count {
        let (x, y) = (left + Double(column) * pitch, top + Double(row) * pitch)
        frames.rect(x: x - 0.5, y: y - 0.5, width: size + 1, height: size + 1)
        cells.append(self.cells(of: tile, x: x, y: y, size: size))
      }
    }
    drawing.shapes += labels(left: left, top: top, pitch: pitch, size: size)
    drawing.shapes += [.path(frames, .page), .path(frames, .line, stroke: .hairline)]
    drawing.shapes += cells
    if let followed {
      let part = Redrawing(
        .grid,
        [
          "x": left, "y": top, "pitch": pitch, "size": size, "rows": rowCount,
          "columns": columnCount,
        ]
      )
      let outline = Shape.rect(
        x: left + Double(followed.column) * pitch - 2,
        y: top + Double(followed.row) * pitch - 2,
        width: size + 4,
        height: size + 4,
        radius: 3,
        .accent,
        stroke: .following
      )
      drawing.shapes.append(.redrawable(part, [outline]))
    }
    return drawing
  }

  private func scale(of row: [Double?]) -> ColorScale {
    guard scalesRows else { return scale }
    var own = scale
    own.maximum = row.reduce(0) { max($0, $1 ?? 0) }
    return own
  }

  private func cells(of tile: Tile, x: Double, y: Double, size: Double) -> Shape {
    let side = Double(max(1, tile.count, tile.map { $0.count }.max() ?? 0))
    let levels = tile.map { row in
      let scale = scale(of: row)
      return row.map { value in value.flatMap { scale.level(of: $0) } }
    }
    return .cells(
      CellGrid(
        levels: levels,
        role: scale.role,
        cellWidth: size / side,
        cellHeight: size / side,
        emptyLevel: scale.emptyLevel
      ),
      x: x,
      y: y
    )
  }

  private func labels(left: Double, top: Double, pitch: Double, size: Double) -> [Shape] {
    func style(_ isFollowed: Bool) -> Paint { isFollowed ? .accent : .muted }
    let widest = columns.map { TextMetrics.width(of: $0, size: .small) }.max() ?? 0
    let columnStep = max(1, Int((min(widest + 4, 60) / pitch).rounded(.up)))
    let rowStep = max(1, Int((14 / pitch).rounded(.up)))
    let across = stride(from: 0, to: columns.count, by: columnStep).map { column in
      let isFollowed = column == followed?.column
      return Shape.text(
        Label(
          Caption(columns[column]),
          at: Point(left + Double(column) * pitch + size / 2, top - 7),
          size: .small,
          anchor: .middle,
          paint: style(isFollowed),
          isBold: isFollowed,
          maximumWidth: pitch * Double(columnStep)
        )
      )
    }
    let down = stride(from: 0, to: rows.count, by: rowStep).map { row in
      let isFollowed = row == followed?.row
      return Shape.text(
        Label(
          Caption(rows[row]),
          at: Point(left - 9, top + Double(row) * pitch + size / 2 + 4),
          size: .small,
          anchor: .end,
          paint: style(isFollowed),
          isBold: isFollowed,
          maximumWidth: left - 9
        )
      )
    }
    return across + down
  }

  /// How many of a matrix's last rows and columns a terminal shows.
  private static let textSide = 24

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let side = tiles.joined().map { max($0.count, $0.map { $0.count }.max() ?? 0) }.max() ?? 0
    let shown = min(side, Self.textSide, max(1, terminal.width - 2))
    let labelWidth = columns.map { TextWidth.columns(of: terminal.plain($0)) }.max() ?? 0
    let width = max(shown, min(labelWidth + 2, 12))
    let perLine = max(1, (terminal.width + 2) / (width + 2))
    var lines: [String] = []
    for (row, tiles) in tiles.enumerated() where row < rows.count {
      if !lines.isEmpty { lines.append("") }
      lines.append(
        terminal.strong(TextWidth.truncate(terminal.plain(rows[row]), to: terminal.width))
      )
      for start in stride(from: 0, to: min(tiles.count, columns.count), by: perLine) {
        let group = Array(start..<min(start + perLine, tiles.count, columns.count))
        lines.append(
          group.map { column in
            let isFollowed = followed == .init(row: row, column: column)
            let text = TextWidth.fit(
              (isFollowed ? terminal.pointer + " " : "") + terminal.plain(columns[column]),
              to: width,
              ellipsis: terminal.ellipsis
            )
            return isFollowed ? terminal.accent(text) : terminal.muted(text)
          }.joined(separator: "  ")
        )
        for line in (side - shown)..<side {
          let texts = group.map { column -> String in
            let cells = ((side - shown)..<side).map { shade(tiles[column], line, $0, terminal) }
            return TextWidth.pad(String(cells), to: width)
          }
          lines.append(texts.joined(separator: "  "))
        }
      }
    }
    if shown < side {
      let (first, last) = (firstNumber + side - shown, firstNumber + side - 1)
      lines.append(terminal.muted(terminal.range(first, last, of: firstNumber + side)))
    }
    return lines
  }

  private func shade(
    _ tile: Tile,
    _ row: Int,
    _ column: Int,
    _ terminal: TerminalStyle
  ) -> Character {
    guard row < tile.count, column < tile[row].count, let value = tile[row][column] else {
      return terminal.charset == .unicode ? "·" : " "
    }
    return terminal.shade(abs(scale(of: tile[row]).share(of: value) ?? 0))
  }
}

extension HeatmapGrid {
  /// The data as one of the marks there are.
  public var mark: Mark { .heatmapGrid(self) }
}
