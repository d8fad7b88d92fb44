/// A large matrix of weights as a small picture: some of its rows and columns, evenly picked.
///
/// Rows that matter are lit and named beside it.
public struct WeightMatrix: Mark {
  /// A row that is lit.
  public struct Highlight: Sendable, Equatable {
    /// The row's index in the whole matrix.
    public var row: Int
    /// What it is.
    ///
    /// Give tokens as ``VisibleText/show(_:)`` returns them.
    public var label: String
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool

    /// Lights a row.
    public init(row: Int, _ label: String, isFollowed: Bool = false) {
      self.row = row
      self.label = label
      self.isFollowed = isFollowed
    }
  }

  /// The picked values, row by row.
  public var values: [[Double]]
  /// The size of the whole matrix.
  public var rowCount: Int, columnCount: Int
  /// What the rows and the columns are: “1024 tokens”, “128 dimensions”.
  public var rowTitle: Caption, columnTitle: Caption
  /// The colours.
  public var scale: ColorScale
  /// The rows that are lit.
  public var highlights: [Highlight]

  /// Makes a picture of a matrix.
  ///
  /// - Parameters:
  ///   - values: The picked values, row by row.
  ///   - rowCount: The rows of the whole matrix.
  ///   - columnCount: The columns of the whole matrix.
  ///   - rowTitle: What the rows are.
  ///   - columnTitle: What the columns are.
  ///   - scale: The colours.
  ///   - highlights: The rows that are lit.
  public init(
    values: [[Double]],
    rowCount: Int,
    columnCount: Int,
    rowTitle: Caption,
    columnTitle: Caption,
    scale: ColorScale,
    highlights: [Highlight] = []
  ) {
    self.values = values
    self.rowCount = max(1, rowCount)
    self.columnCount = max(1, columnCount)
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.scale = scale
    self.highlights = highlights
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let (rows, columns) = (max(1, values.count), max(1, values.map(\.count).max() ?? 0))
    // The shape of the whole, within reason: a vocabulary is not drawn a thousand times as tall.
    let aspect = min(2.4, max(0.45, Double(columnCount) / Double(rowCount)))
    let area = 66_000.0
    let height = min(300, (area / aspect).squareRoot())
    let cellWidth = max(1, (height * aspect / Double(columns) * 4).rounded() / 4)
    let cellHeight = max(1, (height / Double(rows) * 4).rounded() / 4)
    let size = Point(cellWidth * Double(columns), cellHeight * Double(rows))
    let origin = Point(22, 22)
    let grid = CellGrid(
      levels: values.map { $0.map { scale.level(of: $0) } },
      role: scale.role,
      cellWidth: cellWidth,
      cellHeight: cellHeight
    )

    let names = highlights.map {
      TextMetrics.width(of: VisibleText.plain($0.label), size: .regular, bold: true)
    }
    let nameWidth = min(180, names.max() ?? 0)
    var drawing = Drawing(
      width: min(Layout.width, origin.x + size.x + (highlights.isEmpty ? 2 : 34 + nameWidth)),
      height: origin.y + size.y + 2
    )
    drawing.width = max(drawing.width, origin.x + columnLabel.width)
    let middle = Point(12, origin.y + size.y / 2)
    drawing.shapes = [
      .text(columnLabel),
      .text(
        Label(
          rowTitle,
          at: middle,
          size: .small,
          anchor: .middle,
          paint: .muted,
          angle: -90
        )
      ),
      .cells(grid, x: origin.x, y: origin.y),
      .rect(
        x: origin.x - 0.5,
        y: origin.y - 0.5,
        width: size.x + 1,
        height: size.y + 1,
        .line,
        stroke: .hairline
      ),
    ]
    drawing.shapes += lit(origin, size)
    return drawing
  }

  private var columnLabel: Label {
    Label(columnTitle, at: Point(22, 13), size: .small, paint: .muted)
  }

  private func lit(_ origin: Point, _ size: Point) -> [Shape] {
    let wanted = highlights.map { highlight in
      origin.y + (Double(min(rowCount - 1, max(0, highlight.row))) + 0.5) / Double(rowCount)
        * size.y
    }
    let places = LabelPlacer.spread(
      wanted,
      pitch: 17,
      within: (origin.y + 6)...max(origin.y + 6, origin.y + size.y - 4)
    )
    let right = origin.x + size.x
    return highlights.indices.flatMap { index -> [Shape] in
      let highlight = highlights[index]
      let paint: Paint = highlight.isFollowed ? .accent : .ink
      let height = max(4, size.y / Double(rowCount))
      var leader = PathData()
      leader.move(to: Point(right + 3, wanted[index]))
      leader.line(to: Point(right + 10, wanted[index]))
      leader.line(to: Point(right + 20, places[index]))
      leader.line(to: Point(right + 25, places[index]))
      return [
        .rect(
          x: origin.x - 2,
          y: wanted[index] - height / 2,
          width: size.x + 4,
          height: height,
          radius: 1,
          paint,
          stroke: Stroke(width: highlight.isFollowed ? 2 : 1)
        ),
        .path(leader, paint, stroke: .hairline),
        .text(
          Label(
            Caption(highlight.label),
            at: Point(right + 30, places[index] + 4.5),
            paint: paint,
            isBold: highlight.isFollowed,
            maximumWidth: 180
          )
        ),
      ]
    }
  }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let width = min(64, terminal.width - 4)
    let rows = picked(values.count, most: 16)
    let columns = picked(values.map(\.count).max() ?? 0, most: width)
    var lines = [
      terminal.muted(
        TextWidth.truncate(
          terminal.plain("\(rowTitle.plain) × \(columnTitle.plain)"),
          to: terminal.width,
          ellipsis: terminal.ellipsis
        )
      )
    ]
    for row in rows {
      lines.append(
        "  "
          + columns.map { column -> String in
            guard column < values[row].count, let share = scale.share(of: values[row][column])
            else { return " " }
            let shade = String(terminal.shade(abs(share)))
            return share < 0 ? terminal.negative(shade) : terminal.positive(shade)
          }.joined()
      )
    }
    for highlight in highlights.sorted(by: { ($0.row, $0.label) < ($1.row, $1.label) }) {
      let pointer = highlight.isFollowed ? terminal.pointer : " "
      let text = TextWidth.truncate(
        terminal.plain("\(pointer) \(highlight.row) / \(rowCount)  \(highlight.label)"),
        to: terminal.width,
        ellipsis: terminal.ellipsis
      )
      lines.append(highlight.isFollowed ? terminal.accent(text) : text)
    }
    return lines
  }

  /// Indices evenly spread over `count`.
  private func picked(_ count: Int, most: Int) -> [Int] {
    let shown = max(0, min(count, most))
    return (0..<shown).map { $0 * count / shown }
  }
}
