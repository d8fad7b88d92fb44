package import Tensors
import Traces
import Transformer

extension Attribution {
  /// Gradient × input: how much each token of the prompt weighs, to first order.
  ///
  /// The gradient of the difference with respect to the vector that enters block 0 at each position says how the
  /// difference would change with each number of it; multiplied by these numbers and summed, it says how much the vector as a
  /// whole adds, were the model a linear function. What was set from outside does not depend on anything before it.
  ///
  /// - Parameter contrast: The token, and the one that it is compared with.
  /// - Returns: One number for each of ``tokens``, in logits.
  /// - SeeAlso: Shrikumar et al. 2016, <https://arxiv.org/abs/1605.01713>.
  public func inputs(to contrast: Contrast) -> [Double] {
    let gradient = gradient(of: contrast)
    let stream = recorded(.residPre(0))
    return tokens.indices.map { place in
      zip(gradient.slice(place).values, stream.slice(place).values).reduce(0) {
        $0 + Double($1.0) * Double($1.1)
      }
    }
  }

  /// The gradient of the difference with respect to what enters block 0, `[T, D]`.
  package func gradient(of contrast: Contrast) -> Tensor {
    let (configuration, weights) = (transformer.configuration, transformer.weights)
    var hook = change.blockingGradients(after: .residPre(0))

    // Through the last norm, which only the position that is asked about goes through.
    hook.begin(at: position)
    let direction = Tensor(
      shape: [1, configuration.dModel],
      values: self.direction(of: contrast).map { Float($0) }
    )
    let isCut = isSet(.logits)
    let dFinal = isCut ? direction.map { _ in 0 } : direction
    let norm = LayerNorm.Saved(
      normalized: recorded(.normalized(.final)).reshaped(to: [1, configuration.dModel]),
      scale: PerRow(values: recorded(.scale(.final)).reshaped(to: [1, 1]))
    )
    let dLast = LayerNorm.backward(dFinal, norm, weights.finalNorm, .final, &hook).dx
    var dStream = Tensor(shape: [tokens.count, configuration.dModel]) { all in
      dLast.withValues { row in
        for i in row.indices { all[position * row.count + i] = row[i] }
      }
    }

    // And from the last block to the first.
    hook.begin(at: 0)
    for (layer, block) in weights.blocks.enumerated().reversed() {
      dStream =
        TransformerBlock.backward(
          dStream,
          saved(layer),
          block,
          shape(layer),
          layer,
          configuration,
          &hook
        ).dResidPre
    }
    return dStream
  }

  /// The heads of a layer, and how many runs of the prompt they read at once.
  func shape(_ layer: Int, runs: Int = 1) -> AttentionShape {
    AttentionShape(
      sequenceCount: runs,
      length: tokens.count,
      headCount: transformer.configuration.headCount,
      dHead: transformer.configuration.dHead,
      divisor: transformer.configuration.attentionDivisor(layer: layer)
    )
  }

  /// What the way back needs of a block, as it was recorded.
  private func saved(_ layer: Int) -> TransformerBlock.Saved {
    func norm(_ site: NormSite) -> LayerNorm.Saved {
      LayerNorm.Saved(
        normalized: recorded(.normalized(site)),
        scale: PerRow(values: recorded(.scale(site)))
      )
    }
    let (heads, width) = (transformer.configuration.headCount, transformer.configuration.dHead)
    func part(_ point: HookPoint, _ head: Int) -> Tensor {
      recorded(point).reshaped(to: [tokens.count, heads * width])
        .tile(rows: 0..<tokens.count, columns: head * width..<(head + 1) * width)
    }
    let divisor = transformer.configuration.attentionDivisor(layer: layer)
    let pattern = recorded(.pattern(layer))
    return TransformerBlock.Saved(
      norm1: norm(.beforeAttention(layer: layer)),
      gathered: recorded(.normOut(.beforeAttention(layer: layer))),
      heads: (0..<heads).map { head in
        Attention.Saved(
          q: part(.q(layer), head) / divisor,
          k: part(.k(layer), head),
          v: part(.v(layer), head),
          pattern: pattern.slice(head)
        )
      },
      z: recorded(.z(layer)).reshaped(to: [tokens.count, heads * width]),
      norm2: norm(.beforeMLP(layer: layer)),
      considered: recorded(.normOut(.beforeMLP(layer: layer))),
      pre: recorded(.mlpPre(layer)),
      post: recorded(.mlpPost(layer))
    )
  }
}
