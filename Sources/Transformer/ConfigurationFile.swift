#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `config.json` as Hugging Face writes it for GPT-2, also with the names that other models have for
/// the same sizes.
///
/// - SeeAlso: `GPT2Config`, <https://huggingface.co/docs/transformers/model_doc/gpt2>.
///
/// Its sizes are read as any number, so that one that is not whole or too large can be named.
struct ConfigurationFile: Decodable {
  var model_type: String?
  var n_layer: Double?
  var n_head: Double?
  var n_embd: Double?
  var n_inner: Double?
  var n_positions: Double?
  var n_ctx: Double?
  var vocab_size: Double?
  var layer_norm_epsilon: Double?
  var activation_function: String?
  var scale_attn_weights: Bool?
  var scale_attn_by_inverse_layer_idx: Bool?
  var add_cross_attention: Bool?
  var tie_word_embeddings: Bool?
  // Other names of the same sizes, as transformers' `attribute_map` has them; they count more.
  var num_hidden_layers: Double?
  var num_attention_heads: Double?
  var hidden_size: Double?
  var max_position_embeddings: Double?
}

extension Configuration {
  /// Reads `config.json`.
  ///
  /// - Parameters:
  ///   - json: The file's bytes.
  ///   - file: The file's name, for messages.
  /// - Throws: ``CheckpointError`` if a setting is missing, of the wrong type, out of range, or of another architecture.
  public init(json: some Sequence<UInt8>, file: String) throws(CheckpointError) {
    let given = try Self.decode(Data(json), file: file)
    if let type = given.model_type, type != "gpt2" {
      throw .unsupported(file: file, what: "model_type is “\(type)”")
    }
    if given.add_cross_attention == true {
      throw .unsupported(file: file, what: "the model has cross-attention")
    }
    func size(_ key: String, _ value: Double?) throws(CheckpointError) -> Int {
      guard let value else {
        throw .setting(file: file, key: key, problem: "is missing, expected a whole number")
      }
      guard let size = Int(exactly: value), 1...Self.largestSize ~= size else {
        let found = Int(exactly: value).map(String.init) ?? "\(value)"
        throw .setting(
          file: file,
          key: key,
          problem: "is \(found), expected a whole number from 1 to \(Self.largestSize)"
        )
      }
      return size
    }
    layerCount = try size("n_layer", given.num_hidden_layers ?? given.n_layer)
    headCount = try size("n_head", given.num_attention_heads ?? given.n_head)
    dModel = try size("n_embd", given.hidden_size ?? given.n_embd)
    guard dModel.isMultiple(of: headCount) else {
      throw .setting(
        file: file,
        key: "n_embd",
        problem: "is \(dModel), which \(headCount) heads cannot share"
      )
    }
    dMLP = try size("n_inner", given.n_inner ?? Double(4 * dModel))
    dVocab = try size("vocab_size", given.vocab_size)
    contextLength = try size(
      "n_positions",
      given.max_position_embeddings ?? given.n_positions ?? given.n_ctx
    )
    let epsilon = given.layer_norm_epsilon ?? 1e-5
    guard epsilon >= 0, Float(epsilon).isFinite else {
      throw .setting(
        file: file,
        key: "layer_norm_epsilon",
        problem: "is \(epsilon), expected 0 or more"
      )
    }
    self.epsilon = Float(epsilon)
    let name = given.activation_function ?? "gelu_new"
    guard let activation = Activation(huggingFaceName: name) else {
      let known = Activation.allCases.map(\.rawValue).joined(separator: ", ")
      throw .setting(
        file: file,
        key: "activation_function",
        problem: "is “\(name)”, expected one of \(known)"
      )
    }
    self.activation = activation
    scalesScores = given.scale_attn_weights ?? true
    scalesScoresByLayer = given.scale_attn_by_inverse_layer_idx ?? false
    isTied = given.tie_word_embeddings ?? true
  }

  /// Keeps every product of three sizes within 64 bits.
  private static let largestSize = 1 << 20

  private static func decode(_ data: Data, file: String) throws(CheckpointError)
    -> ConfigurationFile
  {
    do {
      return try JSONDecoder().decode(ConfigurationFile.self, from: data.withoutByteOrderMark)
    } catch DecodingError.typeMismatch(let type, let context) where !context.codingPath.isEmpty {
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw .setting(file: file, key: key, problem: "is not of type \(type)")
    } catch DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty {
      let key = context.codingPath.map(\.stringValue).joined(separator: ".")
      throw .setting(file: file, key: key, problem: "does not fit its type")
    } catch {
      throw .malformed(file: file, problem: data.isEmpty ? "is empty" : "is no JSON object")
    }
  }
}
