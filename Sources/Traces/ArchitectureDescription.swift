import Formats
import Platform

/// What a trace says of its model's equations, where it says it.
///
/// Written under TransformerLens's names (`normalization_type`, `gated_mlp`, …), of which most configurations of Hugging
/// Face have another spelling. What is not said stays `nil`: it may show in the numbers, or not be known.
public struct ArchitectureDescription: Sendable, Equatable {
  /// The kind of norm.
  public enum Norm: String, Sendable {
    /// Layer norm, with a gain and a bias or with neither.
    case layerNorm = "LN", bareLayerNorm = "LNPre"
    /// Division by the root of the mean square, with a gain or without.
    case rootMeanSquare = "RMS", bareRootMeanSquare = "RMSPre"

    /// Whether the mean is taken away first.
    public var takesMeanAway: Bool { self == .layerNorm || self == .bareLayerNorm }
  }

  /// How the model knows where a token stands.
  public enum Positions: String, Sendable {
    /// A learned row for each place is added to the embedding.
    case learned = "standard"
    /// Queries and keys are rotated by angles that grow with the place.
    case rotary
    /// Some other way, or none.
    case shortformer, alibi, none
  }

  /// The class that runs the model: `GPT2LMHeadModel`, `LlamaForCausalLM`.
  public var name: String?
  /// The norms before attention, before the MLP and at the end.
  public var norm: Norm?
  /// Whether the norm at the end is one of the mean square, whatever the others are.
  public var finalNormIsRootMeanSquare: Bool?
  /// Whether what attention and the MLP give passes a norm before it is added to the stream.
  public var normalizesAdditions: Bool?
  /// How the model knows where a token stands.
  public var positions: Positions?
  /// How queries and keys are turned.
  public var rotary: Rotary?
  /// What the rows of W_E are multiplied by.
  public var embeddingScale: Double?
  /// The heads of keys and values, of which several query heads may share one.
  public var keyValueHeadCount: Int?
  /// What q·k is divided by.
  public var scoreDivisor: Double?
  /// Whether scores are divided by the layer's number, from 1, as well.
  public var dividesScoresByLayer: Bool?
  /// c, where scores are capped: c · tanh(score / c).
  public var scoreCap: Double?
  /// c, where logits are capped likewise.
  public var logitCap: Double?
  /// How many positions a query looks back at, its own counted, in the layers that have a window.
  public var window: Int?
  /// The layers that have one.
  public var windowed: LayerSet?
  /// Whether the MLP multiplies its activation by a second product of its input.
  public var isGated: Bool?
  /// Whether attention and MLP read the same stream, side by side.
  public var isParallel: Bool?
  /// The biases that matrices have, by TransformerLens's names: `b_Q`, `b_K`, `b_V`, `b_O`, `b_in`, `b_out`, `b_U`.
  public var biases: Set<String>?

  /// How far back the queries of a layer look, their own position counted, if the layer has a window.
  public func window(ofLayer layer: Int) -> Int? {
    windowed?.contains(layer) == true ? window : nil
  }

  /// Makes a description that says nothing yet.
  public init() {}

  /// Whether a matrix has a bias, by the bias's name; `nil` if that is not said.
  public func has(_ bias: String) -> Bool? { biases?.contains(bias) }
}

extension ArchitectureDescription {
  /// Reads a description under TransformerLens's or Hugging Face's names.
  init(_ json: JSONValue) {
    let called = json.string("original_architecture model_type")
    let name = called ?? json.first("architectures")?.array?.first?.string
    self = .family(name)
    self.name = name
    norm = json.string("normalization_type").flatMap { Norm(rawValue: $0) } ?? norm
    if norm == nil { norm = json["rms_norm_eps"] == nil ? nil : .rootMeanSquare }
    finalNormIsRootMeanSquare = json.boolean("final_rms")
    normalizesAdditions =
      json.boolean("use_normalization_before_and_after") ?? normalizesAdditions
    positions =
      json.string("positional_embedding_type").flatMap { Positions(rawValue: $0) }
      ?? positions
    if positions == nil, json.first("rope_theta rope_parameters rotary_emb_base") != nil {
      positions = .rotary
    }
    embeddingScale = json.number("embedding_scale")
    if name?.lowercasedASCII.hasPrefix("gemma") == true, embeddingScale == nil {
      embeddingScale = json.number("d_model hidden_size")?.squareRoot()
    }
    keyValueHeadCount = json.size("n_key_value_heads num_key_value_heads")
    scoreDivisor =
      json.number("attn_scale").positive
      ?? json.number("query_pre_attn_scalar").positive?.squareRoot()
    dividesScoresByLayer = json.boolean("scale_attn_by_inverse_layer_idx")
    scoreCap = json.number("attn_scores_soft_cap attn_logit_softcapping").positive
    logitCap = json.number("output_logits_soft_cap final_logit_softcapping").positive
    rotary = Rotary(json)
    if let kinds = json["attn_types"]?.array {
      window = json.size("window_size")
      var layers: LayerSet = []
      for layer in kinds.indices.clamped(to: LayerSet.layers) where kinds[layer].string == "local" {
        layers.insert(layer)
      }
      windowed = layers
    }
    isGated = json.boolean("gated_mlp") ?? isGated
    isParallel = json.boolean("parallel_attn_mlp use_parallel_residual") ?? isParallel
    choose(["b_Q", "b_K", "b_V", "b_O"], json.boolean("attention_bias"))
    choose(["b_in", "b_gate", "b_out"], json.boolean("mlp_bias"))
    biases = json.first("biases")?.array.map { Set($0.compactMap { $0.string }) } ?? biases
  }

  /// Takes the choice of a configuration of a family whose biases are known otherwise.
  private mutating func choose(_ names: Set<String>, _ isChosen: Bool?) {
    guard let isChosen, let known = biases else { return }
    biases = isChosen ? known.union(names) : known.subtracting(names)
  }

  /// The description as it is written into a trace.
  var entries: [(name: String, value: JSON?)] {
    [
      ("original_architecture", name.map { JSON.string($0) }),
      ("normalization_type", norm.map { .string($0.rawValue) }),
      ("final_rms", finalNormIsRootMeanSquare.map { JSON.bool($0) }),
      ("use_normalization_before_and_after", normalizesAdditions.map { JSON.bool($0) }),
      ("positional_embedding_type", positions.map { .string($0.rawValue) }),
      ("rotary_dim", rotary.map { JSON.integer($0.dimensions) }),
      ("rotary_base", rotary.map { JSON.number($0.base) }),
      ("rotary_scaling", rotary?.scaling?.json),
      ("embedding_scale", embeddingScale.map { JSON.number($0) }),
      ("n_key_value_heads", keyValueHeadCount.map { JSON.integer($0) }),
      ("attn_scale", scoreDivisor.map { JSON.number($0) }),
      ("scale_attn_by_inverse_layer_idx", dividesScoresByLayer.map { JSON.bool($0) }),
      ("attn_scores_soft_cap", scoreCap.map { JSON.number($0) }),
      ("output_logits_soft_cap", logitCap.map { JSON.number($0) }),
      ("window_size", window.map { JSON.integer($0) }),
      (
        "attn_types",
        windowed.map { layers in
          .array((0..<layers.end).map { .string(layers.contains($0) ? "local" : "global") })
        }
      ),
      ("gated_mlp", isGated.map { JSON.bool($0) }),
      ("parallel_attn_mlp", isParallel.map { JSON.bool($0) }),
      ("biases", biases.map { .array($0.sorted().map { JSON.string($0) }) }),
    ]
  }
}

extension Rotary {
  /// Reads how pairs are turned, where a trace says so.
  init?(_ json: JSONValue) {
    guard let dimensions = json.size("rotary_dim"), dimensions % 2 == 0, dimensions <= 1 << 16,
      let base = json.number("rotary_base"), base > 1, base.isFinite
    else { return nil }
    self.init(dimensions: dimensions, base: base)
    guard let given = json.first("rotary_scaling") else { return }
    let numbers = ["factor", "low", "high", "original"].map { given[$0]?.number.positive }
    guard let factor = numbers[0] else { return nil }
    if let low = numbers[1], let high = numbers[2], let original = numbers[3] {
      scaling = .llama3(factor: factor, low: low, high: high, original: original)
    } else {
      scaling = .linear(factor: factor)
    }
  }
}

extension Rotary.Scaling {
  /// The factors by their names.
  fileprivate var json: JSON {
    switch self {
    case .linear(let factor): return ["factor": .number(factor)]
    case .llama3(let factor, let low, let high, let original):
      return [
        "factor": .number(factor), "low": .number(low), "high": .number(high),
        "original": .number(original),
      ]
    }
  }
}

extension Double? {
  /// The number, if it is one above zero: what is turned off is often written −1.
  fileprivate var positive: Double? { flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
}
