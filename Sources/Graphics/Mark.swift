/// One of the marks that a scene is made of: a closed set, a case for each.
///
/// A new mark is a file in `Marks/`, a case here, and its line in ``content``.
public enum Mark: Sendable {
  /// See ``Bars``.
  case bars(Bars)
  /// See ``BlockMap``.
  case blockMap(BlockMap)
  /// See ``CountBars``.
  case countBars(CountBars)
  /// See ``CumulativeLine``.
  case cumulativeLine(CumulativeLine)
  /// See ``Curve``.
  case curve(Curve)
  /// See ``GroupedBars``.
  case groupedBars(GroupedBars)
  /// See ``Heatmap``.
  case heatmap(Heatmap)
  /// See ``HeatmapGrid``.
  case heatmapGrid(HeatmapGrid)
  /// See ``Histogram``.
  case histogram(Histogram)
  /// See ``NumberLine``.
  case numberLine(NumberLine)
  /// See ``Scatter``.
  case scatter(Scatter)
  /// See ``SpaceScatter``.
  case spaceScatter(SpaceScatter)
  /// See ``TokenStrip``.
  case tokenStrip(TokenStrip)
  /// See ``VectorStrip``.
  case vectorStrip(VectorStrip)
  /// See ``Waterfall``.
  case waterfall(Waterfall)
  /// See ``WeightMatrix``.
  case weightMatrix(WeightMatrix)
}

/// What every mark can do.
public protocol MarkContent: Sendable {
  /// The data as one of the marks there are.
  var mark: Mark { get }

  /// The mark as shapes, at most 680 pixels wide.
  func draw() -> Drawing

  /// The mark as terminal text: lines of at most `terminal.width` columns.
  func lines(_ terminal: TerminalStyle) -> [String]
}

extension Mark {
  /// The mark as shapes, at most 680 pixels wide.
  public func draw() -> Drawing { content.draw() }

  /// The mark as terminal text: lines of at most `terminal.width` columns.
  public func lines(_ terminal: TerminalStyle) -> [String] { content.lines(terminal) }

  /// What the mark can do, whichever it is.
  private var content: (draw: () -> Drawing, lines: (TerminalStyle) -> [String]) {
    switch self {
    case .bars(let mark): (mark.draw, mark.lines)
    case .blockMap(let mark): (mark.draw, mark.lines)
    case .countBars(let mark): (mark.draw, mark.lines)
    case .cumulativeLine(let mark): (mark.draw, mark.lines)
    case .curve(let mark): (mark.draw, mark.lines)
    case .groupedBars(let mark): (mark.draw, mark.lines)
    case .heatmap(let mark): (mark.draw, mark.lines)
    case .heatmapGrid(let mark): (mark.draw, mark.lines)
    case .histogram(let mark): (mark.draw, mark.lines)
    case .numberLine(let mark): (mark.draw, mark.lines)
    case .scatter(let mark): (mark.draw, mark.lines)
    case .spaceScatter(let mark): (mark.draw, mark.lines)
    case .tokenStrip(let mark): (mark.draw, mark.lines)
    case .vectorStrip(let mark): (mark.draw, mark.lines)
    case .waterfall(let mark): (mark.draw, mark.lines)
    case .weightMatrix(let mark): (mark.draw, mark.lines)
    }
  }
}
