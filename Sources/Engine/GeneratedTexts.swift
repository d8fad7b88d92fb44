package import Sampling
import Tokenization
package import Transformer
package import Walkthrough

// What a model wrote, as it is told.

extension Model {
  /// A token with its text.
  package func textToken(_ id: Int) -> TextToken {
    TextToken(id: id, text: tokenizer.text(of: id).string)
  }

  /// What there is to say of a text's tokens beside their ids.
  package func notes(of tokens: [Int], in text: String) -> TokenNotes {
    TokenNotes(
      of: tokens.map { tokenizer.text(of: $0).string },
      in: text,
      counts: tokenCounts.map { known in tokens.map { known.counts[$0] } },
      total: tokenCounts?.total
    )
  }
}

extension GeneratedText {
  /// Starts from a prompt that a model goes on with.
  ///
  /// - Parameters:
  ///   - prompt: Token ids.
  ///   - model: The model.
  ///   - sampling: How tokens are picked.
  package init(of prompt: [Int], by model: Model, _ sampling: SamplingOptions) {
    self.init(
      model: model.name,
      prompt: prompt.map { model.textToken($0) },
      notes: model.notes(of: prompt, in: model.tokenizer.decode(prompt)),
      settings: Settings(
        temperature: sampling.temperature,
        topK: sampling.topK,
        topP: sampling.topP,
        seed: sampling.seed
      )
    )
  }

  /// Takes a turn: what was drawn, and the likeliest that could have been.
  ///
  /// - Parameters:
  ///   - step: What happened.
  ///   - model: The model that it happened to.
  ///   - count: How many candidates are told at most.
  package mutating func append(_ step: Generation.Step, by model: Model, candidates count: Int) {
    var asPredicted = SamplingOptions()
    asPredicted.temperature = 1
    let predicted =
      settings.changesNothing
      ? step.distribution : Distribution(logits: step.logits, asPredicted)
    // Both stand in the same order, so a rank means the same token in both.
    func candidate(_ rank: Int) -> Candidate {
      Candidate(
        token: model.textToken(step.distribution.tokens[rank]),
        probability: step.distribution.probabilities[rank],
        modelProbability: predicted.probabilities[rank]
      )
    }
    steps.append(
      Step(
        chosen: candidate(step.rank),
        likelier: step.rank,
        draw: step.draw,
        low: step.low,
        high: step.high,
        candidates: (0..<min(count, step.distribution.tokens.count)).map(candidate),
        keptCount: step.distribution.tokens.count,
        forgotten: step.forgotten
      )
    )
    if model.endTokens.contains(step.token) { end = model.textToken(step.token) }
  }
}
