import CAssets
import Tensors
import Tokenization
import Transformer

/// The model compiled into the program.
enum BuiltInModel {
  /// What it is called where its output is shown.
  static let name = "explain-world"
  /// What it learned from.
  static let trainedOn = "a small made-up world"

  /// What it says of itself.
  static func configuration() throws(CheckpointError) -> Configuration {
    try Configuration(json: bytes(casset_model_config()), file: "built-in config.json")
  }

  /// Its weights, read where they stand in the program.
  static func files() throws(CheckpointError) -> [(name: String, contents: SafetensorsFile)] {
    let name = "built-in model.safetensors"
    let weights = UnsafeRawBufferPointer(bytes(casset_model_weights()))
    do {
      return [(name, try SafetensorsFile(bytes: weights, name: name, keptAliveBy: nil))]
    } catch {
      throw .weights(error)
    }
  }

  /// Opens the model.
  static func load() throws(CheckpointError) -> Model {
    let configuration = try configuration()
    let files = try files()
    let tokenizer: Tokenizer
    let counts: TokenCounts
    do {
      tokenizer = try Tokenizer(
        vocabulary: Array(bytes(casset_model_vocabulary())),
        merges: Array(bytes(casset_model_merges())),
        name: "built-in vocabulary"
      )
      counts = try TokenCounts(
        json: Array(bytes(casset_model_token_counts())),
        name: "built-in \(TokenCounts.fileName)",
        vocabulary: configuration.dVocab
      )
    } catch {
      throw .tokenizer(error)
    }
    var model = try Model(
      name: name,
      trainedOn: trainedOn,
      configuration: configuration,
      weights: files,
      tokenizer: tokenizer
    )
    model.tokenCounts = counts
    return model
  }

  private static func bytes(_ asset: casset) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: asset.bytes, count: asset.count)
  }
}
