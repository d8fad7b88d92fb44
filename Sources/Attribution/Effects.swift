package import Tensors
public import Traces
import Transformer

extension Attribution {
  /// What becomes of the answer without each head and each MLP: one at a time is set to zero, and the model runs again.
  ///
  /// Nothing before the changed block is computed anew: each run goes on from the stream that this block read. Those of one
  /// layer share the cores out among them.
  ///
  /// - Parameters:
  ///   - contrast: The token, and the one that it is compared with.
  ///   - progress: Is told after each layer how many runs are done, and of how many.
  /// - Returns: The effects in falling order of the change's size.
  public func effects(
    of contrast: Contrast,
    progress: (_ done: Int, _ count: Int) -> Void = { _, _ in }
  ) -> [Reasons.Effect] {
    let layers = transformer.configuration.layerCount
    let heads = transformer.configuration.headCount
    let whole = difference(of: contrast)
    var effects: [Reasons.Effect] = []
    for layer in 0..<layers {
      effects += Cores.map(count: heads + 1) { part in
        let site = part < heads ? Site.head(layer: layer, head: part) : .mlp(layer: layer)
        let logits = logits(without: site, in: layer)
        let difference = Self.difference(of: contrast, in: logits)
        return Reasons.Effect(
          site,
          probability: probability(of: contrast.token, in: logits),
          difference: difference,
          change: difference - whole
        )
      }
      progress(effects.count, layers * (heads + 1))
    }
    return effects.enumerated().sorted { a, b in
      (-abs(a.element.change), a.offset) < (-abs(b.element.change), b.offset)
    }.map { $0.element }
  }

  /// The logits of a run in which one part of a layer adds nothing.
  private func logits(without site: Site, in layer: Int) -> Tensor {
    var hook = change.ablating(site, in: transformer)
    hook.begin(at: 0)
    var cache = KeyValueCache(for: transformer.configuration)
    let stream = transformer.stream(
      recorded(.residPre(layer)),
      through: layer..<transformer.configuration.layerCount,
      after: &cache,
      &hook
    )
    let last = tokens.count - 1
    return transformer.logits(of: stream.rows(last..<last + 1), from: last, &hook).slice(0)
  }
}

/// The probability of a token: softmax of the logits, in 64 bits.
package func probability(of token: Int, in logits: Tensor) -> Double {
  TokenPrediction(of: token, in: logits).probability
}
