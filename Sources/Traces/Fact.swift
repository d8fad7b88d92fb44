/// A tensor recorded beside the activations because an explanation needs it.
///
/// Ids are stored as floats, which hold whole numbers exactly up to 2²⁴.
public struct Fact: Hashable, Sendable {
  /// The tensor's name in a trace.
  public let name: String

  /// Which of the tensor's axes runs over the prompt's positions, if one does.
  public let positionAxis: Int?

  private init(_ name: String, positionAxis: Int? = nil) {
    self.name = name
    self.positionAxis = positionAxis
  }

  // MARK: Neighbours of the prompt's tokens by cosine in W_E, nearest first

  /// Ids of the neighbours, the token itself aside. `[position, neighbour]`
  public static let neighbourID = Fact("facts.neighbours.token_id", positionAxis: 0)
  /// Cosines of the neighbours' embeddings with the token's. `[position, neighbour]`
  public static let neighbourCosine = Fact("facts.neighbours.cosine", positionAxis: 0)
  /// The neighbours' embeddings. `[position, neighbour, dModel]`
  public static let neighbourEmbed = Fact("facts.neighbours.embed", positionAxis: 0)

  // MARK: The logit lens: final norm and unembedding applied to the stream before block 0, after block 0, …

  /// Ids of the likeliest tokens. `[depth, position, rank]`; depth 0 is before the first block
  public static let lensID = Fact("facts.lens.token_id", positionAxis: 1)
  /// Their probabilities. `[depth, position, rank]`
  public static let lensProbability = Fact("facts.lens.probability", positionAxis: 1)

  // MARK: The likeliest next tokens on the way: the last position's stream read out by the logit lens

  /// Ids of the likeliest tokens, likeliest first. `[answer]`
  public static let answerID = Fact("facts.answers.token_id")
  /// Their ranks before the first block, after its attention, after its MLP, …; 1 is the likeliest.
  ///
  /// `[reading, answer]`: 2L + 1 readings, or L + 1 where attention and MLP are added at once.
  public static let answerRank = Fact("facts.answers.rank")
  /// Their probabilities there. `[reading, answer]`
  public static let answerProbability = Fact("facts.answers.probability")

  // MARK: Columns of W_U for each position's likeliest next tokens

  /// Ids of the tokens, likeliest first. `[position, rank]`
  public static let unembedID = Fact("facts.unembed.token_id", positionAxis: 0)
  /// Their columns of W_U. `[position, rank, dModel]`
  public static let unembedColumn = Fact("facts.unembed.W_U", positionAxis: 0)

  // MARK: The neurons that add most to each position's vector: |activation| · ‖row of W_out‖, largest first

  /// Indices of the neurons. `[layer, position, rank]`
  public static let neuronIndex = Fact("facts.neurons.index", positionAxis: 1)
  /// The lengths of their rows of W_out. `[layer, position, rank]`
  public static let neuronLength = Fact("facts.neurons.length", positionAxis: 1)
  /// Ids of the tokens whose logits the neuron raises most by its direct effect.
  ///
  /// `[layer, position, rank, promoted]`
  public static let promotedID = Fact("facts.neurons.direct.token_id", positionAxis: 1)
  /// The direct effect on these tokens' logits: what the neuron adds to the stream, taken through the final norm with the
  /// scale that it had on this run, and W_U. `[layer, position, rank, promoted]`, logits
  ///
  /// activation · ((row of W_out − its mean) ⊙ γ) / scale · column of W_U.
  ///
  /// - SeeAlso: Elhage et al. 2021, *A Mathematical Framework for Transformer Circuits*, on direct paths.
  public static let promotedLogit = Fact("facts.neurons.direct.logit", positionAxis: 1)

  // MARK: Pairs of words of one relation, as ``KnownPairs`` has them, those with words of the prompt first

  /// Ids of the words. `[pair, 2]`
  public static let pairID = Fact("facts.pairs.token_id")
  /// Their rows of W_E. `[pair, 2, dModel]`
  public static let pairEmbed = Fact("facts.pairs.embed")

  // MARK: Of quantised weights, a group taken apart: weight = integer · scale, or with a least value added

  /// The group's integers. `[weight]`
  public static let packedInteger = Fact("facts.quantization.integer")
  /// Its scale, and its least value if it has one. `[1 or 2]`
  public static let packedScale = Fact("facts.quantization.scale")
  /// The weights that the integers stand for. `[weight]`
  public static let packedWeight = Fact("facts.quantization.weight")

  /// Those that tell of the prompt's positions one by one.
  static let ofPositions: [Fact] = [
    neighbourID, neighbourCosine, neighbourEmbed, lensID, lensProbability, unembedID, unembedColumn,
    neuronIndex, neuronLength, promotedID, promotedLogit,
  ]

  // MARK: Weights, under TransformerLens's parameter names

  /// A layer norm's gain. `[dModel]`
  public static func gain(_ norm: NormSite) -> Fact { Fact("\(norm.name).w") }
  /// A layer norm's bias. `[dModel]`
  public static func bias(_ norm: NormSite) -> Fact { Fact("\(norm.name).b") }
  /// The bias of an attention's output. `[dModel]`
  public static func attentionOutputBias(_ layer: Int) -> Fact { Fact("blocks.\(layer).attn.b_O") }

  /// A small sample of a weight matrix: rows ⌊i · rows / R⌋ and columns ⌊j · columns / C⌋ of it. `[R, C]`
  public static func sample(of weight: WeightMatrix) -> Fact { Fact("facts.sample.\(weight.name)") }
}

/// A weight matrix, by TransformerLens's name.
///
/// Heads stand side by side, as in GPT-2's checkpoints.
public enum WeightMatrix: Hashable, Sendable {
  /// The embedding W_E, `[dVocab, dModel]`, and the position embedding W_pos, `[contextLength, dModel]`.
  case embedding, position
  /// The unembedding W_U, `[dModel, dVocab]`.
  case unembedding
  /// A block's query, key, value and output matrices, all heads together, `[dModel, dModel]`.
  case query(layer: Int), key(layer: Int), value(layer: Int), output(layer: Int)
  /// A block's up-projection W_in, `[dModel, dMLP]`, and down-projection W_out, `[dMLP, dModel]`.
  case up(layer: Int), down(layer: Int)

  /// The matrix's name, for example `blocks.0.attn.W_Q`.
  public var name: String {
    switch self {
    case .embedding: "embed.W_E"
    case .position: "pos_embed.W_pos"
    case .unembedding: "unembed.W_U"
    case .query(let layer): "blocks.\(layer).attn.W_Q"
    case .key(let layer): "blocks.\(layer).attn.W_K"
    case .value(let layer): "blocks.\(layer).attn.W_V"
    case .output(let layer): "blocks.\(layer).attn.W_O"
    case .up(let layer): "blocks.\(layer).mlp.W_in"
    case .down(let layer): "blocks.\(layer).mlp.W_out"
    }
  }

  /// Which of `count` rows or columns a sample of at most `limit` takes: ⌊i · count / limit⌋.
  public static func sampled(_ count: Int, limit: Int) -> [Int] {
    count <= limit ? Array(0..<count) : (0..<limit).map { $0 * count / limit }
  }
}
