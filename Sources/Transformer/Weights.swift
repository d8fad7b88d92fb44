public import Tensors

/// What a model has learned: every matrix, gain and bias.
public struct Weights: Sendable {
  /// W_E: a row for each token. `[V, D]`
  public var embedding: Tensor
  /// W_pos: a row for each place in the text, if positions are learned. `[C, D]`
  public var position: Tensor?
  /// The blocks in order, L of them.
  public var blocks: [Block]
  /// The norm after the last block.
  public var finalNorm: Norm
  /// W_U: from a vector to a score for each token.
  public var unembedding: Unembedding

  /// Makes weights of their parts, in the order they act.
  package init(
    embedding: Tensor,
    position: Tensor?,
    blocks: [Block],
    finalNorm: Norm,
    unembedding: Unembedding
  ) {
    (self.embedding, self.position, self.blocks) = (embedding, position, blocks)
    (self.finalNorm, self.unembedding) = (finalNorm, unembedding)
  }

  /// A norm's gain, and its bias if it is a layer norm. `[D]` each
  public struct Norm: Sendable {
    /// What each normalized number is multiplied by.
    public var gain: Tensor
    /// What is added to it then.
    public var bias: Tensor?

    /// Makes a norm of its gain and bias.
    package init(gain: Tensor, bias: Tensor?) { (self.gain, self.bias) = (gain, bias) }
  }

  /// A block: attention, then an MLP, each with a norm before it, and in some models one after it.
  public struct Block: Sendable {
    /// The norm before the attention.
    public var norm1: Norm
    /// The attention.
    public var attention: Attention
    /// The norm before the MLP.
    public var norm2: Norm
    /// The MLP.
    public var mlp: MLP
    /// The norms between attention and the stream, and between the MLP and the stream: both, or none.
    public var normsAfter: [Norm] = []

    /// Makes a block of its parts, in the order they act.
    package init(norm1: Norm, attention: Attention, norm2: Norm, mlp: MLP) {
      (self.norm1, self.attention, self.norm2, self.mlp) = (norm1, attention, norm2, mlp)
    }
  }

  /// An attention's matrices.
  public struct Attention: Sendable {
    /// W_Q, W_K, W_V of all heads: side by side in one matrix, `[D, (H + 2 KV)·d]`; or in three.
    public var queryKeyValue: [Linear]
    /// Whether, in one matrix, they stand there head by head.
    public var isByHead = false
    /// The norms of each head's queries, and of its keys: both, or none. `[d]`
    public var headNorms: [Norm] = []
    /// W_O: head h owns rows h·d to (h+1)·d. `[H·d, D]`
    public var output: Linear

    /// Makes an attention of its matrices.
    package init(queryKeyValue: [Linear], output: Linear) {
      (self.queryKeyValue, self.output) = (queryKeyValue, output)
    }
  }

  /// An MLP's matrices.
  public struct MLP: Sendable {
    /// The gate W_gate, where there is one: what it lets through of the up-projection. `[D, F]`
    public var gate: Linear?
    /// The up-projection W_in: a column for each neuron's question. `[D, F]`
    public var up: Linear
    /// The down-projection W_out: a row for what each neuron adds. `[F, D]`
    public var down: Linear

    /// Makes an MLP of its matrices.
    package init(gate: Linear? = nil, up: Linear, down: Linear) {
      (self.gate, self.up, self.down) = (gate, up, down)
    }
  }

  /// A matrix and a bias: `x · weight + bias`.
  public struct Linear: Sendable {
    /// The matrix as its file has it. `[in, out]`, or `[out, in]`
    public var weight: Tensor
    /// The bias, if there is one. `[out]`
    public var bias: Tensor?
    /// Whether the matrix has a row for each output, as PyTorch's linear layers do.
    public let keepsOutputsInRows: Bool

    /// Makes a layer of its matrix and bias.
    package init(weight: Tensor, bias: Tensor?, keepsOutputsInRows: Bool = false) {
      (self.weight, self.bias) = (weight, bias)
      self.keepsOutputsInRows = keepsOutputsInRows
    }

    /// Applies both to every row of `x`, `[…, in]`, giving `[…, out]`.
    public func callAsFunction(_ x: Tensor) -> Tensor {
      keepsOutputsInRows
        ? product(x, transposed: weight, plus: bias) : product(x, weight, plus: bias)
    }

    /// What one of the inputs is multiplied by, `[out]`.
    package func row(_ input: Int) -> [Float] {
      keepsOutputsInRows ? weight.columns(input..<input + 1).values : weight.slice(input).values
    }

    /// The matrix with a row for each input, `[in, out]`; copied if it lies otherwise.
    package var inputsInRows: Tensor { keepsOutputsInRows ? weight.transposed() : weight }
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
    productOfEachHead(z, weight, isTransposed: keepsOutputsInRows)
  }
}
