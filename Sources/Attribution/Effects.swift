import Platform
package import Tensors
public import Traces
import Transformer

extension Attribution {
  /// What becomes of the answer without each head and each MLP: one at a time is set to zero, and the model runs again.
  ///
  /// Nothing before the changed block is computed anew: each run goes on from the stream that this block read.
  ///
  /// - Parameters:
  ///   - contrast: The token, and the one that it is compared with.
  ///   - progress: Is told now and then which share of the work is done, 0 to 1.
  /// - Returns: The effects in falling order of the change's size.
  public func effects(
    of contrast: Contrast,
    progress: (_ share: Double) -> Void = { _ in }
  ) -> [Reasons.Effect] {
    let whole = difference(of: contrast)
    // Of a long prompt each run keeps the cores busy by itself; and what is set from outside is set run by run.
    let logits =
      change.isIdle && tokens.count <= 128
      ? logitsOfRunsTogether(progress) : logitsOfRunsOneByOne(progress)
    let effects = zip(ablations, logits).map { site, logits in
      let difference = Self.difference(of: contrast, in: logits)
      return Reasons.Effect(
        site,
        probability: probability(of: contrast.token, in: logits),
        difference: difference,
        change: difference - whole
      )
    }
    return effects.rising { -abs($0.change) }
  }

  /// What is switched off: the heads of each layer, then its MLP.
  private var ablations: [Site] {
    let heads = 0..<transformer.configuration.headCount
    return (0..<transformer.configuration.layerCount).flatMap { layer in
      heads.map { Site.head(layer: layer, head: $0) } + [.mlp(layer: layer)]
    }
  }

  // MARK: - One run after another

  private func logitsOfRunsOneByOne(_ progress: (Double) -> Void) -> [Tensor] {
    let sites = ablations
    return sites.enumerated().map { index, site in
      defer { progress(Double(index + 1) / Double(sites.count)) }
      return logits(without: site)
    }
  }

  /// The logits of a run in which one part adds nothing.
  package func logits(without site: Site) -> Tensor {
    let layer = site.layer ?? 0
    var hook = RunHook(change.ablating(site, in: transformer))
    hook.begin(at: 0)
    var cache = KeyValueCache(for: transformer.configuration)
    let stream = transformer.stream(
      recorded(.residPre(layer)),
      through: layer..<transformer.configuration.layerCount,
      after: &cache,
      &hook
    )
    return transformer.logits(of: stream.rows(position..<position + 1), from: position, &hook)
      .slice(0)
  }

  // MARK: - All runs side by side

  /// All runs in lockstep, layer by layer: reading a layer's weights is most of what a short run costs, and so they are
  /// read once for all runs that have begun.
  private func logitsOfRunsTogether(_ progress: (Double) -> Void) -> [Tensor] {
    let (configuration, length) = (transformer.configuration, tokens.count)
    let (layers, newRuns) = (configuration.layerCount, configuration.headCount + 1)
    let work = Double(layers * (layers + 1) / 2 * newRuns)
    // So many rows at a time as stay small in memory.
    let together = max(1, 2048 / length)
    var streams: [Tensor] = []
    var done = 0
    for layer in 0..<layers {
      for start in stride(from: 0, to: streams.count, by: together) {
        let runs = start..<min(start + together, streams.count)
        let stream = transformer.block(
          layer,
          on: Tensor.stacked(Array(streams[runs])),
          ofLength: length
        )
        for run in runs {
          let place = (run - start) * length
          streams[run] = stream.rows(place..<place + length)
        }
        done += runs.count
        progress(Double(done) / work)
      }
      streams += streamsWithoutParts(of: layer)
      done += newRuns
      progress(Double(done) / work)
    }
    var nobody = RunHook()
    let last = Tensor.stacked(streams.map { $0.rows(position..<position + 1) })
    let logits = transformer.logits(of: last, from: position, &nobody)
    return (0..<last.rows).map { logits.slice($0) }
  }

  /// The stream after a layer without each of its heads, and without its MLP.
  private func streamsWithoutParts(of layer: Int) -> [Tensor] {
    let (configuration, length) = (transformer.configuration, tokens.count)
    let (heads, width) = (configuration.headCount, configuration.dHead)
    let z = recorded(.z(layer)).reshaped(to: [length, heads * width])
    let without = (0..<heads).map { head in
      z.replacingRows { _, row in
        (row + head * width).update(repeating: 0, count: width)
      }
    }
    let residPre = recorded(.residPre(layer))
    let residPost = transformer.block(
      layer,
      gathering: Tensor.stacked(without),
      on: Tensor.stacked([Tensor](repeating: residPre, count: heads))
    )
    return (0..<heads).map { residPost.rows($0 * length..<($0 + 1) * length) }
      + [transformer.blockWithoutMLP(layer, gathering: z, on: residPre)]
  }
}

/// The probability of a token: softmax of the logits.
package func probability(of token: Int, in logits: Tensor) -> Double {
  TokenPrediction(of: token, in: logits).probability
}
