/// A place in the forward pass whose value can be recorded.
///
/// The names are those of TransformerLens, so that its users can read our traces and we theirs; the three it does not have
/// are marked *ours* below. Shapes leave out the batch. What only other architectures than GPT-2 record stands in
/// `OtherHookPoints.swift`.
///
/// - SeeAlso: `ActivationCache` in TransformerLens, <https://github.com/TransformerLensOrg/TransformerLens>.
public struct HookPoint: Hashable, Sendable {
  /// What one axis of a recorded tensor counts.
  public enum Axis: String, Sendable {
    /// Positions in the prompt, T of them. In an attention matrix: the position that looks, and the one looked at.
    case position, query, key
    /// Attention heads, H of them.
    case head
    /// Heads of keys and values, of which several attention heads may share one.
    case keyValueHead
    /// The model's width D, a head's width d, the MLP's width F, the vocabulary's size V.
    case dModel, dHead, dMLP, dVocab
    /// A single number for each position.
    case one
  }

  /// The name under which the value stands in a trace, for example `blocks.0.attn.hook_pattern`.
  public let name: String
  /// What the axes of the value count, outermost first.
  public let axes: [Axis]

  init(_ name: String, _ axes: [Axis]) {
    self.name = name
    self.axes = axes
  }

  /// Which of the axes runs over the positions; in an attention matrix, over those that look.
  public var positionAxis: Int? { axes.firstIndex { $0 == .position || $0 == .query } }

  /// Two hook points are one if their names are.
  public static func == (a: HookPoint, b: HookPoint) -> Bool { a.name == b.name }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) { hasher.combine(name) }
}

// MARK: - Before the first block and after the last

extension HookPoint {
  /// The token embeddings: rows of W_E. `[position, dModel]`
  public static let embed = HookPoint("hook_embed", [.position, .dModel])
  /// The position embeddings: rows of W_pos. `[position, dModel]`
  public static let posEmbed = HookPoint("hook_pos_embed", [.position, .dModel])
  /// The scores of every vocabulary entry as the next token (ours). `[position, dVocab]`, logits
  public static let logits = HookPoint("logits", [.position, .dVocab])
  /// Softmax of the logits at temperature 1 (ours). `[position, dVocab]`, each row sums to 1
  public static let probabilities = HookPoint("probabilities", [.position, .dVocab])
}

// MARK: - The residual stream of block `layer`

extension HookPoint {
  /// The residual stream before the block. `[position, dModel]`
  public static func residPre(_ layer: Int) -> HookPoint { stream(layer, "hook_resid_pre") }
  /// What attention adds to the stream. `[position, dModel]`
  public static func attnOut(_ layer: Int) -> HookPoint { stream(layer, "hook_attn_out") }
  /// The residual stream between attention and MLP. `[position, dModel]`
  public static func residMid(_ layer: Int) -> HookPoint { stream(layer, "hook_resid_mid") }
  /// What the MLP adds to the stream. `[position, dModel]`
  public static func mlpOut(_ layer: Int) -> HookPoint { stream(layer, "hook_mlp_out") }
  /// The residual stream after the block. `[position, dModel]`
  public static func residPost(_ layer: Int) -> HookPoint { stream(layer, "hook_resid_post") }

  private static func stream(_ layer: Int, _ name: String) -> HookPoint {
    HookPoint("blocks.\(layer).\(name)", [.position, .dModel])
  }
}

// MARK: - Layer norms

/// One of the model's layer norms.
public enum NormSite: Hashable, Sendable {
  /// Before the attention of a block.
  case beforeAttention(layer: Int)
  /// Before the MLP of a block.
  case beforeMLP(layer: Int)
  /// Between the attention of a block and the stream, where a model has such a norm.
  case afterAttention(layer: Int)
  /// Between the MLP of a block and the stream, where a model has such a norm.
  case afterMLP(layer: Int)
  /// Of each head's queries in a block, where a model has such a norm; and of its keys.
  case queries(layer: Int), keys(layer: Int)
  /// After the last block.
  case final

  /// The name of the norm, for example `blocks.0.ln1`.
  public var name: String {
    switch self {
    case .beforeAttention(let layer): "blocks.\(layer).ln1"
    case .beforeMLP(let layer): "blocks.\(layer).ln2"
    case .afterAttention(let layer): "blocks.\(layer).ln1_post"
    case .afterMLP(let layer): "blocks.\(layer).ln2_post"
    case .queries(let layer): "blocks.\(layer).attn.q_norm"
    case .keys(let layer): "blocks.\(layer).attn.k_norm"
    case .final: "ln_final"
    }
  }

  /// What the axes of a value count that this norm is of.
  fileprivate var axes: [HookPoint.Axis] {
    switch self {
    case .queries: [.position, .head, .dHead]
    case .keys: [.position, .keyValueHead, .dHead]
    default: [.position, .dModel]
    }
  }
}

extension HookPoint {
  /// What a norm divides by: √(variance + ε), or √(mean square + ε). `[position, 1]`
  public static func scale(_ norm: NormSite) -> HookPoint {
    HookPoint("\(norm.name).hook_scale", norm.axes.dropLast() + [.one])
  }
  /// A layer norm's result before gain and bias. `[position, dModel]`
  public static func normalized(_ norm: NormSite) -> HookPoint {
    HookPoint("\(norm.name).hook_normalized", norm.axes)
  }
  /// A layer norm's result. `[position, dModel]`
  public static func normOut(_ norm: NormSite) -> HookPoint {
    switch norm {
    case .queries(let layer): qNormed(layer)
    case .keys(let layer): kNormed(layer)
    default: HookPoint("\(norm.name).hook_out", norm.axes)
    }
  }
}

// MARK: - Attention of block `layer`

extension HookPoint {
  /// The queries: what each position looks for. `[position, head, dHead]`
  public static func q(_ layer: Int) -> HookPoint { perHead(layer, "hook_q") }
  /// The keys: what each position offers to be found by. `[position, keyValueHead, dHead]`
  public static func k(_ layer: Int) -> HookPoint { perHead(layer, "hook_k", .keyValueHead) }
  /// The values: what each position hands over. `[position, keyValueHead, dHead]`
  public static func v(_ layer: Int) -> HookPoint { perHead(layer, "hook_v", .keyValueHead) }
  /// The values weighted by the pattern and summed. `[position, head, dHead]`
  public static func z(_ layer: Int) -> HookPoint { perHead(layer, "hook_z") }
  /// Attention scores q·k/√d before the causal mask (ours). `[head, query, key]`
  public static func attnScoresUnmasked(_ layer: Int) -> HookPoint {
    square(layer, "hook_attn_scores_unmasked")
  }
  /// Attention scores after the causal mask; what lies ahead is −∞. `[head, query, key]`
  public static func attnScores(_ layer: Int) -> HookPoint { square(layer, "hook_attn_scores") }
  /// The attention pattern, softmax of the scores; each row sums to 1. `[head, query, key]`
  public static func pattern(_ layer: Int) -> HookPoint { square(layer, "hook_pattern") }
  /// What each head writes to the residual stream. `[position, head, dModel]`
  public static func result(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).attn.hook_result", [.position, .head, .dModel])
  }

  static func perHead(_ layer: Int, _ name: String, _ head: Axis = .head) -> HookPoint {
    HookPoint("blocks.\(layer).attn.\(name)", [.position, head, .dHead])
  }

  private static func square(_ layer: Int, _ name: String) -> HookPoint {
    HookPoint("blocks.\(layer).attn.\(name)", [.head, .query, .key])
  }
}

// MARK: - The MLP of block `layer`

extension HookPoint {
  /// The neurons before the nonlinearity. `[position, dMLP]`
  public static func mlpPre(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).mlp.hook_pre", [.position, .dMLP])
  }
  /// The neurons' activations, after the nonlinearity. `[position, dMLP]`
  public static func mlpPost(_ layer: Int) -> HookPoint {
    HookPoint("blocks.\(layer).mlp.hook_post", [.position, .dMLP])
  }
}

// MARK: - All of them

extension HookPoint {
  /// Every hook point of a GPT-2 with `layerCount` blocks, in the order of the forward pass.
  public static func all(layerCount: Int) -> [HookPoint] {
    [.embed, .posEmbed]
      + (0..<layerCount).flatMap(ofBlock)
      + [.scale(.final), .normalized(.final), .normOut(.final), .logits, .probabilities]
  }

  /// Every hook point of one block, in the order of the forward pass.
  public static func ofBlock(_ layer: Int) -> [HookPoint] {
    let norm1 = NormSite.beforeAttention(layer: layer)
    let norm2 = NormSite.beforeMLP(layer: layer)
    return [
      .residPre(layer), .scale(norm1), .normalized(norm1), .normOut(norm1),
      .q(layer), .k(layer), .v(layer), .attnScoresUnmasked(layer), .attnScores(layer),
      .pattern(layer), .z(layer), .result(layer), .attnOut(layer), .residMid(layer),
      .scale(norm2), .normalized(norm2), .normOut(norm2), .mlpPre(layer), .mlpPost(layer),
      .mlpOut(layer), .residPost(layer),
    ]
  }
}
