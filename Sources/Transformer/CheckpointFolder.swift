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
    configuration = try Configuration(json: config, file: configFile)
    files = try Self.weightFiles(in: folder)
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
        throw .missing(path: single, hint: "weights are read from safetensors files")
      }
      let json = try contents(of: index, hint: "it names the files of the weights")
      guard let shards = try? JSONDecoder().decode(ShardIndex.self, from: json) else {
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

  /// The bytes of a plain file.
  private static func contents(of file: String, hint: String) throws(CheckpointError) -> Data {
    if let data = FileManager.default.contents(atPath: file) { return data }
    guard FileManager.default.fileExists(atPath: file) else {
      throw .missing(path: file, hint: hint)
    }
    throw .unreadable(path: file, reason: "is there, but is no plain file that can be read")
  }

  private struct ShardIndex: Decodable {
    var weight_map: [String: String]
  }
}
