/// What a GGUF file says of its model's sizes, under the names of llama.cpp.
///
/// Each stands under `ARCHITECTURE.name`, such as `llama.block_count`; what a file leaves out has the
/// value that llama.cpp takes then.
public struct GGUFSettings: Sendable, Equatable {
  /// What stands under `general.architecture`: `llama` for Llama, Mistral and SmolLM2, `qwen2`, `gemma2`.
  public let architecture: String
  /// `general.name`, if the file has one.
  public let name: String?
  /// `block_count`: how many layers.
  public let layers: Int
  /// `embedding_length`: the stream's width.
  public let width: Int
  /// `feed_forward_length`: how many neurons an MLP has.
  public let neurons: Int
  /// `context_length`: the most tokens.
  public let context: Int
  /// `attention.head_count`: how many query heads.
  public let heads: Int
  /// `attention.head_count_kv`: how many key and value heads; as many as query heads if left out.
  public let keyHeads: Int
  /// `attention.key_length`: a head's width; `width / heads` if left out.
  public let headWidth: Int
  /// `attention.layer_norm_rms_epsilon`, or `attention.layer_norm_epsilon`.
  public let normEpsilon: Double
  /// `rope.freq_base`: θ of the rotary angles `t · θ^(−2i/n)`; 10,000 if left out.
  public let rotaryBase: Double
  /// `rope.dimension_count`: how many of a head's dimensions are turned; all if left out.
  public let rotaryWidth: Int
  /// `rope.scaling.type` and `rope.scaling.factor`, where they ask for anything.
  public let rotaryScaling: String?
  /// By what the angles are divided if ``rotaryScaling`` is `linear`; 1 if left out.
  public let rotaryFactor: Double
  /// `attention.sliding_window`, if there is one.
  public let window: Int?
  /// `attn_logit_softcapping`, if there is one.
  public let scoreCap: Double?
  /// `final_logit_softcapping`, if there is one.
  public let logitCap: Double?
  /// `use_parallel_residual`: whether MLP and attention read the same stream.
  public let isParallel: Bool
  /// How many experts an MLP has; 0 for one that is not made of them.
  public let experts: Int
  /// `tokenizer.chat_template`, if the file has one: Jinja.
  public let chatTemplate: String?

  /// Reads the settings.
  ///
  /// - Throws: ``GGUFError`` that names what is missing or no sensible number.
  public init(_ header: GGUFHeader) throws(GGUFError) {
    guard let architecture = header["general.architecture"]?.string else {
      throw GGUFError(file: header.name, "“general.architecture” is missing: no model")
    }
    let reader = SettingsReader(header: header, architecture: architecture)
    self.architecture = architecture
    name = header["general.name"]?.string
    layers = try reader.count("block_count")
    width = try reader.count("embedding_length")
    neurons = try reader.count("feed_forward_length")
    context = try reader.count("context_length")
    heads = try reader.count("attention.head_count")
    keyHeads = try reader.count("attention.head_count_kv", or: heads)
    headWidth = try reader.count("attention.key_length", or: width / heads)
    let values = try reader.count("attention.value_length", or: headWidth)
    guard heads % keyHeads == 0, values == headWidth else {
      throw GGUFError(
        file: header.name,
        "\(heads) query heads of \(headWidth) do not share \(keyHeads) key heads whose values have "
          + "\(values)"
      )
    }
    let plainEpsilon = try reader.number("attention.layer_norm_epsilon") ?? 1e-5
    normEpsilon = try reader.number("attention.layer_norm_rms_epsilon") ?? plainEpsilon
    rotaryBase = try reader.number("rope.freq_base") ?? 10_000
    rotaryWidth = try reader.count("rope.dimension_count", or: headWidth)
    let scaling = header["\(architecture).rope.scaling.type"]?.string
    rotaryScaling = scaling == "none" ? nil : scaling
    rotaryFactor = try reader.number("rope.scaling.factor") ?? 1
    let window = try reader.number("attention.sliding_window").flatMap { Int(exactly: $0) } ?? 0
    self.window = window > 0 ? window : nil
    scoreCap = try reader.number("attn_logit_softcapping")
    logitCap = try reader.number("final_logit_softcapping")
    isParallel = header["\(architecture).use_parallel_residual"]?.boolean ?? false
    experts = header["\(architecture).expert_count"]?.integer ?? 0
    chatTemplate = header["tokenizer.chat_template"]?.string
  }
}

/// Looks up settings of an architecture.
private struct SettingsReader {
  let header: GGUFHeader
  let architecture: String

  private func error(_ key: String, _ reason: String) -> GGUFError {
    GGUFError(file: header.name, "“\(architecture).\(key)” \(reason)")
  }

  /// A count from 1 up; files may state one for each layer, all equal.
  func count(_ key: String, or other: Int? = nil) throws(GGUFError) -> Int {
    guard let value = header["\(architecture).\(key)"] else {
      if let other, other > 0 { return other }
      throw error(key, "is missing")
    }
    var number = value.number
    if let all = value.array?.numbers {
      guard all.allSatisfy({ $0 == all[0] }) else { throw error(key, "differs between layers") }
      number = all.first
    }
    guard let number, let count = Int(exactly: number), (1...1 << 24).contains(count) else {
      throw error(key, "is no count from 1 to \(1 << 24)")
    }
    return count
  }

  func number(_ key: String) throws(GGUFError) -> Double? {
    guard let value = header["\(architecture).\(key)"] else { return nil }
    guard let number = value.number, number.isFinite, number >= 0 else {
      throw error(key, "is no number from 0 up")
    }
    return number
  }
}
