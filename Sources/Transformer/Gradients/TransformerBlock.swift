package import Tensors
package import Traces

/// One block of a GPT-2, forward and backward: attention adds to the stream, then the MLP does.
package enum TransformerBlock {
  /// What the way back needs to know of the way there.
  package struct Saved {
    let norm1: LayerNorm.Saved
    /// What the attention read, `[N, D]`.
    let gathered: Tensor
    let heads: [Attention.Saved]
    /// What the heads gathered, `[N, D]`.
    let z: Tensor
    let norm2: LayerNorm.Saved
    /// What the MLP read, `[N, D]`.
    let considered: Tensor
    /// The neurons before their nonlinearity, `[N, F]`.
    let pre: Tensor
    /// And after it, `[N, F]`.
    let post: Tensor

    /// Takes what was computed, or recorded, on the way there.
    package init(
      norm1: LayerNorm.Saved,
      gathered: Tensor,
      heads: [Attention.Saved],
      z: Tensor,
      norm2: LayerNorm.Saved,
      considered: Tensor,
      pre: Tensor,
      post: Tensor
    ) {
      (self.norm1, self.gathered, self.heads, self.z) = (norm1, gathered, heads, z)
      (self.norm2, self.considered, self.pre, self.post) = (norm2, considered, pre, post)
    }
  }

  /// Computes `residMid = residPre + attention(norm1(residPre))` and
  /// `residPost = residMid + mlp(norm2(residMid))`.
  ///
  /// - Parameters:
  ///   - residPre: The stream before the block, of several sequences, `[S·T, D]`.
  ///   - block: The block's parameters.
  ///   - shape: The sequences and the heads.
  ///   - configuration: The model's choices.
  /// - Returns: The stream after the block, and what the way back needs.
  package static func forward(
    _ residPre: Tensor,
    _ block: Weights.Block,
    _ shape: AttentionShape,
    _ configuration: Configuration
  ) -> (residPost: Tensor, saved: Saved) {
    let epsilon = configuration.epsilon
    let (gathered, norm1) = LayerNorm.forward(residPre, block.norm1, epsilon: epsilon)
    let qkv = Linear.forward(gathered, block.attention.queryKeyValue[0])
    let (z, heads) = Attention.forward(qkv, shape)
    let residMid = residPre + Linear.forward(z, block.attention.output)
    let (residPost, second) = secondHalf(residMid, block, configuration)
    let saved = Saved(
      norm1: norm1,
      gathered: gathered,
      heads: heads,
      z: z,
      norm2: second.norm,
      considered: second.considered,
      pre: second.pre,
      post: second.post
    )
    return (residPost, saved)
  }

  /// The second half alone: `residPost = residMid + mlp(norm2(residMid))`.
  ///
  /// - Parameters:
  ///   - residMid: The stream between attention and MLP, `[N, D]`.
  ///   - block: The block's parameters.
  ///   - configuration: The model's choices.
  /// - Returns: The stream after the block, and what the way back needs of this half.
  package static func secondHalf(
    _ residMid: Tensor,
    _ block: Weights.Block,
    _ configuration: Configuration
  ) -> (
    residPost: Tensor,
    saved: (norm: LayerNorm.Saved, considered: Tensor, pre: Tensor, post: Tensor)
  ) {
    let (considered, norm) = LayerNorm.forward(
      residMid,
      block.norm2,
      epsilon: configuration.epsilon
    )
    let pre = Linear.forward(considered, block.mlp.up)
    let post = Nonlinearity.forward(pre, configuration.activation)
    let residPost = residMid + Linear.forward(post, block.mlp.down)
    return (residPost, (norm, considered, pre, post))
  }

  /// Takes the same steps from the last to the first.
  ///
  /// The stream's own gradient passes through unchanged, and each half adds what came of reading it.
  ///
  /// - Parameters:
  ///   - dResidPost: The gradient of the stream after the block, `[N, D]`.
  ///   - saved: What the way there left.
  ///   - block: The block's parameters.
  ///   - shape: The sequences and the heads.
  ///   - layer: The block's number.
  ///   - configuration: The model's choices.
  ///   - hook: Is handed the gradients at the hook points, in turn.
  /// - Returns: The gradients of the stream before the block, and of its parameters.
  package static func backward<H: Hook>(
    _ dResidPost: Tensor,
    _ saved: Saved,
    _ block: Weights.Block,
    _ shape: AttentionShape,
    _ layer: Int,
    _ configuration: Configuration,
    _ hook: inout H
  ) -> (dResidPre: Tensor, gradient: Weights.Block) {
    let dResidPost = hook(.residPost(layer), dResidPost)
    let dMLPOut = hook(.mlpOut(layer), dResidPost)
    var (dPost, down) = Linear.backward(dMLPOut, saved.post, block.mlp.down)
    dPost = hook(.mlpPost(layer), dPost)
    let dPre = hook(
      .mlpPre(layer),
      Nonlinearity.backward(dPost, saved.pre, configuration.activation)
    )
    let (dConsidered, up) = Linear.backward(dPre, saved.considered, block.mlp.up)
    let (dNorm2, norm2) = LayerNorm.backward(
      dConsidered,
      saved.norm2,
      block.norm2,
      .beforeMLP(layer: layer),
      &hook
    )
    let dResidMid = hook(.residMid(layer), dResidPost + dNorm2)

    let dAttnOut = hook(.result(layer), hook(.attnOut(layer), dResidMid))
    var (dz, output) = Linear.backward(dAttnOut, saved.z, block.attention.output)
    if !hook.isIdle {
      let heads = [dz.rows, shape.headCount, shape.dHead]
      dz = hook(.z(layer), dz.reshaped(to: heads)).reshaped(to: dz.shape)
    }
    let dQKV = Attention.backward(dz, saved.heads, shape, layer, &hook)
    let (dGathered, qkv) = Linear.backward(dQKV, saved.gathered, block.attention.queryKeyValue[0])
    let (dNorm1, norm1) = LayerNorm.backward(
      dGathered,
      saved.norm1,
      block.norm1,
      .beforeAttention(layer: layer),
      &hook
    )
    let dResidPre = hook(.residPre(layer), dResidMid + dNorm1)

    let gradient = Weights.Block(
      norm1: norm1,
      attention: Weights.Attention(queryKeyValue: [qkv], output: output),
      norm2: norm2,
      mlp: Weights.MLP(up: up, down: down)
    )
    return (dResidPre, gradient)
  }
}
