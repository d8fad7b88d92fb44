import CAssets
import Formats
import Tensors
import Tokenization
import Transformer

/// The model compiled into the program.
enum BuiltInModel {
  /// What it is called where its output is shown.
  static let name = "explain-world"
  /// What it learned from.
  static let trainedOn = "a small made-up world"

  /// Its files, read where they stand in the program.
  static var folder: Folder {
    Folder(
      name: "built-in",
      files: [
        "config.json": bytes(casset_model_config()),
        "model.safetensors": bytes(casset_model_weights()),
        "vocab.json": bytes(casset_model_vocabulary()),
        "merges.txt": bytes(casset_model_merges()),
        TokenCounts.fileName: bytes(casset_model_token_counts()),
      ]
    )
  }

  /// Opens the model.
  static func load() throws(CheckpointError) -> Model {
    var model = try Model(in: folder, name: name)
    model.trainedOn = trainedOn
    return model
  }

  /// The program that a page carries.
  static var program: Bytes { bytes(casset_page_program()) }

  private static func bytes(_ asset: casset) -> Bytes {
    Bytes(viewing: UnsafeRawBufferPointer(start: asset.bytes, count: asset.count))
  }
}
