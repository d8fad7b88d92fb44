package import Sampling
package import Tensors
import Traces
import Transformer

/// The model at one moment of a run, as far as the page of the run shows it.
package struct Moment: Sendable {
  /// After how many steps.
  package let step: Int
  /// The probabilities of the next token after the prompt, `[V]`.
  package let probabilities: Tensor
  /// The attention pattern of each layer on the prompt, `[head, query, key]`.
  package let patterns: [Tensor]
  /// The rows of W_E of some words, `[word, D]`.
  package let vectors: Tensor
  /// The tokens that it writes after the prompt, drawn as `Moment.writing` says.
  package let written: [Int]

  /// How tokens are drawn: at every moment by the same random numbers.
  package static let writing = {
    var options = SamplingOptions()
    options.temperature = 0.7
    return options
  }()

  /// Takes what was kept of a moment.
  package init(
    step: Int,
    probabilities: Tensor,
    patterns: [Tensor],
    vectors: Tensor,
    written: [Int]
  ) {
    (self.step, self.probabilities) = (step, probabilities)
    (self.patterns, self.vectors, self.written) = (patterns, vectors, written)
  }

  /// Looks at a run as it is now.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - prompt: Token ids.
  ///   - words: Token ids whose rows of W_E are kept.
  ///   - count: How many tokens it writes.
  package init(of run: TrainingRun, prompt: [Int], words: [Int], writing count: Int = 24) {
    let transformer = run.transformer
    let hooks = (0..<transformer.configuration.layerCount).map { HookPoint.pattern($0) }
    var recorder = ActivationRecorder { hooks.contains($0) || $0 == .probabilities }
    transformer.logits(for: prompt, hook: &recorder)
    step = run.step
    patterns = hooks.compactMap { recorder.activations[$0.name] }
    probabilities =
      recorder.activations[HookPoint.probabilities.name].map { $0.slice($0.rows - 1) }
      ?? Tensor(shape: [0], values: [])
    vectors = transformer.weights.embedding.rows(words)
    var generation = Generation(of: prompt, by: transformer, Self.writing)
    written = (0..<count).map { _ in generation.next().token }
  }

  /// The steps at which a run is looked at: the start, 1 %, 10 % and all of the way.
  package static func steps(of settings: TrainingSettings) -> [Int] {
    let shares = [0, max(1, settings.steps / 100), settings.steps / 10, settings.steps]
    return Set(shares).sorted()
  }
}
