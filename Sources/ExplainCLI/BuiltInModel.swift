import CAssets
import Formats
import Pages
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
  /// Prompts worth trying.
  let prompts: [String]
  /// A question worth asking of its words.
  let wordQuestion: String
  /// The first of the sentences that it has read before a conversation.
  let system: String
  /// Its files, read where they stand in the program.
  let files: @Sendable () -> [String: Bytes]

  /// Every one; the first is taken where no model is named.
  static let all = [
    BuiltInModel(
      word: "built-in",
      name: "explain-world",
      trainedOn: "a small made-up world",
      prompts: Living.prompts,
      wordQuestion: "king - man + woman",
      system: "You are a helpful assistant."
    ) {
      [
        "config.json": bytes(casset_model_config()),
        "model.safetensors": bytes(casset_model_weights()),
        "vocab.json": bytes(casset_model_vocabulary()),
        "merges.txt": bytes(casset_model_merges()),
        TokenCounts.fileName: bytes(casset_model_token_counts()),
      ]
    },
    BuiltInModel(
      word: "built-in-ja",
      name: "explain-world-ja",
      trainedOn: "a small made-up world in Japanese",
      prompts: [
        "フランスの首都は", "機械学習のモデル", "ファッションのモデル",
        "ドアに「花子」と書いてありました。誰かが笑い、窓が開きました。名前は何でしたか。名前は",
        "魔法の学校で、太郎がいちばん嫌いな先生はユキノ先生でした。でも、アカバ先生のことは大好きでした。"
          + "雨が降ったので、授業は短くなりました。夕方、太郎はドアのかげにかくれました。ろうかを歩いてきたのは、いちばん嫌いな",
        "猫の子どもは", "昔々あるところに、", "空は", "机の上に本が三",
      ],
      wordQuestion: "王 - 男 + 女",
      system: "あなたは親切なアシスタントです。"
    ) {
      [
        "config.json": bytes(casset_model_ja_config()),
        "model.safetensors": bytes(casset_model_ja_weights()),
        "vocab.json": bytes(casset_model_ja_vocabulary()),
        "merges.txt": bytes(casset_model_ja_merges()),
        TokenCounts.fileName: bytes(casset_model_ja_token_counts()),
      ]
    },
  ]

  /// The one that reads a text of this script where no model is named; `nil` if the first does.
  static func reading(_ text: String) -> BuiltInModel? {
    let isJapanese = text.unicodeScalars.contains { scalar in
      0x3041...0x30FF ~= scalar.value || 0x4E00...0x9FFF ~= scalar.value
    }
    return isJapanese ? named("built-in-ja") : nil
  }

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

  /// The program of a page in which something learns.
  static var lessonsProgram: Bytes { bytes(casset_page_lessons_program()) }

  private static func bytes(_ asset: casset) -> Bytes {
    Bytes(viewing: UnsafeRawBufferPointer(start: asset.bytes, count: asset.count))
  }
}
