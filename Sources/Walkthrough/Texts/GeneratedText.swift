public import Traces

/// A token of a text that a model read or wrote.
public struct TextToken: Sendable, Equatable {
  /// The token's id.
  public var id: Int
  /// Its text, spaces and control characters as they are.
  public var text: String

  /// Makes a token.
  public init(id: Int, text: String) {
    self.id = id
    self.text = text
  }
}

/// A text that a model wrote, with the distribution behind every token.
public struct GeneratedText: Sendable {
  /// What made the draws come out as they did.
  public struct Settings: Sendable, Equatable {
    /// T: what the logits were divided by; 0 always picks the likeliest.
    public var temperature: Double
    /// How many of the likeliest tokens were kept, if not all.
    public var topK: Int?
    /// The share that the kept tokens reach, if not all were kept.
    public var topP: Double?
    /// What the draws started from.
    public var seed: UInt64

    /// Makes settings.
    public init(temperature: Double, topK: Int?, topP: Double?, seed: UInt64) {
      self.temperature = temperature
      self.topK = topK
      self.topP = topP
      self.seed = seed
    }

    /// Whether tokens were drawn from the distribution as the model predicted it.
    public var changesNothing: Bool { temperature == 1 && topK == nil && topP == nil }
  }

  /// A token that could have come next.
  public struct Candidate: Sendable {
    /// The token.
    public var token: TextToken
    /// How likely it was to be drawn.
    public var probability: Double
    /// How likely the model thought it, at temperature 1 and with nothing cut off.
    public var modelProbability: Double

    /// Makes a candidate.
    public init(token: TextToken, probability: Double, modelProbability: Double) {
      self.token = token
      self.probability = probability
      self.modelProbability = modelProbability
    }
  }

  /// One turn: predict, sample, append.
  public struct Step: Sendable {
    /// What was drawn.
    public var chosen: Candidate
    /// How many tokens the model thought likelier.
    public var likelier: Int
    /// The random number, 0 or more and below 1.
    public var draw: Double
    /// Where the chosen token's share begins on the line from 0 to 1, likeliest token first.
    public var low: Double
    /// Where it ends.
    public var high: Double
    /// The likeliest tokens, likeliest first.
    public var candidates: [Candidate]
    /// How many tokens could have been drawn.
    public var keptCount: Int
    /// How many tokens at the beginning of the text the model did not see any more.
    public var forgotten: Int

    /// Makes a step.
    public init(
      chosen: Candidate,
      likelier: Int,
      draw: Double,
      low: Double,
      high: Double,
      candidates: [Candidate],
      keptCount: Int,
      forgotten: Int
    ) {
      self.chosen = chosen
      self.likelier = likelier
      self.draw = draw
      self.low = low
      self.high = high
      self.candidates = candidates
      self.keptCount = keptCount
      self.forgotten = forgotten
    }

    /// How surprising the token was to the model: −log₂ of its probability, in bits.
    public var surprisal: Double { TextScore.bits(chosen.modelProbability) }
  }

  /// What the model is called.
  public var model: String
  /// The prompt's tokens.
  public var prompt: [TextToken]
  /// Which of them are parts of characters, and how often the model met each while it learned.
  public var notes: TokenNotes
  /// How tokens were picked.
  public var settings: Settings
  /// What was set from outside whenever the model ran; nothing, as a rule.
  public var interventions: [Intervention] = []
  /// The turns, in order.
  public var steps: [Step] = []
  /// The prompt and what was written, without the stop text.
  public var text = ""
  /// The token that ended the text, if one did: the last of the turns.
  public var end: TextToken?

  /// Starts from a prompt.
  public init(
    model: String,
    prompt: [TextToken],
    notes: TokenNotes? = nil,
    settings: Settings
  ) {
    self.model = model
    self.prompt = prompt
    self.notes = notes ?? TokenNotes(of: prompt.map { $0.text })
    self.settings = settings
  }
}
