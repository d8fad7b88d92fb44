import Tensors
import Tokenization
public import Traces
public import Transformer

extension Model {
  /// As many numbers of patterns are kept of each of two runs that are compared: 200 MB.
  private static let patternLimit = 50_000_000

  /// Runs the model on a prompt and records what a comparison with another run looks at: the stream after each block, the
  /// patterns, the answer, and the last position's lens.
  ///
  /// - Parameters:
  ///   - prompt: The text.
  ///   - tokens: Its tokens, at least one, at most a context window.
  ///   - interventions: What is set from outside.
  ///   - layer: Whose patterns are recorded; if not given those of all, unless they would take more than 200 MB.
  /// - Returns: The trace.
  /// - Throws: ``RunError`` if the numbers overflow on the way.
  public func recordForComparison(
    _ prompt: String,
    tokens: [Int],
    _ interventions: [Intervention] = [],
    patternsOf layer: Int? = nil
  ) throws(RunError) -> Trace {
    let configuration = transformer.configuration
    let layers = 0..<configuration.layerCount
    let count = layers.count * configuration.headCount * tokens.count * tokens.count
    let kept = layer.map { $0..<$0 + 1 } ?? (count <= Self.patternLimit ? layers : 0..<0)
    let points: [HookPoint] =
      [.residPre(0), .logits, .probabilities] + layers.map { .residPost($0) }
      + kept.map { .pattern($0) }
    let names = points.map { $0.name }
    var options = RecordingOptions()
    options.keeps = { name in names.contains(name) }
    options.recordsFacts = false
    options.interventions = interventions
    var trace = try record(prompt, tokens: tokens, options)
    addLens(to: &trace)
    trace.vocabulary = (0..<transformer.configuration.dVocab).map {
      tokenizer.text(of: $0).string
    }
    return trace
  }

  /// Puts a part of one run into another, at one place at a time, as ``Attribution/ActivationPatching`` does.
  ///
  /// - Parameters:
  ///   - part: What is put in.
  ///   - a: The run that it is taken of.
  ///   - b: The run that it is put into, of as many tokens.
  ///   - contrast: The tokens whose logits are compared; without the other the first alone.
  /// - Returns: How much of the first run's answer comes back.
  public func patching(
    _ part: Patching.Part,
    of a: Trace,
    into b: Trace,
    _ contrast: Contrast
  ) -> Patching {
    func token(_ id: Int) -> TraceToken {
      TraceToken(id: id, text: tokenizer.text(of: id).string)
    }
    func difference(_ trace: Trace) -> Double {
      guard let logits = trace[.logits], let against = contrast.against else { return .nan }
      let last = logits.rows - 1
      return Double(logits[last, contrast.token]) - Double(logits[last, against])
    }
    let patching = ActivationPatching(
      of: a.tokens.map { $0.id },
      into: b.tokens.map { $0.id },
      by: transformer
    )
    return Patching(
      part,
      token: token(contrast.token),
      against: token(contrast.against ?? contrast.token),
      clean: difference(a),
      corrupted: difference(b),
      grid: patching.grid(part, contrast)
    )
  }
}
