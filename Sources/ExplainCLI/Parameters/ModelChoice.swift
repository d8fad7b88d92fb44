import Files
import Platform
import Traces
import Transformer

/// Finds the model whose parameters are to be counted: by its name, or in a folder.
enum ModelChoice {
  /// Every name, in the order of the help.
  static let names = CountedModel.published.map(\.name) + BuiltInModel.all.map(\.word)

  /// The name that is taken where none is given.
  static let standard = CountedModel.gpt3.name

  /// The model of a word on the command line.
  ///
  /// Names come first; a folder of such a name is `./gpt-2`.
  ///
  /// - Throws: A usage error that suggests names, or what is wrong with the checkpoint.
  static func model(_ word: String, on console: Console) throws -> CountedModel {
    let name = word.lowercased()
    if let model = CountedModel.published.first(where: { $0.name == name }) { return model }
    if let builtIn = BuiltInModel.named(name) {
      return try model(builtIn.name, CheckpointFolder(builtIn.folder), path: word)
    }
    let isThere = access(word, F_OK) == 0
    guard let place = isThere ? try ModelPlace(word) : try? ModelPlace(word) else {
      throw unknown(word)
    }
    switch place {
    case .folder(let folder):
      let checkpoint = try CheckpointFolder(folder)
      for note in checkpoint.notes { console.warn(LocalizedText(same: note)) }
      return try model(place.name, checkpoint, path: word)
    case .gguf(let file):
      let checkpoint = try GGUFCheckpoint(file)
      return try model(
        place.name,
        checkpoint.configuration,
        try checkpoint.count(),
        path: word
      )
    }
  }

  private static func model(
    _ name: String,
    _ checkpoint: CheckpointFolder,
    path: String
  ) throws -> CountedModel {
    let configuration = checkpoint.configuration
    let stored = try TensorCensus(of: configuration, in: checkpoint.files).count()
    return try model(name, configuration, stored, path: path)
  }

  private static func model(
    _ name: String,
    _ configuration: Configuration,
    _ stored: StoredTensors,
    path: String
  ) throws(CLIError) -> CountedModel {
    guard configuration.sizes.problem == nil else {
      throw CLIError(
        .badData,
        en: "\(path): its sizes come to more than 64 bits can count",
        ja: "\(path)：大きさの積が 64 ビットで数えられる範囲を超えます。"
      )
    }
    return CountedModel(
      name: name,
      title: name,
      sizes: configuration.sizes,
      source: .checkpoint(stored)
    )
  }

  private static func unknown(_ word: String) -> CLIError {
    let looksLikePath = word.contains("/") || word.hasPrefix(".") || word.hasPrefix("~")
    guard !looksLikePath else {
      return CLIError(
        .noInput,
        en: "\(word): no such folder or GGUF file; a checkpoint holds config.json and weights",
        ja: "\(word)：そのようなフォルダーも GGUF ファイルもありません。チェックポイントには config.json と重みが必要です。"
      )
    }
    let near = Spelling.near(to: word.lowercased(), among: names)
    let suggestion = Spelling.suggestion(near)
    let list = names.joined(separator: ", ")
    return .usage(
      en:
        "unknown model “\(word)”\(suggestion.en)\(near.isEmpty ? ";" : "") known are \(list), or the path "
        + "of a checkpoint's folder or GGUF file",
      ja: "「\(word)」というモデルは知りません。\(suggestion.ja)\(near.isEmpty ? "" : "。")名前で呼べるのは \(list) です。"
        + "チェックポイントのフォルダーや GGUF ファイルのパスも使えます。"
    )
  }
}
