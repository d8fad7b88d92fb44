/// How one piece of text became tokens: every merge, in the order done.
///
/// ` queen` starts as six bytes; `q` and `u` merge, then `e` and `e`, and so on until it is one
/// token.
public struct MergeHistory: Hashable, Sendable {
  /// One token on the way.
  public struct Piece: Hashable, Sendable {
    /// Its id in the vocabulary.
    public let id: Int
    /// Its text.
    public let text: TokenText
    /// Where it begins: which of the pieces of the start.
    public let position: Int
  }

  /// Two neighbours become one.
  public struct Step: Hashable, Sendable {
    /// The left neighbour.
    public let left: Piece
    /// The right neighbour.
    public let right: Piece
    /// What they become; it begins where the left one does.
    public let result: Piece
    /// The place of this merge in the list of merges, counted from 0: the lower, the earlier it
    /// was learned.
    public let rank: Int
  }

  /// The piece of text.
  public let text: TokenText
  /// What it starts as: a token for each byte.
  public let start: [Piece]
  /// The merges in order.
  public let steps: [Step]

  /// The pieces after the first `count` steps.
  ///
  /// - Parameter count: 0 for the start, `steps.count` for the result.
  /// - Returns: The pieces from left to right.
  /// - Precondition: `count` is from 0 to `steps.count`.
  public func state(after count: Int) -> [Piece] {
    precondition((0...steps.count).contains(count), "\(count) of \(steps.count) steps")
    var pieces = start.map { Optional($0) }
    for step in steps.prefix(count) {
      pieces[step.left.position] = step.result
      pieces[step.right.position] = nil
    }
    return pieces.compactMap { $0 }
  }

  /// Every state, from bytes to tokens; one more than there are steps.
  ///
  /// - Complexity: O(n²) for n bytes; of a very long word ask for single states.
  public var states: [[Piece]] { (0...steps.count).map(state(after:)) }

  /// The pieces it ends as.
  public var result: [Piece] { state(after: steps.count) }
}
