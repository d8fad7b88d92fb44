import Platform
public import Traces

/// How well a model foresaw a text, token by token.
public struct TextScore: Sendable {
  /// What the model thought of one token before it saw it.
  public struct Prediction: Sendable, Equatable {
    /// The token's probability.
    public var probability: Double
    /// The token's place among all, 1 the likeliest; equally likely ones by id.
    public var rank: Int

    /// Makes a prediction.
    public init(probability: Double, rank: Int) {
      self.probability = probability
      self.rank = rank
    }

    /// How surprising the token was: −log₂ of its probability, in bits.
    public var surprisal: Double { TextScore.bits(probability) }
  }

  /// A token, and what was thought of it; the first of a text is not predicted.
  public struct Token: Sendable {
    /// The token.
    public var token: TextToken
    /// The model's prediction, if there was anything to predict from.
    public var prediction: Prediction?

    /// Makes a token.
    public init(token: TextToken, prediction: Prediction?) {
      self.token = token
      self.prediction = prediction
    }
  }

  /// What the model is called.
  public var model: String
  /// The text's tokens.
  public var tokens: [Token]
  /// Which of them are parts of characters, and how often the model met each while it learned.
  public var notes: TokenNotes
  /// What was set from outside while the model ran; nothing, as a rule.
  public var interventions: [Intervention] = []

  /// How many tokens the vocabulary has, if that is known.
  public var vocabularySize: Int?
  /// How many tokens the model sees at once, if that is known: a longer text is read in windows that overlap by half.
  public var contextLength: Int?

  /// Whether the text was read in several windows.
  public var isInWindows: Bool { contextLength.map { $0 < tokens.count } ?? false }

  /// Makes a score.
  public init(model: String, tokens: [Token], notes: TokenNotes? = nil) {
    self.model = model
    self.tokens = tokens
    self.notes = notes ?? TokenNotes(of: tokens.map { $0.token.text })
  }

  /// 2 to the power of the mean surprisal: as if at each token the model had to choose among so
  /// many equally likely ones; nil if no token was predicted.
  public var perplexity: Double? { meanSurprisal.map { exp2($0) } }

  /// The mean surprisal of the predicted tokens, in bits; nil if no token was predicted.
  public var meanSurprisal: Double? {
    let surprisals = tokens.compactMap { $0.prediction?.surprisal }
    return surprisals.isEmpty ? nil : surprisals.reduce(0, +) / Double(surprisals.count)
  }

  /// −log₂ of a probability, in bits.
  static func bits(_ probability: Double) -> Double { probability == 1 ? 0 : -log2(probability) }
}
