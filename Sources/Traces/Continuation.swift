/// What came of predicting, sampling and appending, several times over.
public struct Continuation: Sendable, Equatable {
  /// One turn of the crank.
  public struct Step: Sendable, Equatable {
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
  }

  /// A token and how likely it was.
  public struct Candidate: Sendable, Equatable {
    /// The token's id.
    public var tokenID: Int
    /// Its probability at the continuation's temperature.
    public var probability: Double

    /// Makes a candidate.
    public init(tokenID: Int, probability: Double) {
      self.tokenID = tokenID
      self.probability = probability
    }
  }

  /// The seed of the random numbers.
  public var seed: UInt64
  /// The softmax temperature.
  public var temperature: Double
  /// The steps in order.
  public var steps: [Step]
  /// The token that ended the text, if one did: the last of the steps.
  public var endedBy: Int?

  /// Makes the record of a continuation.
  public init(seed: UInt64, temperature: Double, steps: [Step]) {
    self.seed = seed
    self.temperature = temperature
    self.steps = steps
  }
}
