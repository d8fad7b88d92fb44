import CAssets
import Formats
import Tensors
import Tokenization
import Transformer

/// A model compiled into the program.
struct BuiltInModel: Sendable {
  /// What `--model` calls it.
  let word: String
  /// What it is called where its output is shown.
  let name: String
  /// What it learned from.
  let trainedOn: String
  /// Its files, read where they stand in the program.
  let files: @Sendable () -> [String: Bytes]

  /// Every one; the first is taken where no model is named.
  static let all = [
    BuiltInModel(
      word: "built-in",
      name: "explain-world",
      trainedOn: "a small made-up world"
    ) {
      [
        "config.json": bytes(casset_model_config()),
        "model.safetensors": bytes(casset_model_weights()),
        "vocab.json": bytes(casset_model_vocabulary()),
        "merges.txt": bytes(casset_model_merges()),
        TokenCounts.fileName: bytes(casset_model_token_counts()),
      ]
    }
  ]

  /// The one that a word of the command line names; the first where there is no word, and `nil` for any other.
  static func named(_ word: String?) -> BuiltInModel? {
    guard let word else { return all.first }
    return all.first { $0.word == word }
  }

  /// The words, for a sentence.
  static var words: String { all.map(\.word).joined(separator: ", ") }

  /// Its files as a folder.
  var folder: Folder { Folder(name: word, files: files()) }

  /// Opens the model.
  func load() throws(CheckpointError) -> Model {
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
