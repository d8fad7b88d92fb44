/// One of the marks that a scene is made of: a closed set, a case for each.
///
/// A new mark is a file in `Marks/`, a case here, and its lines in ``draw()`` and ``lines(_:)``.
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
  /// See ``Slabs``.
  case slabs(Slabs)
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
  // Two lists instead of one of both functions: a program that draws no terminal text then carries none of it.

  /// The mark as shapes, at most 680 pixels wide.
  public func draw() -> Drawing {
    switch self {
    case .bars(let mark): mark.draw()
    case .blockMap(let mark): mark.draw()
    case .countBars(let mark): mark.draw()
    case .cumulativeLine(let mark): mark.draw()
    case .curve(let mark): mark.draw()
    case .groupedBars(let mark): mark.draw()
    case .heatmap(let mark): mark.draw()
    case .heatmapGrid(let mark): mark.draw()
    case .histogram(let mark): mark.draw()
    case .numberLine(let mark): mark.draw()
    case .scatter(let mark): mark.draw()
    case .slabs(let mark): mark.draw()
    case .spaceScatter(let mark): mark.draw()
    case .tokenStrip(let mark): mark.draw()
    case .vectorStrip(let mark): mark.draw()
    case .waterfall(let mark): mark.draw()
    case .weightMatrix(let mark): mark.draw()
    }
  }

  /// The mark as terminal text: lines of at most `terminal.width` columns.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    switch self {
    case .bars(let mark): mark.lines(terminal)
    case .blockMap(let mark): mark.lines(terminal)
    case .countBars(let mark): mark.lines(terminal)
    case .cumulativeLine(let mark): mark.lines(terminal)
    case .curve(let mark): mark.lines(terminal)
    case .groupedBars(let mark): mark.lines(terminal)
    case .heatmap(let mark): mark.lines(terminal)
    case .heatmapGrid(let mark): mark.lines(terminal)
    case .histogram(let mark): mark.lines(terminal)
    case .numberLine(let mark): mark.lines(terminal)
    case .scatter(let mark): mark.lines(terminal)
    case .slabs(let mark): mark.lines(terminal)
    case .spaceScatter(let mark): mark.lines(terminal)
    case .tokenStrip(let mark): mark.lines(terminal)
    case .vectorStrip(let mark): mark.lines(terminal)
    case .waterfall(let mark): mark.lines(terminal)
    case .weightMatrix(let mark): mark.lines(terminal)
    }
  }
}
