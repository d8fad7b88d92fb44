/// A large matrix of weights as a small picture: some of its rows and columns.
///
/// Rows that matter are among those drawn, lit, and named beside it.
public struct WeightMatrix: MarkContent {
  /// A row that is lit.
  public struct Highlight: Sendable, Equatable {
    /// The row's index in the whole matrix; a row that is not drawn is not lit.
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
  /// Which row of the whole matrix each picked one is.
  public var rows: [Int]
  /// The size of the whole matrix.
  public var rowCount: Int, columnCount: Int
  /// What the rows and the columns are, and how many of them are drawn: “32 of 1024 tokens”, “32 of 128 dimensions”.
  public var rowTitle: Caption, columnTitle: Caption
  /// The colours.
  public var scale: ColorScale
  /// The rows that are lit.
  public var highlights: [Highlight]

  /// Makes a picture of a matrix.
  ///
  /// - Parameters:
  ///   - values: The picked values, row by row.
  ///   - rows: Which row of the whole matrix each is, in rising order; by default they are evenly picked.
  ///   - rowCount: The rows of the whole matrix.
  ///   - columnCount: The columns of the whole matrix.
  ///   - rowTitle: What the rows are.
  ///   - columnTitle: What the columns are.
  ///   - scale: The colours.
  ///   - highlights: The rows that are lit.
  public init(
    values: [[Double]],
    rows: [Int]? = nil,
    rowCount: Int,
    columnCount: Int,
    rowTitle: Caption,
    columnTitle: Caption,
    scale: ColorScale,
    highlights: [Highlight] = []
  ) {
    self.values = values
    let evenly = values.indices.map { $0 * max(1, rowCount) / max(1, values.count) }
    self.rows = rows.flatMap { $0.count == values.count ? $0 : nil } ?? evenly
    self.rowCount = max(1, rowCount)
    self.columnCount = max(1, columnCount)
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.scale = scale
    self.highlights = highlights
  }

  /// The mark as shapes.
  public func draw() -> Drawing {
    let (rows, columns) = (max(1, values.count), max(1, values.map { $0.count }.max() ?? 0))
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

    let names = lit.map {
      TextMetrics.width(of: VisibleText.plain(name(of: $0.highlight)), size: .regular, bold: true)
    }
    let nameWidth = min(180, names.max() ?? 0)
    var drawing = Drawing(
      width: min(Layout.width, origin.x + size.x + (lit.isEmpty ? 2 : 34 + nameWidth)),
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
    drawing.shapes += frames(origin, size, cellHeight)
    return drawing
  }

  /// The rows to be lit that are drawn, with their places among those drawn.
  private var lit: [(place: Int, highlight: Highlight)] {
    highlights.compactMap { highlight in
      rows.firstIndex(of: highlight.row).map { ($0, highlight) }
    }
  }

  /// A row's index and name.
  private func name(of highlight: Highlight) -> String { "\(highlight.row)  \(highlight.label)" }

  private var columnLabel: Label {
    Label(columnTitle, at: Point(22, 13), size: .small, paint: .muted)
  }

  private func frames(_ origin: Point, _ size: Point, _ cellHeight: Double) -> [Shape] {
    let lit = lit
    let wanted = lit.map { origin.y + (Double($0.place) + 0.5) * cellHeight }
    let places = LabelPlacer.spread(
      wanted,
      pitch: 17,
      within: (origin.y + 6)...max(origin.y + 6, origin.y + size.y - 4)
    )
    let right = origin.x + size.x
    return lit.indices.flatMap { index -> [Shape] in
      let highlight = lit[index].highlight
      let paint: Paint = highlight.isFollowed ? .accent : .ink
      var leader = PathData()
      leader.move(to: Point(right + 3, wanted[index]))
      leader.line(to: Point(right + 10, wanted[index]))
      leader.line(to: Point(right + 20, places[index]))
      leader.line(to: Point(right + 25, places[index]))
      return [
        .rect(
          x: origin.x - 2,
          y: wanted[index] - cellHeight / 2,
          width: size.x + 4,
          height: cellHeight,
          radius: 1,
          paint,
          stroke: Stroke(width: highlight.isFollowed ? 2 : 1)
        ),
        .path(leader, paint, stroke: .hairline),
        .text(
          Label(
            Caption(name(of: highlight)),
            at: Point(right + 30, places[index] + 4.5),
            paint: paint,
            isBold: highlight.isFollowed,
            maximumWidth: 180
          )
        ),
      ]
    }
  }

  /// The mark as terminal text: each row with its index, those that are lit with their names.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let lit = lit
    let drawn = Set(picked(values.count, most: 40)).union(lit.map { $0.place }).sorted()
    let indexWidth = drawn.map { "\(rows[$0])".count }.max() ?? 0
    // What is left of a narrow terminal after the numbers belongs to the names.
    let widest = lit.map { TextWidth.columns(of: terminal.plain($0.highlight.label)) }.max() ?? 0
    let nameWidth = max(0, min(14, widest, terminal.width - indexWidth - 13))
    let room = max(1, min(64, terminal.width - indexWidth - nameWidth - 5))
    let columns = picked(values.map { $0.count }.max() ?? 0, most: room)
    let (width, height) = (values.map { $0.count }.max() ?? 0, values.count)
    let part =
      columns.count == width && drawn.count == height
      ? "" : " (\(drawn.count) / \(height) × \(columns.count) / \(width))"
    let title = terminal.plain("\(rowTitle.plain) × \(columnTitle.plain)\(part)")
    let head = TextWidth.truncate(title, to: terminal.width, ellipsis: terminal.ellipsis)
    return [terminal.muted(head)]
      + drawn.map { place in
        let highlight =
          lit.last { $0.place == place && $0.highlight.isFollowed }?.highlight
          ?? lit.first { $0.place == place }?.highlight
        let isFollowed = highlight?.isFollowed == true
        let pointer = isFollowed ? terminal.pointer : " "
        let index = TextWidth.pad("\(rows[place])", to: indexWidth, alignment: .trailing)
        let cells = columns.map { mark(values[place], $0, terminal) }.joined()
        let name = (nameWidth > 0 ? highlight : nil).map {
          "  " + TextWidth.fit(terminal.plain($0.label), to: nameWidth, ellipsis: terminal.ellipsis)
        }
        let start = "\(pointer) \(index) "
        return (isFollowed ? terminal.accent(start) : terminal.muted(start)) + cells
          + (isFollowed ? terminal.accent(name ?? "") : name ?? "")
      }
  }

  /// One character for a number.
  private func mark(_ row: [Double], _ column: Int, _ terminal: TerminalStyle) -> String {
    guard column < row.count, let share = scale.share(of: row[column]) else { return " " }
    let shade = String(terminal.shade(abs(share)))
    return share < 0 ? terminal.negative(shade) : terminal.positive(shade)
  }

  /// Indices evenly spread over `count`.
  private func picked(_ count: Int, most: Int) -> [Int] {
    let shown = max(0, min(count, most))
    return (0..<shown).map { $0 * count / shown }
  }
}

extension WeightMatrix {
  /// The data as one of the marks there are.
  public var mark: Mark { .weightMatrix(self) }
}
