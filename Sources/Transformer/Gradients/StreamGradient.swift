package import Tensors
package import Traces

/// The way back through a block of any family, as far as the stream goes: what a change of the stream before the block means, if
/// that after it is known.
///
/// Parameters get no gradients here; see ``TransformerBlock``, by which GPT-2s learn.
package struct StreamGradient {
  private let transformer: Transformer
  private let length: Int
  private let recorded: (HookPoint) -> Tensor

  private var configuration: Configuration { transformer.configuration }

  /// Prepares for a run that was recorded.
  ///
  /// - Parameters:
  ///   - transformer: The model.
  ///   - length: How many positions the run has, T.
  ///   - recorded: Gives what was recorded at ``needed(layerCount:_:)``.
  package init(
    through transformer: Transformer,
    length: Int,
    recorded: @escaping (HookPoint) -> Tensor
  ) {
    (self.transformer, self.length, self.recorded) = (transformer, length, recorded)
  }

  /// What must have been recorded of the blocks, as far as the model has it.
  package static func needed(layerCount: Int, _ architecture: Architecture) -> [HookPoint] {
    (0..<layerCount).flatMap { layer -> [HookPoint] in
      let norms: [NormSite] = [
        .beforeAttention(layer: layer), .queries(layer: layer), .keys(layer: layer),
        .afterAttention(layer: layer), .beforeMLP(layer: layer), .afterMLP(layer: layer),
      ]
      return norms.flatMap { [.scale($0), .normalized($0)] }
        + [
          architecture.rotary == nil ? .q(layer) : .rotatedQ(layer),
          architecture.rotary == nil ? .k(layer) : .rotatedK(layer), .v(layer), .pattern(layer),
          .mlpPre(layer), .mlpPreLinear(layer),
        ] + (architecture.scoreCap == nil ? [] : [.attnScoresUnmasked(layer)])
    }
  }

  /// Takes a block's steps from the last to the first.
  ///
  /// - Parameters:
  ///   - dResidPost: The gradient of the stream after the block, `[T, D]`.
  ///   - layer: The block.
  ///   - hook: Is handed the gradients at the hook points, in turn.
  /// - Returns: The gradient of the stream before it, `[T, D]`.
  package func backward<H: Hook>(
    _ dResidPost: Tensor,
    through layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let block = transformer.weights.blocks[layer]
    let dResidPost = hook(.residPost(layer), dResidPost)
    let dConsidered = ofMLP(hook(.mlpOut(layer), dResidPost), block, layer, &hook)
    let dNorm2 = norm(dConsidered, block.norm2, .beforeMLP(layer: layer), &hook)
    let isParallel = configuration.architecture.isParallel
    let dResidMid = isParallel ? dResidPost : hook(.residMid(layer), dResidPost + dNorm2)

    var dAttnOut = hook(.attnOut(layer), dResidMid)
    if let after = block.normsAfter.first {
      dAttnOut = hook(
        .headsOut(layer),
        norm(dAttnOut, after, .afterAttention(layer: layer), &hook)
      )
    }
    dAttnOut = hook(.result(layer), dAttnOut)
    let dGathered = ofAttention(dAttnOut, block.attention, layer, &hook)
    let dNorm1 = norm(dGathered, block.norm1, .beforeAttention(layer: layer), &hook)
    let dResidPre = isParallel ? dResidMid + dNorm2 + dNorm1 : dResidMid + dNorm1
    return hook(.residPre(layer), dResidPre)
  }

  /// `dx = (g − mean g − n · mean(g · n)) / scale`, with `g = dOut · gain` and n the normalized x; where the mean is not taken
  /// away, its gradient stays.
  package func norm<H: Hook>(
    _ dOut: Tensor,
    _ norm: Weights.Norm,
    _ site: NormSite,
    _ hook: inout H
  ) -> Tensor {
    let n = recorded(.normalized(site)).reshaped(to: dOut.shape)
    let scale = recorded(.scale(site)).reshaped(to: dOut.shape.dropLast() + [1])
    let g = hook(.normalized(site), hook(.normOut(site), dOut) * norm.gain)
    // The part of it that comes by way of the scale.
    let byScale = PerRow(values: hook(.scale(site), (g * n).rowMeans().values))
    let centred = configuration.architecture.norm.takesMeanAway ? g - g.rowMeans() : g
    return (centred - n * byScale) / PerRow(values: scale)
  }

  private func ofMLP<H: Hook>(
    _ dOut: Tensor,
    _ block: Weights.Block,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    var dOut = dOut
    if let after = block.normsAfter.last {
      dOut = hook(.mlpBeforeNorm(layer), norm(dOut, after, .afterMLP(layer: layer), &hook))
    }
    let (mlp, activation) = (block.mlp, configuration.activation)
    let dPost = hook(.mlpPost(layer), mlp.down.backward(dOut))
    let pre = recorded(.mlpPre(layer))
    guard let gate = mlp.gate else {
      return mlp.up.backward(hook(.mlpPre(layer), Nonlinearity.backward(dPost, pre, activation)))
    }
    let dLinear = hook(.mlpPreLinear(layer), dPost * activation(pre))
    let dActivation = dPost * recorded(.mlpPreLinear(layer))
    let dPre = hook(.mlpPre(layer), Nonlinearity.backward(dActivation, pre, activation))
    return gate.backward(dPre) + mlp.up.backward(dLinear)
  }

  private func ofAttention<H: Hook>(
    _ dOut: Tensor,
    _ attention: Weights.Attention,
    _ layer: Int,
    _ hook: inout H
  ) -> Tensor {
    let (heads, keyHeads) = (configuration.headCount, configuration.keyValueHeadCount)
    let width = configuration.dHead
    func perHead(_ x: Tensor, _ heads: Int) -> Tensor { x.reshaped(to: [length, heads, width]) }
    let dz = hook(.z(layer), perHead(attention.output.backward(dOut), heads))
    var (dq, dk, dv) = ofScores(dz, layer, &hook)
    if let rotary = configuration.architecture.rotary {
      // What was turned is turned back.
      let back = Rotation(at: 0..<length, speeds: rotary.speeds.map { -$0 })
      dq = back(hook(.rotatedQ(layer), dq))
      dk = back(hook(.rotatedK(layer), dk))
    }
    if let own = attention.headNorms.first { dq = norm(dq, own, .queries(layer: layer), &hook) }
    if let own = attention.headNorms.last { dk = norm(dk, own, .keys(layer: layer), &hook) }
    dq = hook(.q(layer), dq)
    dk = hook(.k(layer), dk)
    dv = hook(.v(layer), dv)
    let parts = attention.queryKeyValue
    if parts.count == 3 {
      return parts[0].backward(dq.joiningHeads()) + parts[1].backward(dk.joiningHeads())
        + parts[2].backward(dv.joiningHeads())
    }
    // In one matrix: the three side by side, or head by head.
    func columns(_ x: Tensor, _ head: Int) -> Tensor {
      x.joiningHeads().tile(rows: 0..<length, columns: head * width..<(head + 1) * width)
    }
    let tiles =
      attention.isByHead
      ? (0..<heads).flatMap { head in [dq, dk, dv].map { columns($0, head) } }
      : (0..<heads).map { columns(dq, $0) } + (0..<keyHeads).map { columns(dk, $0) }
        + (0..<keyHeads).map { columns(dv, $0) }
    return parts[0].backward(Tensor.tiled(tiles, across: tiles.count))
  }

  /// Back from what the heads gathered to their queries, keys and values.
  ///
  /// `dv = patternᵀ · dz`, `dPattern = dz · vᵀ`; through the softmax `dScores = pattern · (dPattern − Σ pattern · dPattern)`,
  /// through a cap at c times `1 − (score / c)²`; then `dq = dScores · k / √d`, `dk = dScoresᵀ · q / √d`. What heads share
  /// is the sum over them.
  private func ofScores<H: Hook>(
    _ dz: Tensor,
    _ layer: Int,
    _ hook: inout H
  ) -> (dq: Tensor, dk: Tensor, dv: Tensor) {
    let (heads, keyHeads) = (configuration.headCount, configuration.keyValueHeadCount)
    let (width, square) = (configuration.dHead, [1, length, length])
    let architecture = configuration.architecture
    let divisor = configuration.attentionDivisor(layer: layer)
    let isRotated = architecture.rotary != nil
    func part(_ x: Tensor, _ head: Int) -> Tensor {
      x.joiningHeads().tile(rows: 0..<length, columns: head * width..<(head + 1) * width)
    }
    let q = recorded(isRotated ? .rotatedQ(layer) : .q(layer))
    let k = recorded(isRotated ? .rotatedK(layer) : .k(layer))
    let (v, patterns) = (recorded(.v(layer)), recorded(.pattern(layer)))
    var dq: [Tensor] = []
    let nothing = Tensor(shape: [length, width]) { _ in }
    var (dk, dv) = (
      Array(repeating: nothing, count: keyHeads), Array(repeating: nothing, count: keyHeads)
    )
    for head in 0..<heads {
      let shared = head / (heads / keyHeads)
      let (dz, pattern) = (part(dz, head), patterns.slice(head))
      func hooked(_ x: Tensor, _ point: HookPoint) -> Tensor {
        hook(point, x.reshaped(to: square)).reshaped(to: x.shape)
      }
      let dPattern = hooked(product(dz, transposed: part(v, shared)), .pattern(layer))
      var dScores = pattern * (dPattern - (pattern * dPattern).rowSums())
      dScores = hooked(hooked(dScores, .attnScores(layer)), .attnScoresUnmasked(layer))
      if let cap = architecture.scoreCap {
        let scores = recorded(.attnScoresUnmasked(layer)).slice(head)
        dScores = dScores * scores.map { 1 - ($0 / cap) * ($0 / cap) }
      }
      dq.append(product(dScores, part(k, shared)) / divisor)
      dk[shared] = dk[shared] + product(transposed: dScores, part(q, head)) / divisor
      dv[shared] = dv[shared] + product(transposed: pattern, dz)
    }
    func joined(_ parts: [Tensor]) -> Tensor {
      Tensor.tiled(parts, across: parts.count).reshaped(to: [length, parts.count, width])
    }
    return (joined(dq), joined(dk), joined(dv))
  }
}

extension Weights.Linear {
  /// What a change of each input means, if that of each output is known: `dOut · Wᵀ`, `[…, in]`.
  func backward(_ dOut: Tensor) -> Tensor {
    keepsOutputsInRows ? product(dOut, weight) : product(dOut, transposed: weight)
  }
}
