import Files
import Platform
import Traces
import Transformer

/// Finds the model whose parameters are to be counted: by its name, or in a folder.
enum ModelChoice {
  /// The name of the model that is compiled in.
  static let builtIn = "built-in"
  /// Every name, in the order of the help.
  static let names = CountedModel.published.map(\.name) + [builtIn]

  /// The model of a word on the command line.
  ///
  /// Names come first; a folder of such a name is `./gpt-2`.
  ///
  /// - Throws: A usage error that suggests names, or what is wrong with the checkpoint.
  static func model(_ word: String, on console: Console) throws -> CountedModel {
    let name = word.lowercased()
    if let model = CountedModel.published.first(where: { $0.name == name }) { return model }
    if name == builtIn {
      return try model(BuiltInModel.name, try CheckpointFolder(BuiltInModel.folder), path: word)
    }
    guard access(word, F_OK) == 0 else { throw unknown(word) }
    let folder = try CheckpointFolder(word)
    for note in folder.notes { console.warn(note) }
    return try model(folder.folder.lastName, folder, path: word)
  }

  private static func model(
    _ name: String,
    _ checkpoint: CheckpointFolder,
    path: String
  ) throws -> CountedModel {
    let configuration = checkpoint.configuration
    let stored = try TensorCensus(of: configuration, in: checkpoint.files).count()
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
        "\(word): no such folder; a checkpoint holds config.json and weights"
      )
    }
    let near = Spelling.near(to: word.lowercased(), among: names).map { "“\($0)”" }
    let suggestion = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
    return .usage(
      "unknown model “\(word)”\(suggestion)\(near.isEmpty ? ";" : "") known are "
        + names.joined(separator: ", ") + ", or the path of a checkpoint's folder"
    )
  }
}
