import Files
import Formats
import Pages
import Transformer

extension Living {
  /// The program and a model, for a page to carry; nil if the model is too large for that.
  static func carrying(_ model: Model, at path: String?) -> Living? {
    CarriedModel.files(of: model, at: path).map { Living(program: BuiltInModel.program, model: $0) }
  }
}

extension Living.CarriedModel {
  /// The prompts to try that belong to the model.
  var prompts: [String] { knowsExamples ? Living.prompts : [] }

  /// The files of the model that was opened, so that a page can run it; nil if they are too large for that.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - path: Where it lies; the built-in model if nowhere.
  /// - Returns: Its files.
  static func files(of model: Model, at path: String?) -> Self? {
    if let builtIn = BuiltInModel.named(path) {
      let folder = builtIn.folder
      return Self(
        name: model.name,
        trainedOn: model.trainedOn,
        files: files(folder, named: folder.names),
        knowsExamples: true
      )
    }
    guard let path, case .folder(let folder)? = try? ModelPlace(path) else { return nil }
    let names = folder.names.filter { name in
      endings.contains { name.hasSuffix($0) }
    }
    let files = files(folder, named: names)
    guard files.reduce(0, { $0 + $1.bytes.buffer.count }) <= limit else { return nil }
    return Self(name: model.name, trainedOn: nil, files: files, knowsExamples: false)
  }

  /// What a model is read from.
  private static let endings = [".json", ".txt", ".safetensors"]

  private static func files(
    _ folder: Folder,
    named names: [String]
  ) -> [(name: String, bytes: Bytes)] {
    names.compactMap { name in
      if case .file(let bytes) = folder[name] { (name, bytes) } else { nil }
    }
  }
}
