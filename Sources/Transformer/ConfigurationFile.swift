import Formats
import Traces

/// `config.json` as Hugging Face writes it: for GPT-2 also with the names that other models have for
/// the same sizes, which count more, as in transformers' `attribute_map`; for the others as transformers 5 writes it and
/// as earlier versions did.
///
/// - SeeAlso: `configuration_*.py` of transformers, <https://github.com/huggingface/transformers>.
extension Configuration {
  /// Reads `config.json`.
  ///
  /// - Parameters:
  ///   - json: The file's bytes.
  ///   - file: The file's name, for messages.
  /// - Throws: ``CheckpointError`` if a setting is missing, of the wrong type, out of range, or asks for what this program
  ///   does not do.
  public init(json: some Collection<UInt8>, file: String) throws(CheckpointError) {
    try self.init(SettingsFile(json, file: file))
  }

  init(_ given: SettingsFile) throws(CheckpointError) {
    let file = given.file
    let type = try given.text("model_type") ?? "gpt2"
    guard let family = Family.all.first(where: { $0.type == type }) else {
      throw .unsupported(file: file, what: "model_type is “\(type)”")
    }
    try given.refuseWhatNoFamilyHas()
    for key in family.needed where !given.has(key) {
      throw .setting(file: file, key: key, problem: "is missing")
    }
    let isGPT2 = family.blocks == "h"
    layerCount = try given.size(isGPT2 ? "n_layer" : "num_hidden_layers", ["num_hidden_layers"])
    headCount = try given.size(isGPT2 ? "n_head" : "num_attention_heads", ["num_attention_heads"])
    dModel = try given.size(isGPT2 ? "n_embd" : "hidden_size", ["hidden_size"])
    keyValueHeadCount =
      isGPT2 ? headCount : try given.size("num_key_value_heads", otherwise: headCount)
    guard headCount.isMultiple(of: keyValueHeadCount) else {
      throw .setting(
        file: file,
        key: "num_key_value_heads",
        problem: "is \(keyValueHeadCount), which \(headCount) heads cannot share"
      )
    }
    let ownWidth = isGPT2 ? nil : try given.number("head_dim")
    guard ownWidth != nil || dModel.isMultiple(of: headCount) else {
      throw .setting(
        file: file,
        key: isGPT2 ? "n_embd" : "hidden_size",
        problem: "is \(dModel), which \(headCount) heads cannot share"
      )
    }
    dHead = ownWidth == nil ? dModel / headCount : try given.size("head_dim")
    dMLP =
      isGPT2
      ? try given.size("n_inner", otherwise: 4 * dModel) : try given.size("intermediate_size")
    dVocab = try given.size("vocab_size")
    contextLength = try given.size(
      isGPT2 ? "n_positions" : "max_position_embeddings",
      ["max_position_embeddings", "n_positions", "n_ctx"]
    )
    let epsilon = try given.number(family.epsilonSetting) ?? family.epsilon
    guard epsilon >= 0, Float(epsilon).isFinite else {
      throw .setting(
        file: file,
        key: family.epsilonSetting,
        problem: "is \(epsilon), expected 0 or more"
      )
    }
    self.epsilon = Float(epsilon)
    let name = try given.text(family.activationSetting)
    guard let activation = name.map({ Activation(huggingFaceName: $0) }) ?? family.activation else {
      let known = Activation.allCases.map { $0.rawValue }.joined(separator: ", ")
      throw .setting(
        file: file,
        key: family.activationSetting,
        problem: "is “\(name ?? "")”, expected one of \(known)"
      )
    }
    self.activation = activation
    isTied = try given.flag("tie_word_embeddings") ?? family.isTied
    architecture = family.architecture
    try architecture.choose(given, family, layers: layerCount, width: dModel, headWidth: dHead)
  }
}

extension Architecture {
  /// Takes the choices that a configuration makes within its family.
  fileprivate mutating func choose(
    _ given: SettingsFile,
    _ family: Family,
    layers: Int,
    width: Int,
    headWidth: Int
  ) throws(CheckpointError) {
    if rotary == nil {
      if try given.flag("scale_attn_weights") == false { scoreDivisor = 1 }
      dividesScoresByLayer = try given.flag("scale_attn_by_inverse_layer_idx") ?? false
    } else {
      rotary = try given.rotary(headWidth, share: family.rotaryShare)
    }
    if isParallel { isParallel = try given.flag("use_parallel_residual") ?? true }
    for choice in family.chosenBiases {
      guard let isChosen = try given.flag(choice.setting) else { continue }
      biases.choose(choice.biases, isChosen)
    }
    if family.scalesEmbedding { embeddingScale = Float(width).squareRoot() }
    if family.capsScores {
      scoreDivisor = try given.above0("query_pre_attn_scalar").map { Float($0.squareRoot()) }
      scoreCap = try given.above0("attn_logit_softcapping").map { Float($0) }
      logitCap = try given.above0("final_logit_softcapping").map { Float($0) }
    }
    try chooseWindows(given, family.windows, layers)
  }

  private mutating func chooseWindows(
    _ given: SettingsFile,
    _ windows: Family.Windows,
    _ layers: Int
  ) throws(CheckpointError) {
    var chosen = 0..<layers
    switch windows {
    case .none: return
    case .everywhere, .inEvenLayers: break
    case .inLateLayers:
      guard try given.flag("use_sliding_window") == true else { return }
      let first = try given.size("max_window_layers", otherwise: 28)
      chosen = min(first, layers)..<layers
    }
    guard given["sliding_window"] != nil else { return }
    guard layers <= LayerSet.layers.count else {
      throw .unsupported(file: given.file, what: "\(layers) layers have “sliding_window”")
    }
    window = try given.size("sliding_window")
    var step = 1
    if case .inEvenLayers = windows { step = 2 }
    for layer in stride(from: chosen.lowerBound, to: layers, by: step) { windowed.insert(layer) }
    guard let kinds = given["layer_types"]?.array else { return }
    guard kinds.count == layers else {
      throw .setting(
        file: given.file,
        key: "layer_types",
        problem: "names \(kinds.count) layers, expected \(layers)"
      )
    }
    windowed = []
    for (layer, kind) in kinds.enumerated() where kind.string != "full_attention" {
      guard kind.string == "sliding_attention" else {
        throw .unsupported(
          file: given.file,
          what: "“layer_types” asks for “\(kind.string ?? "")”"
        )
      }
      windowed.insert(layer)
    }
  }
}
