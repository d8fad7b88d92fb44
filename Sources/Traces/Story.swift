/// How one token of the prompt was put together from bytes, frequent pairs first.
public struct MergeSteps: Sendable, Equatable, Codable {
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

/// What came of predicting, sampling and appending, several times over.
public struct Continuation: Sendable, Equatable, Codable {
  /// One turn of the crank.
  public struct Step: Sendable, Equatable, Codable {
    /// The token that was chosen.
    public var tokenID: Int
    /// The random number in [0, 1) that chose it.
    public var draw: Double
    /// Where the chosen token's share begins and ends on the line from 0 to 1, likeliest token first.
    public var low, high: Double
    /// The likeliest tokens, likeliest first.
    public var candidates: [Candidate]

    /// Makes the record of a step.
    public init(tokenID: Int, draw: Double, low: Double, high: Double, candidates: [Candidate]) {
      self.tokenID = tokenID
      self.draw = draw
      self.low = low
      self.high = high
      self.candidates = candidates
    }

    enum CodingKeys: String, CodingKey {
      case tokenID = "token_id"
      case draw, low, high, candidates
    }
  }

  /// A token and how likely it was.
  public struct Candidate: Sendable, Equatable, Codable {
    /// The token's id.
    public var tokenID: Int
    /// Its probability at the continuation's temperature.
    public var probability: Double

    /// Makes a candidate.
    public init(tokenID: Int, probability: Double) {
      self.tokenID = tokenID
      self.probability = probability
    }

    enum CodingKeys: String, CodingKey {
      case tokenID = "token_id"
      case probability
    }
  }

  /// The seed of the random numbers.
  public var seed: UInt64
  /// The softmax temperature.
  public var temperature: Double
  /// The steps in order.
  public var steps: [Step]

  /// Makes the record of a continuation.
  public init(seed: UInt64, temperature: Double, steps: [Step]) {
    self.seed = seed
    self.temperature = temperature
    self.steps = steps
  }
}
