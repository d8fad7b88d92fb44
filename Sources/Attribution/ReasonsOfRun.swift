import Tensors
import Tokenization
public import Traces
public import Transformer

extension Attribution {
  /// Everything that is measured of a contrast, as plain data.
  ///
  /// - Parameters:
  ///   - contrast: The token, and the one that it is compared with.
  ///   - model: The model that ran.
  ///   - prompt: The text it was given.
  ///   - progress: Is told now and then which share of the work is done, 0 to 1.
  /// - Returns: What was measured, and what it was measured of; there are no terms where logits are no sums (``hasTerms``).
  public func reasons(
    of contrast: Contrast,
    _ model: Model,
    prompt: String,
    progress: (_ share: Double) -> Void = { _ in }
  ) -> Reasons {
    func token(_ id: Int) -> TraceToken {
      TraceToken(id: id, text: model.tokenizer.text(of: id).string)
    }
    var reasons = Reasons(
      model: model.name,
      prompt: prompt,
      tokens: tokens.map { token($0) },
      position: position,
      token: token(contrast.token),
      against: contrast.against.map { token($0) },
      logit: Double(logits[contrast.token]),
      againstLogit: contrast.against.map { Double(logits[$0]) },
      probability: probability(of: contrast.token, in: logits)
    )
    reasons.interventions = interventions
    let architecture = transformer.configuration.architecture
    reasons.mlpsHaveBiases = architecture.biases.contains("b_out")
    if hasTerms { reasons.terms = terms(of: contrast) }
    reasons.effects = effects(of: contrast, progress: progress)
    reasons.inputs = inputs(to: contrast)
    return reasons
  }
}

extension Contrast {
  /// The likeliest token against the runner-up.
  public init(likeliestOf attribution: Attribution) {
    let ids = attribution.logits.withValues { $0.indicesOfLargest(min(2, $0.count)) }
    self.init(ids[0], against: ids.count > 1 ? ids[1] : nil)
  }
}

extension Trace {
  /// The multiply-adds that a page spends on asking why: what a small model needs for a short prompt.
  public static let attributionBudget: Int64 = 4_000_000_000

  /// Measures why the model says what it says after the last token, and what it would say with nothing set from outside.
  ///
  /// - Parameters:
  ///   - model: The model that the trace is of.
  ///   - tokens: The prompt's token ids.
  ///   - budget: The multiply-adds that may be spent; a run that needs more is left without reasons.
  public mutating func addReasons(of model: Model, _ tokens: [Int], within budget: Int64) {
    let (transformer, configuration) = (model.transformer, model.transformer.configuration)
    let runs = Int64(configuration.layerCount * (configuration.headCount + 1))
    guard let parameters = configuration.parameterCount?.parameters,
      runs * Int64(tokens.count) * parameters / 2 <= budget,
      !interventions.contains(where: { $0.sets(.probabilities) || $0.sets(.logits) })
    else { return }
    if !interventions.isEmpty { unchangedLogits = transformer.nextLogits(after: tokens) }
    let attribution = Attribution(of: tokens, at: tokens.count - 1, by: transformer, interventions)
    let contrast = Contrast(likeliestOf: attribution)
    reasons = attribution.reasons(of: contrast, model, prompt: prompt)
  }
}
