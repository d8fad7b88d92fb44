/// A matrix as coloured cells, with numbers in them while they fit.
public struct Heatmap: MarkContent {
  /// One cell.
  public enum Cell: Sendable, Equatable {
    /// A value whose number is written where there is room.
    case number(Quantity)
    /// A number that is written where there is room, in a cell coloured by another.
    case shaded(Quantity, by: Double)
    /// A value shown by its colour alone.
    case value(Double)
    /// Hidden by a mask: drawn dashed.
    case masked
    /// Nothing.
    case blank

    /// The number to be written, if there is one.
    var number: Quantity? {
      switch self {
      case .number(let quantity), .shaded(let quantity, _): quantity
      case .value, .masked, .blank: nil
      }
    }

    /// The value that the cell is coloured by, if it has one.
    var value: Double? {
      switch self {
      case .number(let quantity): quantity.value
      case .shaded(_, let value), .value(let value): value
      case .masked, .blank: nil
      }
    }
  }

  /// A cell's place.
  public struct Position: Sendable, Equatable {
    /// Row and column, from 0.
    public var row: Int, column: Int

    /// The cell in `row` and `column`.
    public init(row: Int, column: Int) {
      self.row = row
      self.column = column
    }
  }

  /// More rows or columns than this are not drawn; the figure says how many there are.
  public static let sideLimit = 128

  /// The labels of the rows and of the columns.
  ///
  /// Give tokens as ``VisibleText/show(_:)`` returns them.
  public var rows: [String], columns: [String]
  /// The cells, row by row; what is missing is blank.
  public var cells: [[Cell]]
  /// The colours.
  public var scale: ColorScale
  /// The colours of each row, if each has a scale of its own; then ``scale`` says the kind.
  public var rowScales: [ColorScale] = []
  /// The number of the first row and column, if labels stand beside their numbers.
  public var firstNumber: Int?
  /// Whether a terminal too narrow for all columns shows the last ones, with as many rows; else the first.
  public var prefersEnd = false
  /// What the rows and the columns are.
  public var rowTitle: String, columnTitle: String
  /// The row the reader follows.
  public var followedRow: Int?
  /// The cell the reader follows.
  public var followedCell: Position?
  /// Which matrix of the trace it shows, so that a page may draw it anew for another.
  public var source = ""
  /// Whether the numbers in its cells are left to the script of a page.
  var leavesNumbersOut = false

  /// Makes a heatmap.
  ///
  /// - Parameters:
  ///   - rows: The labels of the rows.
  ///   - columns: The labels of the columns.
  ///   - cells: The cells, row by row.
  ///   - scale: The colours.
  ///   - rowTitle: What the rows are, for attention “from”.
  ///   - columnTitle: What the columns are, for attention “to”.
  ///   - followedRow: The row the reader follows.
  ///   - followedCell: The cell the reader follows.
  public init(
    rows: [String],
    columns: [String],
    cells: [[Cell]],
    scale: ColorScale,
    rowTitle: String = "",
    columnTitle: String = "",
    followedRow: Int? = nil,
    followedCell: Position? = nil
  ) {
    self.rows = rows
    self.columns = columns
    self.cells = cells
    self.scale = scale
    self.rowTitle = rowTitle
    self.columnTitle = columnTitle
    self.followedRow = followedRow
    self.followedCell = followedCell
  }

  func scale(_ row: Int) -> ColorScale { row < rowScales.count ? rowScales[row] : scale }

  /// A row's or column's label, with its number if labels have numbers.
  func label(_ label: String, _ index: Int) -> String {
    firstNumber.map { "\($0 + index) \(label)" } ?? label
  }

  func cell(_ row: Int, _ column: Int) -> Cell {
    row < cells.count && column < cells[row].count ? cells[row][column] : .blank
  }

  /// The widest number of the cells, or nil if they have none.
  func widestNumber(_ width: (String) -> Double) -> Double? {
    var widest: Double?
    for cell in cells.joined() {
      if let number = cell.number { widest = max(widest ?? 0, width(number.text)) }
    }
    return widest
  }

  /// The mark as shapes.
  public func draw() -> Drawing { HeatmapDrawing(self).drawing }

  /// The mark as terminal text.
  public func lines(_ terminal: TerminalStyle) -> [String] { HeatmapText(self, terminal).lines }
}

extension Heatmap {
  /// The data as one of the marks there are.
  public var mark: Mark { .heatmap(self) }
}
