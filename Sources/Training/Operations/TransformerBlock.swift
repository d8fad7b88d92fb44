import Tensors
import Transformer

/// One block, forward and backward: attention adds to the stream, then the MLP does.
enum TransformerBlock {
  /// What the way back needs to know of the way there.
  struct Saved {
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
  }

  /// Computes `residMid = residPre + attention(norm1(residPre))` and
  /// `residPost = residMid + mlp(norm2(residMid))`.
  static func forward(
    _ residPre: Tensor,
    _ block: Weights.Block,
    _ shape: AttentionShape,
    _ configuration: Configuration
  ) -> (residPost: Tensor, saved: Saved) {
    let epsilon = configuration.epsilon
    let (gathered, norm1) = LayerNorm.forward(residPre, block.norm1, epsilon: epsilon)
    let qkv = Linear.forward(gathered, block.attention.queryKeyValue)
    let (z, heads) = Attention.forward(qkv, shape)
    let residMid = residPre + Linear.forward(z, block.attention.output)

    let (considered, norm2) = LayerNorm.forward(residMid, block.norm2, epsilon: epsilon)
    let pre = Linear.forward(considered, block.mlp.up)
    let post = Nonlinearity.forward(pre, configuration.activation)
    let residPost = residMid + Linear.forward(post, block.mlp.down)

    let saved = Saved(
      norm1: norm1,
      gathered: gathered,
      heads: heads,
      z: z,
      norm2: norm2,
      considered: considered,
      pre: pre,
      post: post
    )
    return (residPost, saved)
  }

  /// Takes the same steps from the last to the first.
  ///
  /// The stream's own gradient passes through unchanged, and each half adds what came of reading it.
  static func backward(
    _ dResidPost: Tensor,
    _ saved: Saved,
    _ block: Weights.Block,
    _ shape: AttentionShape,
    _ configuration: Configuration
  ) -> (dResidPre: Tensor, gradient: Weights.Block) {
    let (dPost, down) = Linear.backward(dResidPost, saved.post, block.mlp.down)
    let dPre = Nonlinearity.backward(dPost, saved.pre, configuration.activation)
    let (dConsidered, up) = Linear.backward(dPre, saved.considered, block.mlp.up)
    let (dNorm2, norm2) = LayerNorm.backward(dConsidered, saved.norm2, block.norm2)
    let dResidMid = dResidPost + dNorm2

    let (dz, output) = Linear.backward(dResidMid, saved.z, block.attention.output)
    let dQKV = Attention.backward(dz, saved.heads, shape)
    let (dGathered, qkv) = Linear.backward(dQKV, saved.gathered, block.attention.queryKeyValue)
    let (dNorm1, norm1) = LayerNorm.backward(dGathered, saved.norm1, block.norm1)
    let dResidPre = dResidMid + dNorm1

    let gradient = Weights.Block(
      norm1: norm1,
      attention: Weights.Attention(queryKeyValue: qkv, output: output),
      norm2: norm2,
      mlp: Weights.MLP(up: up, down: down)
    )
    return (dResidPre, gradient)
  }
}
