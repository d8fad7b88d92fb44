import CAssets
import Tensors
import Tokenization
import Transformer

/// The model compiled into the program.
enum BuiltInModel {
  /// What it is called where its output is shown.
  static let name = "explain-starter"
  /// What it learned from.
  static let trainedOn = "Shakespeare"

  /// Opens the model; its weights are read where they stand in the program, without copying.
  static func load() throws(CheckpointError) -> Model {
    let configuration = try Configuration(
      json: bytes(casset_model_config()),
      file: "built-in config.json"
    )
    let file: SafetensorsFile
    do {
      file = try SafetensorsFile(
        bytes: UnsafeRawBufferPointer(bytes(casset_model_weights())),
        name: "built-in model.safetensors",
        keptAliveBy: nil
      )
    } catch {
      throw .weights(error)
    }
    let tokenizer: Tokenizer
    do {
      tokenizer = try Tokenizer(
        vocabulary: Array(bytes(casset_model_vocabulary())),
        merges: Array(bytes(casset_model_merges())),
        name: "built-in vocabulary"
      )
    } catch {
      throw .tokenizer(error.description)
    }
    return try Model(
      name: name,
      trainedOn: trainedOn,
      configuration: configuration,
      weights: [(name: "built-in model.safetensors", contents: file)],
      tokenizer: tokenizer
    )
  }

  private static func bytes(_ asset: casset) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: asset.bytes, count: asset.count)
  }
}
