public import Formats
public import Tensors

/// A folder in the Hugging Face layout: its configuration, and its weights' files with no weight read yet.
public struct CheckpointFolder: Sendable {
  /// The folder.
  public let folder: Folder
  /// What `config.json` says.
  public let configuration: Configuration
  /// The tokens at which generation stops: those that `generation_config.json` names, else
  /// `config.json`; nil if neither names any.
  public let endTokens: [Int]?
  /// What a reader of the folder should know: where its files contradict one another.
  public let notes: [String]
  /// The files, each with the name it goes by in messages.
  public let files: [(name: String, contents: SafetensorsFile)]

  /// Opens a folder.
  ///
  /// Reads `config.json`, and the headers of `model.safetensors` or of the shards that
  /// `model.safetensors.index.json` names.
  ///
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(_ folder: Folder) throws(CheckpointError) {
    self.folder = folder
    let config = try Self.settings(
      "config.json",
      in: folder,
      hint: "a model folder holds config.json, model.safetensors and a tokenizer"
    )
    var configuration = try Configuration(config)
    files = try Self.weightFiles(in: folder)
    endTokens = try Self.endTokens(in: folder, config)
    // As transformers 5 does: two matrices that differ are two, whatever the configuration says.
    if configuration.isTied,
      let difference = TensorIndex(files, configuration.parameters).unembeddingDiffers
    {
      configuration.isTied = false
      notes = ["\(folder.name): \(difference)"]
    } else {
      notes = []
    }
    self.configuration = configuration
  }

  private static func endTokens(
    in folder: Folder,
    _ config: SettingsFile
  ) throws(CheckpointError) -> [Int]? {
    let own = "generation_config.json"
    if folder.has(own) {
      let settings = try settings(own, in: folder, hint: "it says how the model generates")
      if let ids = try settings.endTokens() { return ids }
    }
    return try config.endTokens()
  }

  private static func weightFiles(
    in folder: Folder
  ) throws(CheckpointError) -> [(name: String, contents: SafetensorsFile)] {
    let index = "model.safetensors.index.json"
    var names = ["model.safetensors"]
    if !folder.has(names[0]) {
      guard folder.has(index) else { throw missingWeights(in: folder) }
      names = try shards(index, in: folder)
    }
    var files: [(name: String, contents: SafetensorsFile)] = []
    for name in names {
      let path = folder.path(of: name)
      let bytes: Bytes
      switch folder[name] {
      case .missing: throw .missing(path: path, hint: "\(folder.path(of: index)) names it")
      case .unreadable(let reason): throw .weights(.unreadable(file: path, reason: reason))
      case .file(let content): bytes = content
      }
      do throws(SafetensorsError) {
        files.append((path, try SafetensorsFile(bytes, name: path)))
      } catch {
        throw .weights(error)
      }
    }
    return files
  }

  /// The names of the files that an index spreads the weights over.
  private static func shards(
    _ index: String,
    in folder: Folder
  ) throws(CheckpointError) -> [String] {
    let path = folder.path(of: index)
    let json = try settings(index, in: folder, hint: "it names the files of the weights")
    let shards = json["weight_map"]?.members?.map { $0.value.string }
    guard let shards, !shards.contains(nil) else {
      throw .malformed(file: path, problem: "is no index of shards (JSON with “weight_map”)")
    }
    let names = Set(shards.compactMap { $0 }).sorted()
    if let stray = names.first(where: {
      $0.utf8.contains(UInt8(ascii: "/")) || $0 == ".." || $0.isEmpty
    }) {
      throw .malformed(file: path, problem: "names “\(stray)”, which is no file of this folder")
    }
    return names
  }

  /// The error that the weights are missing; of weights in another format it says so.
  private static func missingWeights(in folder: Folder) -> CheckpointError {
    let endings = [
      (".bin", "a Python pickle"),
      (".pt", "a Python pickle"), (".pth", "a Python pickle"), (".ckpt", "a Python pickle"),
      (".h5", "an HDF5 file"), (".msgpack", "Flax's format"), (".onnx", "an ONNX file"),
    ]
    let single = folder.path(of: "model.safetensors")
    if let name = folder.names.first(where: { $0.hasSuffix(".gguf") }) {
      return .missing(path: single, hint: "\(name) is a model by itself; give its own path")
    }
    for (ending, what) in endings {
      guard let name = folder.names.first(where: { $0.hasSuffix(ending) }) else { continue }
      return .missing(
        path: single,
        hint: "\(name) is \(what), which is not read here; save the model as safetensors, "
          + "with save_pretrained in transformers"
      )
    }
    return .missing(path: single, hint: "weights are read from safetensors files")
  }

  /// A JSON file of the folder.
  private static func settings(
    _ name: String,
    in folder: Folder,
    hint: String
  ) throws(CheckpointError) -> SettingsFile {
    let path = folder.path(of: name)
    switch folder[name] {
    case .missing: throw .missing(path: path, hint: hint)
    case .unreadable:
      throw .unreadable(path: path, reason: "is there, but is no plain file that can be read")
    case .file(let content):
      if let foreign = ForeignFile(content.buffer) {
        throw .malformed(file: path, problem: foreign.advice)
      }
      return try SettingsFile(content.buffer, file: path)
    }
  }
}
