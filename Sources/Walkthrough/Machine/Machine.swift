public import Traces

/// The whole run as one drawing, to scale: where everything stands, what it is, what it is made of.
///
/// One unit is one weight across. The residual stream runs from left to right through the middle, a lane for each token;
/// attention stands above it, the MLPs below. What stands above another thing shares its columns, what stands beside it
/// shares its rows. All of it follows from a trace: which numbers are there, and how many.
public struct Machine: Sendable {
  /// The panels, in the order in which they are drawn.
  public internal(set) var panels: [Panel] = []
  /// The lines between them.
  public internal(set) var wires: [Wire] = []
  /// Everything.
  public internal(set) var box = Rectangle(0, 0, 0, 0)
  /// The prompt's tokens at the left, and the likeliest next ones at the right.
  public internal(set) var prompt = Rectangle(0, 0, 0, 0), answers = Rectangle(0, 0, 0, 0)
  /// The position that is followed, the layer and the head that are opened up.
  public let followed: Int, layer: Int, head: Int
  let trace: Trace
  let sizes: MachineSizes
  /// Which panel stands where in ``panels``, by id.
  var places: [String: Int] = [:]

  /// Lays a run out.
  ///
  /// - Parameters:
  ///   - trace: What was recorded.
  ///   - layer: The layer that is opened up; by default as for a walkthrough.
  ///   - head: The head likewise.
  ///   - followed: The position that is followed; by default the last.
  /// - Precondition: the trace has a token; `layer`, `head` and `followed` are below its counts.
  public init(of trace: Trace, layer: Int? = nil, head: Int? = nil, followed: Int? = nil) {
    let choice = HeadChoice(trace: trace, layer: layer, head: head)
    self.trace = trace
    self.layer = choice.layer
    self.head = choice.head
    self.followed = followed ?? trace.tokens.count - 1
    sizes = MachineSizes(of: trace, layer: choice.layer)
    placeEmbedding()
    for layer in 0..<sizes.layers {
      if sizes.isOpen(layer) { placeBlock(layer) } else { placeFolded(layer) }
    }
    placeEnd()
    for index in panels.indices {
      panels[index].sources.removeAll { places[$0.panel] == nil }
    }
    connect()
  }

  /// A panel, by its id.
  public func panel(_ id: String) -> Panel? { places[id].map { panels[$0] } }

  /// The id of a panel of a layer: `s.1`.
  @inline(never)
  func id(_ name: String, _ layer: Int) -> String { "\(name).\(layer)" }

  /// The id of a panel of a head: `q.1.2`.
  @inline(never)
  func id(_ name: String, _ layer: Int, _ head: Int) -> String { "\(name).\(layer).\(head)" }
}

extension Machine {
  /// A rectangle, in units.
  public struct Rectangle: Sendable, Equatable {
    /// The left edge, the upper edge, and the size.
    public var x: Double, y: Double, width: Double, height: Double

    /// Makes a rectangle.
    public init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
      (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }

    /// The rectangle with room around it.
    func padded(_ x: Double, _ y: Double) -> Rectangle {
      Rectangle(self.x - x, self.y - y, width + 2 * x, height + 2 * y)
    }

    /// The smallest rectangle around both.
    func union(_ other: Rectangle) -> Rectangle {
      let (left, top) = (min(x, other.x), min(y, other.y))
      return Rectangle(
        left,
        top,
        max(x + width, other.x + other.width) - left,
        max(y + height, other.y + other.height) - top
      )
    }
  }

  /// What a panel's numbers are, which says how they are coloured.
  public enum Kind: String, Sendable {
    /// What was learned.
    case weight
    /// What flows through on this run.
    case data
    /// Shares of one whole.
    case probability
  }

  /// What an axis of a panel counts.
  public enum Axis: String, Sendable {
    /// Positions of the prompt; entries of the vocabulary; places of a text.
    case token = "t", vocabulary = "v", place = "p"
    /// Numbers of a vector; neurons; the one row or column there is.
    case number = "d", neuron = "n", one = "1"
  }

  /// A matrix of the run or of the model, drawn to scale.
  public struct Panel: Sendable {
    /// `q.1.2`: what it is, then the layer and the head, if it is of one.
    public let id: String
    /// What its numbers are.
    public let kind: Kind
    /// The tensor it shows, or part of it, by TransformerLens's name.
    public let name: String
    /// The shape of that tensor.
    public let shape: [Int]
    /// Where it stands.
    public let frame: Rectangle
    /// How many cells it has, and what they count.
    public let rows: Int, columns: Int, rowAxis: Axis, columnAxis: Axis
    /// Where the cell of row 0 and column 0 stands in the tensor, and how far from row to row, from column to column.
    public let start: Int, rowStride: Int, columnStride: Int
    /// How many of the first rows and columns were not recorded.
    public let missing: (rows: Int, columns: Int)
    /// Whether the trace has the tensor; whether a weight is there, the trace does not say.
    public let isRecorded: Bool
    /// Whether rows stand apart, each in its token's lane.
    public let isLanes: Bool
    /// The panel that it takes the place of, if it stands where another does.
    public let over: String?
    /// The tensor, of the same shape, that stands for this one where queries meet keys: turned by the positions.
    public internal(set) var turned: String?
    /// What a cell is made of: panels, and which of their cells.
    ///
    /// Two letters choose a row and a column: `r` and `c` are the cell's own, `*` is all, `0` the first, `f` the
    /// followed token's, `t` the id of the token of the cell's row.
    public internal(set) var sources: [(panel: String, cells: String)]
  }

  /// A line between panels.
  public struct Wire: Sendable {
    /// How it is drawn.
    public enum Style: String, Sendable {
      /// A lane for each token, from one x to another, along the stream.
      case lanes
      /// A line in right angles along which the followed token's numbers go; a short one without an arrowhead.
      case bus, tick
      /// A curve from one point to another.
      case curve
      /// What opens from one point to a whole edge: x and y of the point, x of the edge, its ends.
      case cone
      /// Where something is added.
      case plus
      /// The way of the followed token through all of it.
      case way
    }

    /// How it is drawn.
    public let style: Style
    /// Whether it is the followed token's.
    public let isFollowed: Bool
    /// x and y of its points.
    public let points: [Double]
  }
}
