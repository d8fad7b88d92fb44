import Formats

/// `config.json` as Hugging Face writes it for GPT-2, also with the names that other models have for
/// the same sizes, which count more, as in transformers' `attribute_map`.
///
/// - SeeAlso: `GPT2Config`, <https://huggingface.co/docs/transformers/model_doc/gpt2>.
extension Configuration {
  /// Reads `config.json`.
  ///
  /// - Parameters:
  ///   - json: The file's bytes.
  ///   - file: The file's name, for messages.
  /// - Throws: ``CheckpointError`` if a setting is missing, of the wrong type, out of range, or of another architecture.
  public init(json: some Collection<UInt8>, file: String) throws(CheckpointError) {
    try self.init(SettingsFile(json, file: file))
  }

  init(_ given: SettingsFile) throws(CheckpointError) {
    let file = given.file
    if let type = try given.text("model_type"), type != "gpt2" {
      throw .unsupported(file: file, what: "model_type is “\(type)”")
    }
    if try given.flag("add_cross_attention") == true {
      throw .unsupported(file: file, what: "the model has cross-attention")
    }
    // Sizes are read as any number, so that one that is not whole or too large can be named.
    func size(
      _ key: String,
      under otherKeys: [String] = [],
      otherwise size: Int? = nil
    ) throws(CheckpointError) -> Int {
      var value = try given.number(key)
      // Of several, the first counts most.
      for key in otherKeys.reversed() { value = try given.number(key) ?? value }
      value = value ?? size.map { Double($0) }
      guard let value else {
        throw .setting(file: file, key: key, problem: "is missing, expected a whole number")
      }
      guard let size = Int64(exactly: value), 1...Int64(Self.largestSize) ~= size else {
        let found = Int64(exactly: value).map { "\($0)" } ?? "\(value)"
        throw .setting(
          file: file,
          key: key,
          problem: "is \(found), expected a whole number from 1 to \(Self.largestSize)"
        )
      }
      return Int(size)
    }
    layerCount = try size("n_layer", under: ["num_hidden_layers"])
    headCount = try size("n_head", under: ["num_attention_heads"])
    dModel = try size("n_embd", under: ["hidden_size"])
    guard dModel.isMultiple(of: headCount) else {
      throw .setting(
        file: file,
        key: "n_embd",
        problem: "is \(dModel), which \(headCount) heads cannot share"
      )
    }
    dMLP = try size("n_inner", otherwise: 4 * dModel)
    dVocab = try size("vocab_size")
    contextLength = try size(
      "n_positions",
      under: ["max_position_embeddings", "n_positions", "n_ctx"]
    )
    let epsilon = try given.number("layer_norm_epsilon") ?? 1e-5
    guard epsilon >= 0, Float(epsilon).isFinite else {
      throw .setting(
        file: file,
        key: "layer_norm_epsilon",
        problem: "is \(epsilon), expected 0 or more"
      )
    }
    self.epsilon = Float(epsilon)
    let name = try given.text("activation_function") ?? "gelu_new"
    guard let activation = Activation(huggingFaceName: name) else {
      let known = Activation.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw .setting(
        file: file,
        key: "activation_function",
        problem: "is “\(name)”, expected one of \(known)"
      )
    }
    self.activation = activation
    scalesScores = try given.flag("scale_attn_weights") ?? true
    scalesScoresByLayer = try given.flag("scale_attn_by_inverse_layer_idx") ?? false
    isTied = try given.flag("tie_word_embeddings") ?? true
  }

  /// Keeps every product of three sizes within 64 bits.
  private static let largestSize = 1 << 20
}
