/// Why a model says one token and not another, measured in three ways, as plain data.
public struct Reasons: Sendable {
  /// What one part of the stream adds to the answer directly.
  public struct Term: Sendable, Equatable {
    /// The part.
    public var site: Site
    /// What it adds to the difference, in logits.
    public var contribution: Double

    /// Makes a term.
    public init(_ site: Site, _ contribution: Double) {
      (self.site, self.contribution) = (site, contribution)
    }
  }

  /// What becomes of the answer without one part.
  public struct Effect: Sendable, Equatable {
    /// The part that is switched off.
    public var site: Site
    /// The token's probability without it.
    public var probability: Double
    /// The difference without it, in logits.
    public var difference: Double
    /// By how much that differs from the difference of the run as it is.
    public var change: Double

    /// Makes an effect.
    public init(_ site: Site, probability: Double, difference: Double, change: Double) {
      (self.site, self.probability) = (site, probability)
      (self.difference, self.change) = (difference, change)
    }
  }

  /// What the model is called, if that is known.
  public var model: String?
  /// The text the model was given.
  public var prompt: String
  /// Its tokens.
  public var tokens: [TraceToken]
  /// The position that predicts, counted from 0.
  public var position: Int
  /// The token that is asked about.
  public var token: TraceToken
  /// The token that it is compared with, if there is one.
  public var against: TraceToken?
  /// The logit of the token.
  public var logit: Double
  /// The logit of the other.
  public var againstLogit: Double?
  /// The token's probability.
  public var probability: Double
  /// What the parts of the stream add directly, in falling order of size.
  ///
  /// Together they are the difference.
  public var terms: [Term] = []
  /// What becomes of the answer without each head and each MLP, in falling order of the change's size.
  public var effects: [Effect] = []
  /// What each token of the prompt weighs: the gradient of the difference with respect to the vector that enters block
  /// 0 there, times that vector, summed.
  public var inputs: [Double] = []
  /// What each neuron adds directly, in falling order of size, if that was asked for.
  public var neurons: [Term]?
  /// Whether MLPs add a bias beside what their neurons add.
  public var mlpsHaveBiases = true
  /// What was set from outside in all of these runs.
  public var interventions: [Intervention] = []

  /// The token's logit minus the other's; without another, the logit.
  public var difference: Double { logit - (againstLogit ?? 0) }

  /// Makes reasons of what is asked and what the model answered.
  public init(
    model: String?,
    prompt: String,
    tokens: [TraceToken],
    position: Int,
    token: TraceToken,
    against: TraceToken?,
    logit: Double,
    againstLogit: Double?,
    probability: Double
  ) {
    (self.model, self.prompt, self.tokens, self.position) = (model, prompt, tokens, position)
    (self.token, self.against) = (token, against)
    (self.logit, self.againstLogit, self.probability) = (logit, againstLogit, probability)
  }
}
