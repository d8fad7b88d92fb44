/// How one token of the prompt was put together from bytes, frequent pairs first.
public struct MergeSteps: Sendable, Equatable {
  /// The token's position in the prompt.
  public var position: Int
  /// The pieces before the first merge, after the first, and so on; the last state is the token alone.
  public var states: [[String]]
  /// The rank of each merge in the tokenizer's list: the lower, the more frequent the pair was.
  public var ranks: [Int]

  /// Makes the record of a token's merges.
  public init(position: Int, states: [[String]], ranks: [Int]) {
    self.position = position
    self.states = states
    self.ranks = ranks
  }

  /// Whether this can be about a token of the prompt, no state longer than a token can be.
  func fits(_ tokens: [TraceToken]) -> Bool {
    tokens.indices ~= position && !states.isEmpty
      && states.allSatisfy { state in
        state.reduce(0) { $0 + $1.utf8.count } <= TraceMetadata.longestToken
      }
  }
}
