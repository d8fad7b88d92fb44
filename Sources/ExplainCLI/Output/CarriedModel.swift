import Files
import Formats
import Pages
import Transformer

extension Living {
  /// The program and a model, for a page to carry; nil if the model is too large for that.
  static func carrying(_ model: Model, at path: String?) -> Living? {
    CarriedModel.files(of: model, at: path).map { carried in
      var living = Living(program: BuiltInModel.program, model: carried)
      living.prompts = living.ownPrompts
      return living
    }
  }
}

extension Living {
  /// The program of what lessons let a reader try out.
  static var lessons: Living {
    Living(program: BuiltInModel.lessonsProgram, as: .lessons, model: nil)
  }

  /// The prompts to try of a built-in model of whose examples the page's own words say nothing.
  var ownPrompts: [String]? {
    guard let model, !model.knowsExamples, !model.prompts.isEmpty else { return nil }
    return model.prompts
  }
}

extension Living.CarriedModel {
  /// The prompts to try that belong to the model.
  var prompts: [String] { BuiltInModel.all.first { $0.name == name }?.prompts ?? [] }

  /// The files of the model that was opened, so that a page can run it; nil if they are too large for that.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - path: Where it lies; the built-in model if nowhere.
  /// - Returns: Its files.
  static func files(of model: Model, at path: String?) -> Self? {
    let own = BuiltInModel.all.first { $0.name == model.name }?.word
    if let builtIn = BuiltInModel.named(path ?? own) {
      let folder = builtIn.folder
      return Self(
        name: model.name,
        trainedOn: model.trainedOn,
        files: files(folder, named: folder.names),
        knowsExamples: builtIn.word == BuiltInModel.all[0].word
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
