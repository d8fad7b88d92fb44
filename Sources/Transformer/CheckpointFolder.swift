#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
public import Tensors

/// A folder in the Hugging Face layout: its configuration, and its weights' files with no weight read yet.
public struct CheckpointFolder: Sendable {
  /// The folder's path.
  public let path: String
  /// What `config.json` says.
  public let configuration: Configuration
  /// The tokens at which generation stops: those that `generation_config.json` names, else
  /// `config.json`; nil if neither names any.
  public let endTokens: [Int]?
  /// What a reader of the folder should know: where its files contradict one another.
  public let notes: [String]
  /// The files, mapped, each with the name it goes by in messages.
  public let files: [(name: String, contents: SafetensorsFile)]

  /// Opens a folder.
  ///
  /// Reads `config.json`, and the headers of `model.safetensors` or of the shards that
  /// `model.safetensors.index.json` names.
  ///
  /// - Parameter path: The folder's path, or that of a file in it.
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(_ path: String) throws(CheckpointError) {
    let folder = try Self.folder(at: path)
    let configFile = "\(folder)/config.json"
    let config = try Self.contents(
      of: configFile,
      hint: "a model folder holds config.json, model.safetensors and a tokenizer"
    )
    self.path = folder
    var configuration = try Configuration(json: config, file: configFile)
    files = try Self.weightFiles(in: folder)
    endTokens = try Self.endTokens(in: folder, config)
    // As transformers 5 does: two matrices that differ are two, whatever the configuration says.
    if configuration.isTied, TensorIndex(files).unembeddingDiffers {
      configuration.isTied = false
      notes = [
        "\(folder): lm_head.weight differs from wte.weight, so they are not tied; "
          + "config.json should say “tie_word_embeddings”: false"
      ]
    } else {
      notes = []
    }
    self.configuration = configuration
  }

  private static func endTokens(
    in folder: String,
    _ config: Data
  ) throws(CheckpointError) -> [Int]? {
    let own = "\(folder)/generation_config.json"
    if FileManager.default.fileExists(atPath: own) {
      let json = try contents(of: own, hint: "it says how the model generates")
      if let ids = try EndOfTextFile.ids(in: json, file: own) { return ids }
    }
    return try EndOfTextFile.ids(in: config, file: "\(folder)/config.json")
  }

  /// What the model is called: the folder's own name, also where it is given as `.` or `..`.
  public var name: String {
    let last = { (path: String) in path.split(separator: "/").last.map(String.init) ?? path }
    guard last(path) == "." || last(path) == ".." else { return last(path) }
    return last(URL(fileURLWithPath: path).standardizedFileURL.path)
  }

  private static func folder(at path: String) throws(CheckpointError) -> String {
    guard
      let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type]
        as? FileAttributeType
    else {
      throw .missing(
        path: path,
        hint: "a checkpoint is a folder with config.json, model.safetensors and a tokenizer"
      )
    }
    let isFolder =
      kind == .typeDirectory || (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    if isFolder { return String(trimmed) }
    if let file = try? MappedFile(path: path), let foreign = ForeignFile(file.bytes) {
      throw .weights(.foreign(file: path, foreign.advice))
    }
    let parent = trimmed.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return parent.isEmpty ? "." : parent.joined(separator: "/")
  }

  private static func weightFiles(
    in folder: String
  ) throws(CheckpointError) -> [(name: String, contents: SafetensorsFile)] {
    let single = "\(folder)/model.safetensors"
    let index = "\(folder)/model.safetensors.index.json"
    var names = ["model.safetensors"]
    if !FileManager.default.fileExists(atPath: single) {
      guard FileManager.default.fileExists(atPath: index) else {
        throw missingWeights(in: folder)
      }
      let json = try contents(of: index, hint: "it names the files of the weights")
      guard let shards = try? JSONDecoder().decode(ShardIndex.self, from: json.withoutByteOrderMark)
      else {
        throw .malformed(file: index, problem: "is no index of shards (JSON with “weight_map”)")
      }
      names = Set(shards.weight_map.values).sorted()
      if let stray = names.first(where: { $0.contains("/") || $0 == ".." || $0.isEmpty }) {
        throw .malformed(file: index, problem: "names “\(stray)”, which is no file of this folder")
      }
    }
    var files: [(name: String, contents: SafetensorsFile)] = []
    for name in names {
      let path = "\(folder)/\(name)"
      guard FileManager.default.fileExists(atPath: path) else {
        throw .missing(path: path, hint: "\(index) names it")
      }
      do { files.append((path, try SafetensorsFile(contentsOf: path))) } catch {
        throw .weights(error)
      }
    }
    return files
  }

  /// The error that the weights are missing; of weights in another format it says so.
  private static func missingWeights(in folder: String) -> CheckpointError {
    let endings = [
      (".gguf", "a GGUF file of llama.cpp"), (".bin", "a Python pickle"),
      (".pt", "a Python pickle"), (".pth", "a Python pickle"), (".ckpt", "a Python pickle"),
      (".h5", "an HDF5 file"), (".msgpack", "Flax's format"), (".onnx", "an ONNX file"),
    ]
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder))?.sorted() ?? []
    let single = "\(folder)/model.safetensors"
    for (ending, what) in endings {
      guard let name = names.first(where: { $0.hasSuffix(ending) }) else { continue }
      return .missing(
        path: single,
        hint: "\(name) is \(what), which is not read here; save the model as safetensors, "
          + "with save_pretrained in transformers"
      )
    }
    return .missing(path: single, hint: "weights are read from safetensors files")
  }

  /// The bytes of a plain file.
  private static func contents(of file: String, hint: String) throws(CheckpointError) -> Data {
    if let data = FileManager.default.contents(atPath: file) {
      let foreign = data.withUnsafeBytes { ForeignFile($0) }
      if let foreign { throw .malformed(file: file, problem: foreign.advice) }
      return data
    }
    guard FileManager.default.fileExists(atPath: file) else {
      throw .missing(path: file, hint: hint)
    }
    throw .unreadable(path: file, reason: "is there, but is no plain file that can be read")
  }

  private struct ShardIndex: Decodable {
    var weight_map: [String: String]
  }
}
