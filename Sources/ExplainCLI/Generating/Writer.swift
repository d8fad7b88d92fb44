import Sampling
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// A model that goes on writing a text, and tells of each step.
struct Writer {
  let model: Model
  private(set) var generation: Generation
  private(set) var story: GeneratedText
  private let candidateCount: Int
  private var stream: TextStream
  private(set) var isEnded = false
  /// Why the text ended before as many tokens as were asked for.
  private(set) var ending: String?

  init(
    _ model: Model,
    prompt: [Int],
    _ sampling: SamplingOptions,
    _ interventions: [Intervention] = [],
    stops: [String],
    candidates: Int
  ) {
    self.model = model
    candidateCount = candidates
    generation = Generation(
      of: prompt,
      by: model.transformer,
      sampling,
      model.transformer.interventions(interventions, on: prompt)
    )
    stream = TextStream(stops: stops)
    story = GeneratedText(
      model: model.name,
      prompt: prompt.map { model.textToken($0) },
      notes: model.notes(of: prompt, in: model.tokenizer.decode(prompt)),
      settings: GeneratedText.Settings(sampling)
    )
    story.interventions = interventions
    // Tokens that begin or end a text are no part of its words.
    let surrounding = model.tokenizer.surrounding
    let signs = model.endTokens.union(surrounding.before + surrounding.after)
      .union(model.endOfTextID.map { [$0] } ?? [])
    story.text = model.tokenizer.decode(prompt.filter { !signs.contains($0) })
  }

  /// Writes one token.
  ///
  /// - Returns: The text that is certain now.
  /// - Throws: `badData` if the model's predictions are not numbers.
  mutating func write() throws(CLIError) -> String {
    let step = generation.next()
    guard step.logits.firstNonFinite == nil else {
      throw CLIError(RunError.logitsNotFinite(model: model.name))
    }
    var text = ""
    if model.endTokens.contains(step.token) {
      text = stream.finish()
      (isEnded, ending) = (true, "end_of_text")
      story.end = model.textToken(step.token)
    } else {
      text = stream.take(model.tokenizer.bytes(of: step.token) ?? [])
      if stream.isStopped { (isEnded, ending) = (true, "stop") }
    }
    if candidateCount > 0 { story.steps.append(told(step)) }
    story.text += text
    return text
  }

  /// Ends the text.
  ///
  /// - Returns: What was held back.
  mutating func finish() -> String {
    isEnded = true
    let text = stream.finish()
    story.text += text
    return text
  }

  /// The whole text, written to its end.
  func finished(limit: Int) throws(CLIError) -> Writer {
    var writer = self
    for _ in 0..<limit where !writer.isEnded { _ = try writer.write() }
    _ = writer.finish()
    return writer
  }

  private func told(_ step: Generation.Step) -> GeneratedText.Step {
    var asPredicted = SamplingOptions()
    asPredicted.temperature = 1
    let predicted =
      story.settings.changesNothing
      ? step.distribution : Distribution(logits: step.logits, asPredicted)
    // Both stand in the same order, so a rank means the same token in both.
    func candidate(_ rank: Int) -> GeneratedText.Candidate {
      GeneratedText.Candidate(
        token: model.textToken(step.distribution.tokens[rank]),
        probability: step.distribution.probabilities[rank],
        modelProbability: predicted.probabilities[rank]
      )
    }
    return GeneratedText.Step(
      chosen: candidate(step.rank),
      likelier: step.rank,
      draw: step.draw,
      low: step.low,
      high: step.high,
      candidates: (0..<min(candidateCount, step.distribution.tokens.count)).map(candidate),
      keptCount: step.distribution.tokens.count,
      forgotten: step.forgotten
    )
  }
}

extension Model {
  /// What there is to say of a text's tokens beside their ids.
  func notes(of tokens: [Int], in text: String) -> TokenNotes {
    TokenNotes(
      of: tokens.map { tokenizer.text(of: $0).string },
      in: text,
      counts: tokenCounts.map { known in tokens.map { known.counts[$0] } },
      total: tokenCounts?.total
    )
  }

  /// A token with its text.
  func textToken(_ id: Int) -> TextToken {
    TextToken(id: id, text: tokenizer.text(of: id).string)
  }
}
