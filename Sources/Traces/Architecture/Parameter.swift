/// A tensor that a model has learned, as its checkpoint holds it: what it is for, what it is called there, its shape.
public struct Parameter: Sendable, Hashable {
  /// What a parameter is for; the name is the one that GGUF files have for it, in all families.
  public enum Role: String, Sendable, CaseIterable {
    /// W_E, and W_pos.
    case embedding = "token_embd", position = "position_embd"
    /// The norm before attention.
    case norm1 = "attn_norm"
    /// W_Q, W_K and W_V in one matrix; or in three.
    case queryKeyValue = "attn_qkv", query = "attn_q", key = "attn_k", value = "attn_v"
    /// The norms of each head's queries and keys.
    case queryNorm = "attn_q_norm", keyNorm = "attn_k_norm"
    /// W_O, and the norm after attention.
    case output = "attn_output", norm1Post = "post_attention_norm"
    /// The norm before the MLP.
    case norm2 = "ffn_norm"
    /// W_gate, W_in and W_out, and the norm after the MLP.
    case gate = "ffn_gate", up = "ffn_up", down = "ffn_down", norm2Post = "post_ffw_norm"
    /// The norm after the last block, and W_U.
    case finalNorm = "output_norm", unembedding = "output"

    /// Whether there is one in every block.
    public var isInBlocks: Bool {
      switch self {
      case .embedding, .position, .finalNorm, .unembedding: false
      default: true
      }
    }

    /// Whether it is a norm's gain or bias.
    public var isNorm: Bool {
      switch self {
      case .norm1, .queryNorm, .keyNorm, .norm1Post, .norm2, .norm2Post, .finalNorm: true
      default: false
      }
    }

    /// What TransformerLens calls it, within a block or at the ends, without `W_` and the like.
    var lensName: (module: String, letter: String) {
      switch self {
      case .embedding: ("embed", "E")
      case .position: ("pos_embed", "pos")
      case .norm1: ("ln1", "")
      case .queryKeyValue: ("attn", "")
      case .query: ("attn", "Q")
      case .key: ("attn", "K")
      case .value: ("attn", "V")
      case .queryNorm: ("attn.q_norm", "")
      case .keyNorm: ("attn.k_norm", "")
      case .output: ("attn", "O")
      case .norm1Post: ("ln1_post", "")
      case .norm2: ("ln2", "")
      case .gate: ("mlp", "gate")
      case .up: ("mlp", "in")
      case .down: ("mlp", "out")
      case .norm2Post: ("ln2_post", "")
      case .finalNorm: ("ln_final", "")
      case .unembedding: ("unembed", "U")
      }
    }

    /// The name of its bias among those of an architecture: `b_Q`.
    var biasName: String {
      self == .queryKeyValue ? "b_Q" : "b_\(lensName.letter)"
    }
  }

  /// What it is for.
  public let role: Role
  /// The block it is in.
  public let layer: Int?
  /// Whether it is what is added, not what is multiplied by.
  public let isBias: Bool
  /// Its name in a Hugging Face checkpoint of the bare model.
  public let name: String
  /// Its shape there.
  public let shape: [Int]

  /// Names a parameter, whatever its file calls it.
  package init(
    role: Role,
    layer: Int?,
    isBias: Bool,
    name: String = "",
    shape: [Int] = []
  ) {
    (self.role, self.layer, self.isBias) = (role, layer, isBias)
    (self.name, self.shape) = (name, shape)
  }

  /// The same under another name.
  func named(_ name: String) -> Parameter {
    Parameter(role: role, layer: layer, isBias: isBias, name: name, shape: shape)
  }

  /// How many numbers it has.
  public var count: Int64 { shape.reduce(1) { $0 * Int64($1) } }

  /// Its name in a GGUF file.
  public var ggufName: String {
    (layer.map { "blk.\($0)." } ?? "") + role.rawValue + (isBias ? ".bias" : ".weight")
  }

  /// Its name in TransformerLens; of what holds several of its parameters, the first's.
  public var lensName: String {
    let (module, letter) = role.lensName
    let kind = role.isNorm ? (isBias ? "b" : "w") : (isBias ? "b_" : "W_")
    let last = kind + (role == .queryKeyValue ? "Q" : letter)
    return (layer.map { "blocks.\($0)." } ?? "") + "\(module).\(last)"
  }
}
