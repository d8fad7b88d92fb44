/// What a page's script needs to draw a part of a figure anew for other data: an attribute each of a `g` element.
///
/// A file of its own and a terminal show the part as it was drawn.
public struct Redrawing: Sendable, Equatable {
  /// What kind of part it is: its `data-mark`.
  public enum Mark: String, Sendable {
    /// Bars up and down from a line, one for each number of a vector.
    case bars
    /// The cells of a matrix, with their numbers if there is room.
    case matrix
    /// The labels of a matrix's rows.
    case rows
    /// The outline of the row that is followed.
    case outline
    /// Small matrices in rows and columns.
    case grid
    /// The key to a figure's colours.
    case key
  }

  /// What kind of part it is.
  public var mark: Mark
  /// Which data it shows, as an element of the trace without its last axis: `blocks.0.attn.hook_q[4,1]`; empty if the
  /// script knows.
  public var source: String
  /// Positions and sizes in pixels, counts, and the scale's maximum, each under a name.
  public var measures: [Measure]

  /// A number under a name.
  public struct Measure: Sendable, Equatable {
    /// The attribute's name after `data-`.
    public var name: String
    /// The number.
    public var value: Double
  }

  /// Describes a part.
  ///
  /// - Parameters:
  ///   - mark: What kind of part it is.
  ///   - source: Which data it shows.
  ///   - measures: What it takes to draw it, by name.
  init(_ mark: Mark, source: String = "", _ measures: KeyValuePairs<String, Double> = [:]) {
    self.mark = mark
    self.source = source
    self.measures = measures.map { Measure(name: $0.key, value: $0.value) }
  }
}
