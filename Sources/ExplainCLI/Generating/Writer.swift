import Engine
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
    story = GeneratedText(of: prompt, by: model, sampling)
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
    } else {
      text = stream.take(model.tokenizer.bytes(of: step.token) ?? [])
      if stream.isStopped { (isEnded, ending) = (true, "stop") }
    }
    if candidateCount > 0 { story.append(step, by: model, candidates: candidateCount) }
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
}
