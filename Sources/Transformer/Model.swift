public import Tensors
public import Tokenization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A language model: a transformer, the tokenizer it was trained with, and what they are called.
public struct Model: Sendable {
  /// What the model is called on a page.
  public var name: String
  /// What the model was trained on, if that is known.
  public var trainedOn: String?
  /// From token ids to logits.
  public var transformer: Transformer
  /// From text to token ids, and back.
  public var tokenizer: Tokenizer

  /// Makes a model of its parts.
  public init(name: String, trainedOn: String?, transformer: Transformer, tokenizer: Tokenizer) {
    self.name = name
    self.trainedOn = trainedOn
    self.transformer = transformer
    self.tokenizer = tokenizer
  }

  /// Makes a model of its configuration, its safetensors files and its tokenizer.
  ///
  /// - Throws: ``CheckpointError`` if a tensor is missing, misshapen or not finite.
  public init(
    name: String,
    trainedOn: String?,
    configuration: Configuration,
    weights files: [(name: String, contents: SafetensorsFile)],
    tokenizer: Tokenizer
  ) throws(CheckpointError) {
    let weights = try WeightLoader(files).weights(for: configuration)
    self.init(
      name: name,
      trainedOn: trainedOn,
      transformer: Transformer(configuration: configuration, weights: weights),
      tokenizer: tokenizer
    )
  }

  /// Opens a model folder in the Hugging Face layout.
  ///
  /// Reads `config.json`; `model.safetensors`, or the shards that `model.safetensors.index.json` names; and `vocab.json`
  /// with `merges.txt`, or `tokenizer.json`. The weights are mapped, not copied.
  ///
  /// - Parameter folder: The folder's path, or that of a file in it.
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(folder: String) throws(CheckpointError) {
    let folder = try Self.folder(at: folder)
    let configFile = "\(folder)/config.json"
    guard let config = FileManager.default.contents(atPath: configFile) else {
      throw .missing(
        path: configFile,
        hint: "a model folder holds config.json, model.safetensors and a tokenizer"
      )
    }
    let configuration = try Configuration(json: config, file: configFile)
    let weights = try Self.weightFiles(in: folder)
    let tokenizer: Tokenizer
    do { tokenizer = try Tokenizer(folder: folder) } catch { throw .tokenizer(error.description) }
    try self.init(
      name: folder.split(separator: "/").last.map(String.init) ?? folder,
      trainedOn: nil,
      configuration: configuration,
      weights: weights,
      tokenizer: tokenizer
    )
  }

  private static func folder(at path: String) throws(CheckpointError) -> String {
    var isFolder: Bool = false
    guard
      let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type]
        as? FileAttributeType
    else {
      throw .missing(
        path: path,
        hint: "--model takes a folder with config.json, model.safetensors and a tokenizer"
      )
    }
    isFolder =
      kind == .typeDirectory || (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
    var trimmed = Substring(path)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    if isFolder { return String(trimmed) }
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
      guard let json = FileManager.default.contents(atPath: index) else {
        throw .missing(path: single, hint: "weights are read from safetensors files")
      }
      guard let shards = try? JSONDecoder().decode(ShardIndex.self, from: json) else {
        throw .unreadable(path: index, reason: "is no index of shards (JSON with “weight_map”)")
      }
      names = Set(shards.weight_map.values).sorted()
      if let stray = names.first(where: { $0.contains("/") || $0 == ".." || $0.isEmpty }) {
        throw .unreadable(path: index, reason: "names “\(stray)”, which is no file of this folder")
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

  private struct ShardIndex: Decodable {
    var weight_map: [String: String]
  }
}
