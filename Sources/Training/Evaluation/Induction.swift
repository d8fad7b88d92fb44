import Sampling
import Tensors
import Tokenization
import Traces
import Transformer

/// Whether a head repeats what it saw once: on random tokens that are read twice, how much of its attention goes to
/// the token after the earlier occurrence of the one it stands at.
///
/// - SeeAlso: Olsson et al. 2022, <https://arxiv.org/abs/2209.11895>, appendix on head activation evaluators.
struct Induction {
  /// The head that does so most.
  let finding: Finding

  /// Measures every head of every layer but the first, whose keys do not know what stood before them.
  ///
  /// Tokens that the model hardly met are left out, if it is known what it read.
  init(of model: Model, length: Int = 50, sequences: Int = 4) {
    let configuration = model.transformer.configuration
    let special = Set(model.endTokens).union(model.endOfTextID.map { [$0] } ?? [])
    let known = (0..<configuration.dVocab).filter { id in
      !special.contains(id) && !(model.tokenCounts?.isHardlyMet(id) ?? false)
    }
    let length = min(length, configuration.contextLength / 2, known.count)
    var generator = SeededGenerator(seed: 0)
    var scores: [[Int]: Double] = [:]
    for _ in 0..<sequences {
      var rest = known
      let half = (0..<length).map { _ in
        let place = Int(generator.unit() * Double(rest.count))
        rest.swapAt(place, rest.count - 1)
        return rest.removeLast()
      }
      let hooks = (1..<max(2, configuration.layerCount)).map { HookPoint.pattern($0) }
      var recorder = ActivationRecorder { hooks.contains($0) }
      model.transformer.logits(for: half + half, hook: &recorder)
      for (layer, hook) in hooks.enumerated() {
        guard let pattern = recorder.activations[hook.name] else { continue }
        for head in 0..<pattern.shape[0] {
          let weights = pattern.slice(head)
          let sum = (length..<2 * length).reduce(0.0) { sum, query in
            sum + Double(weights.slice(query).values[query - length + 1])
          }
          scores[[layer + 1, head], default: 0] += sum / Double(length * sequences)
        }
      }
    }
    let best = scores.max { ($0.value, $1.key[0], $1.key[1]) < ($1.value, $0.key[0], $0.key[1]) }
    finding = Finding(
      .induction,
      best?.value ?? 0,
      .atLeast(0.4),
      note: best.map { .head(layer: $0.key[0], head: $0.key[1]) }
    )
  }
}
