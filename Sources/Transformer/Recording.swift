import Sampling
public import Tensors
import Tokenization
public import Traces

/// What to record of a run.
public struct RecordingOptions: Sendable {
  /// Which tensors to keep, by name; all by default.
  public var keeps: @Sendable (String) -> Bool = { _ in true }
  /// Whether to record what a walkthrough needs beside the activations.
  public var recordsFacts = true
  /// How many tokens to append by sampling.
  public var continuationLength = 5
  /// How many of the tokens the tokenizer put before the text and after it.
  public var put: (before: Int, after: Int) = (0, 0)
  /// How many tokens of the text before these did not fit the context window.
  public var unread = 0
  /// The seed of the sampling.
  public var seed: UInt64 = 0
  /// The bytes that the record may take, for ``Model/recordWithinBudget(_:tokens:_:)``; no limit by default.
  ///
  /// Of a larger one ``Traces/TraceExcerpt`` says what is kept.
  public var budget: Int?
  /// Which layer is opened up first, by the patterns that were recorded, where not all layers' insides are kept.
  public var opensLayer: @Sendable (Trace) -> Int = { _ in 0 }
  /// The softmax temperature of the sampling.
  public var temperature = 1.0
  /// What is set from outside while the model runs.
  public var interventions: [Intervention] = []

  /// Records everything.
  public init() {}
}

extension Model {
  /// Runs the model on a prompt and records it.
  ///
  /// - Parameters:
  ///   - prompt: The text, as typed.
  ///   - tokens: Its tokens, or the last of them: at least one, at most a context window.
  ///   - options: What to record.
  /// - Returns: The trace.
  /// - Throws: ``RunError`` if the numbers overflow on the way: a page of them would explain nothing.
  public func record(
    _ prompt: String,
    tokens: [Int],
    _ options: RecordingOptions
  ) throws(RunError) -> Trace {
    let change = transformer.interventions(options.interventions, on: tokens)
    let needed =
      options.recordsFacts ? Facts.needed(layerCount: transformer.configuration.layerCount) : []
    let recorder = ActivationRecorder { options.keeps($0.name) || needed.contains($0) }
    var hook = HookChain(change, recorder)
    let logits = transformer.logits(for: tokens, hook: &hook)
    guard logits.firstNonFinite == nil else { throw .logitsNotFinite(model: name) }

    var trace = trace(of: prompt, tokens, hook.second.activations, options)
    if options.recordsFacts { addFacts(to: &trace, tokens, options, change) }
    trace.tensors = trace.tensors.filter { options.keeps($0.key) }
    return trace
  }

  /// A trace of activations alone.
  func trace(
    of prompt: String,
    _ tokens: [Int],
    _ activations: [String: Tensor],
    _ options: RecordingOptions
  ) -> Trace {
    var trace = Trace(
      prompt: prompt,
      tokens: tokens.map { TraceToken(id: $0, text: tokenizer.text(of: $0).string) },
      model: transformer.configuration.description(name: name, trainedOn: trainedOn),
      tensors: activations
    )
    trace.put = options.put
    trace.unread = options.unread
    trace.interventions = options.interventions
    return trace
  }

  /// Records what a walkthrough needs beside the activations.
  ///
  /// What the model remembers of the tokens, and the logits after them, spare it from reading them again.
  func addFacts(
    to trace: inout Trace,
    _ tokens: [Int],
    _ options: RecordingOptions,
    _ change: InterventionHook,
    after reading: (cache: KeyValueCache, logits: Tensor)? = nil
  ) {
    Facts(model: self, change: change).add(to: &trace)
    trace.vocabulary = (0..<transformer.configuration.dVocab).map {
      tokenizer.text(of: $0).string
    }
    trace.merges = mergesOfLongestToken(in: tokens)
    trace.mergesCharacters = tokenizer.mergesCharacters
    if !trace.mergesCharacters {
      trace.pieces = pieces(of: trace.prompt, tokens: tokens.dropLast(options.put.after))
    }
    trace.parameters = transformer.configuration.parameterCount
    trace.continuation = continuation(of: tokens, options, change, after: reading)
    trace.trainingCounts = tokenCounts.map { known in
      TrainingCounts(counts: tokens.map { known.counts[$0] }, total: known.total)
    }
  }

  /// The pieces that the prompt was cut into, if they became its tokens: a prompt of which only the end is kept may begin
  /// within a piece.
  private func pieces(of prompt: String, tokens: ArraySlice<Int>) -> [TextPiece]? {
    let pieces = tokenizer.pieces(of: prompt)
    let ids = pieces.flatMap { $0.ids }
    guard !ids.isEmpty, tokens.suffix(ids.count).elementsEqual(ids) else { return nil }
    return pieces.map { TextPiece(text: $0.text, tokens: $0.ids.count) }
  }

  /// How the prompt's longest token came together; `nil` if every token is a single byte.
  private func mergesOfLongestToken(in tokens: [Int]) -> MergeSteps? {
    // Added tokens were not merged from anything.
    let merged = tokens.indices.filter { tokenizer.merges(of: tokens[$0]) != nil }
    let longest = merged.max { a, b in
      tokenizer.text(of: tokens[a]).bytes.count < tokenizer.text(of: tokens[b]).bytes.count
    }
    guard let longest, let history = tokenizer.merges(of: tokens[longest]), !history.steps.isEmpty
    else { return nil }
    return MergeSteps(
      position: longest,
      states: history.states.map { $0.map { $0.text.string } },
      ranks: history.steps.map { $0.rank }
    )
  }

  /// Predicts, samples and appends, over and over.
  private func continuation(
    of tokens: [Int],
    _ options: RecordingOptions,
    _ change: InterventionHook,
    after reading: (cache: KeyValueCache, logits: Tensor)?
  ) -> Continuation {
    var sampling = SamplingOptions()
    sampling.seed = options.seed
    sampling.temperature = options.temperature
    var generation =
      reading.map { Generation(of: tokens, by: transformer, sampling, change, after: $0) }
      ?? Generation(of: tokens, by: transformer, sampling, change)
    var steps: [Continuation.Step] = []
    var end: Int?
    while steps.count < options.continuationLength, end == nil {
      let step = generation.next()
      if endTokens.contains(step.token) { end = step.token }
      let told = Continuation.Step(
        tokenID: step.token,
        draw: step.draw,
        low: step.low,
        high: step.high,
        candidates: zip(step.distribution.tokens, step.distribution.probabilities).prefix(5).map {
          Continuation.Candidate(tokenID: $0, probability: $1)
        }
      )
      steps.append(told)
    }
    var continuation = Continuation(
      seed: options.seed,
      temperature: options.temperature,
      steps: steps
    )
    continuation.endedBy = end
    return continuation
  }
}

extension Transformer {
  /// The logits after the last token only, which is all that prediction needs. `[V]`
  ///
  /// - Parameter tokens: As for ``logits(for:hook:)``.
  /// - Returns: The last position's logits, `[V]`.
  public func nextLogits(after tokens: [Int]) -> Tensor {
    var nothingSeen = KeyValueCache(for: configuration)
    var nobody = RunHook()
    return nextLogits(after: tokens, continuing: &nothingSeen, &nobody)
  }

  /// The logits after the last of the tokens that follow a text the model has seen, where nobody looks. `[V]`
  ///
  /// - Parameters:
  ///   - tokens: As for ``logits(for:after:hook:)``.
  ///   - cache: What the model remembers of the text; the new positions are added to it.
  /// - Returns: The last position's logits, `[V]`.
  public func nextLogits(after tokens: [Int], continuing cache: inout KeyValueCache) -> Tensor {
    var nobody = RunHook()
    return nextLogits(after: tokens, continuing: &cache, &nobody)
  }

  /// The logits after the last of the tokens that follow a text the model has seen. `[V]`
  ///
  /// - Parameters:
  ///   - tokens: As for ``logits(for:after:hook:)``.
  ///   - cache: What the model remembers of the text; the new positions are added to it.
  ///   - hook: Is handed every intermediate as it comes by.
  /// - Returns: The last position's logits, `[V]`.
  public func nextLogits<H: Hook>(
    after tokens: [Int],
    continuing cache: inout KeyValueCache,
    _ hook: inout H
  ) -> Tensor {
    let stream = stream(of: tokens, after: &cache, &hook)
    let last = stream.rows(tokens.count - 1..<tokens.count)
    return logits(of: last, from: cache.length - 1, &hook).slice(0)
  }
}
