public import Tensors

/// What a GPT-2 has learned: every matrix, gain and bias.
public struct Weights: Sendable {
  /// W_E: a row for each token. `[V, D]`
  public var embedding: Tensor
  /// W_pos: a row for each place in the text. `[C, D]`
  public var position: Tensor
  /// The blocks in order, L of them.
  public var blocks: [Block]
  /// The layer norm after the last block.
  public var finalNorm: Norm
  /// W_U: from a vector to a score for each token.
  public var unembedding: Unembedding

  /// Makes weights of their parts, in the order they act.
  package init(
    embedding: Tensor,
    position: Tensor,
    blocks: [Block],
    finalNorm: Norm,
    unembedding: Unembedding
  ) {
    (self.embedding, self.position, self.blocks) = (embedding, position, blocks)
    (self.finalNorm, self.unembedding) = (finalNorm, unembedding)
  }

  /// A layer norm's gain and bias. `[D]` each
  public struct Norm: Sendable {
    /// What each normalized number is multiplied by.
    public var gain: Tensor
    /// What is added to it then.
    public var bias: Tensor

    /// Makes a layer norm of its gain and bias.
    package init(gain: Tensor, bias: Tensor) { (self.gain, self.bias) = (gain, bias) }
  }

  /// A block: attention, then an MLP, each with a layer norm before it.
  public struct Block: Sendable {
    /// The layer norm before the attention.
    public var norm1: Norm
    /// The attention.
    public var attention: Attention
    /// The layer norm before the MLP.
    public var norm2: Norm
    /// The MLP.
    public var mlp: MLP

    /// Makes a block of its parts, in the order they act.
    package init(norm1: Norm, attention: Attention, norm2: Norm, mlp: MLP) {
      (self.norm1, self.attention, self.norm2, self.mlp) = (norm1, attention, norm2, mlp)
    }
  }

  /// An attention's matrices.
  ///
  /// GPT-2 keeps W_Q, W_K and W_V side by side in one.
  public struct Attention: Sendable {
    /// W_Q, W_K, W_V of all heads: `[D, 3D]`.
    public var queryKeyValue: Linear
    /// W_O: head h owns rows h·d to (h+1)·d. `[D, D]`
    public var output: Linear

    /// Makes an attention of its matrices.
    package init(queryKeyValue: Linear, output: Linear) {
      (self.queryKeyValue, self.output) = (queryKeyValue, output)
    }
  }

  /// An MLP's two matrices.
  public struct MLP: Sendable {
    /// The up-projection W_in: a column for each neuron's question. `[D, F]`
    public var up: Linear
    /// The down-projection W_out: a row for what each neuron adds. `[F, D]`
    public var down: Linear

    /// Makes an MLP of its matrices.
    package init(up: Linear, down: Linear) { (self.up, self.down) = (up, down) }
  }

  /// A matrix and a bias: `x · weight + bias`.
  public struct Linear: Sendable {
    /// The matrix. `[in, out]`
    public var weight: Tensor
    /// The bias. `[out]`
    public var bias: Tensor

    /// Makes a layer of its matrix and bias.
    package init(weight: Tensor, bias: Tensor) { (self.weight, self.bias) = (weight, bias) }

    /// Applies both to every row of `x`, `[…, in]`, giving `[…, out]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { product(x, weight, plus: bias) }
  }

  /// W_U, kept with a row for each token as checkpoints have it.
  public struct Unembedding: Sendable {
    /// W_U transposed: a row for each token. `[V, D]`
    public var columns: Tensor

    /// Makes a W_U of its columns.
    package init(columns: Tensor) { self.columns = columns }

    /// The dot product of every row of `x`, `[…, D]`, with every token's column, giving `[…, V]`.
    public func callAsFunction(_ x: Tensor) -> Tensor { product(x, transposed: columns) }
  }
}

extension Weights.Linear {
  /// What each head adds to the residual stream: its `z` times its own rows of W_O, without the bias.
  ///
  /// - Parameter z: `[T, H, d]`.
  /// - Returns: `[T, H, D]`.
  func result(ofEachHeadIn z: Tensor) -> Tensor {
    productOfEachHead(z, weight)
  }
}
