import Files
import Platform
import Traces
import Transformer

/// Finds the model whose parameters are to be counted: by its name, or in a folder.
enum ModelChoice {
  /// Every name, in the order of the help.
  static let names = CountedModel.published.map(\.name) + BuiltInModel.all.map(\.word)

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
      for note in checkpoint.notes { console.warn(note) }
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
      throw CLIError(.badData, "\(path): its sizes come to more than 64 bits can count")
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
        "\(word): no such folder or GGUF file; a checkpoint holds config.json and weights"
      )
    }
    let near = Spelling.near(to: word.lowercased(), among: names).map { "“\($0)”" }
    let suggestion = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
    return .usage(
      "unknown model “\(word)”\(suggestion)\(near.isEmpty ? ";" : "") known are "
        + names.joined(separator: ", ") + ", or the path of a checkpoint's folder or GGUF file"
    )
  }
}
