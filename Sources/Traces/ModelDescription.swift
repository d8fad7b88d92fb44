import Formats

/// What a trace says of the model that made it: its sizes, and what it is called.
///
/// Written under TransformerLens's names (`n_layers`, `d_model`, …). Hugging Face's names are read as well; sizes that
/// are not given are taken from the shapes of the activations.
public struct ModelDescription: Sendable, Equatable {
  /// What the model is called.
  public var name: String?
  /// What the model was trained on, in one phrase.
  public var trainedOn: String?
  /// The number of blocks, L.
  public var layerCount: Int?
  /// The number of attention heads in a block, H.
  public var headCount: Int?
  /// The model's width: the length of every vector in the residual stream, D.
  public var dModel: Int?
  /// A head's width, d.
  public var dHead: Int?
  /// The MLP's width: the number of neurons in a block, F.
  public var dMLP: Int?
  /// The number of entries in the vocabulary, V.
  public var dVocab: Int?
  /// The most tokens the model can see at once, C.
  public var contextLength: Int?
  /// The ε of the norms.
  public var epsilon: Double?
  /// The MLP's nonlinearity, by Hugging Face's name: `gelu_new`, `gelu`, `relu`.
  public var activation: String?
  /// Whether the unembedding is the transposed embedding.
  public var isTied: Bool?
  /// What else sets the model's equations apart from those of other models.
  public var architecture = ArchitectureDescription()

  /// Makes a description that says nothing yet.
  public init() {}
}

extension ModelDescription {
  /// Reads a description under TransformerLens's or Hugging Face's names.
  ///
  /// A plain string is taken as the model's name. What is missing, or is not what it should be, stays `nil`.
  init(_ json: JSONValue) {
    name = (json.string ?? json.string("model_name name _name_or_path"))?.ifShort
    trainedOn = json.string("trained_on")?.ifShort
    layerCount = json.size("n_layers n_layer num_hidden_layers")
      .flatMap { $0 <= Trace.maximumLayerCount ? $0 : nil }
    headCount = json.size("n_heads n_head num_attention_heads")
    dModel = json.size("d_model n_embd hidden_size")
    dHead = json.size("d_head head_dim")
    dMLP = json.size("d_mlp n_inner intermediate_size")
    dVocab = json.size("d_vocab vocab_size")
    contextLength = json.size("n_ctx n_positions max_position_embeddings")
    epsilon = json.number("eps layer_norm_epsilon layer_norm_eps rms_norm_eps")
    let function = json.first("act_fn activation_function hidden_activation hidden_act")
    activation = function?.string?.ifShort
    isTied = json.boolean("tied tie_word_embeddings")
    architecture = ArchitectureDescription(json)
  }

  /// The description as it is written into a trace.
  var json: JSON {
    let entries: [(name: String, value: JSON?)] = [
      ("model_name", name.map { JSON.string($0) }),
      ("trained_on", trainedOn.map { JSON.string($0) }),
      ("n_layers", layerCount.map { JSON.integer($0) }),
      ("n_heads", headCount.map { JSON.integer($0) }),
      ("d_model", dModel.map { JSON.integer($0) }),
      ("d_head", dHead.map { JSON.integer($0) }),
      ("d_mlp", dMLP.map { JSON.integer($0) }),
      ("d_vocab", dVocab.map { JSON.integer($0) }),
      ("n_ctx", contextLength.map { JSON.integer($0) }),
      ("eps", epsilon.map { JSON.number($0) }),
      ("act_fn", activation.map { JSON.string($0) }),
      ("tied", isTied.map { JSON.bool($0) }),
    ]
    return .present(entries + architecture.entries)
  }
}

extension String {
  /// The string, unless it is too long to be what something is called.
  fileprivate var ifShort: String? { utf8.count <= 1000 ? self : nil }
}
