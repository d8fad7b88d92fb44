public import Formats
import Platform
import Tensors
public import Transformer

/// Where a model lies: a folder in the Hugging Face layout, or a GGUF file.
public enum ModelPlace: Sendable {
  /// A folder, with a configuration, weights and a tokenizer.
  case folder(Folder)
  /// A file that is all of these, by its path.
  case gguf(String)

  /// Finds a model.
  ///
  /// - Parameter word: The path of a folder, of a file in one, or of a GGUF file; a folder of Hugging
  ///   Face's cache, `models--gpt2`, or one of its snapshots; or a name, `gpt2` or `HuggingFaceTB/SmolLM2-135M`,
  ///   that lies in that cache.
  /// - Throws: ``Transformer/CheckpointError/missing(path:hint:)`` if it is nowhere.
  public init(_ word: String) throws(CheckpointError) {
    try self.init(word, cache: HubCache.path { environment($0) })
  }

  /// Finds a model; names are looked up in the cache at a path.
  package init(_ word: String, cache: String) throws(CheckpointError) {
    var trimmed = Substring(word)
    while trimmed.count > 1, trimmed.last == "/" { trimmed.removeLast() }
    let path = String(trimmed)
    if isFolder(path) {
      self = Self.inside(try HubCache.snapshot(of: path))
    } else if HubCache.isThere(word) {
      self = try Self.file(path)
    } else {
      self = Self.inside(try HubCache.model(named: word, in: cache))
    }
  }

  /// A folder, or the one GGUF file that it holds instead of a model in parts.
  private static func inside(_ path: String) -> ModelPlace {
    let folder = Folder.onDisk(path)
    let files = folder.names.filter { $0.hasSuffix(".gguf") }
    guard files.count == 1, !folder.has("config.json") else { return .folder(folder) }
    return .gguf("\(path)/\(files[0])")
  }

  /// A GGUF file, or the folder that another file lies in.
  private static func file(_ path: String) throws(CheckpointError) -> ModelPlace {
    if let bytes = try? Bytes.mapped(path), let foreign = ForeignFile(bytes.buffer) {
      if foreign == .gguf { return .gguf(path) }
      throw .weights(.foreign(file: path, foreign.advice))
    }
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    return .folder(.onDisk(parent.isEmpty ? "." : parent.joined(separator: "/")))
  }

  /// What pages call the model: its name in the cache, the folder's, or the file's without its ending.
  public var name: String {
    switch self {
    case .folder(let folder): folder.lastName
    case .gguf(let path):
      String(
        (path.split(separator: "/").last ?? Substring(path)).dropLast(
          path.hasSuffix(".gguf") ? 5 : 0
        )
      )
    }
  }
}

/// The cache in which Hugging Face's tools keep models.
///
/// `models--OWNER--NAME/refs/main` names a folder in `models--OWNER--NAME/snapshots`.
///
/// - SeeAlso: <https://huggingface.co/docs/huggingface_hub/guides/manage-cache>.
package enum HubCache {
  private static let prefix = "models--"

  /// Whether there is anything at `path`.
  static func isThere(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  /// Where the cache is: what the environment says, or its place in the home folder.
  ///
  /// - Parameter environment: Gives the environment's variables.
  /// - Returns: The path of the folder that holds `models--gpt2` and the like.
  package static func path(_ environment: (String) -> String?) -> String {
    let home = environment("HOME") ?? ""
    func variable(_ name: String) -> String? {
      guard let value = environment(name), !value.isEmpty else { return nil }
      return value.hasPrefix("~/") ? home + value.dropFirst() : value
    }
    if let cache = variable("HF_HUB_CACHE") { return cache }
    if let home = variable("HF_HOME") { return home + "/hub" }
    return (variable("XDG_CACHE_HOME") ?? home + "/.cache") + "/huggingface/hub"
  }

  /// The snapshot of a model that lies in the cache.
  ///
  /// - Throws: ``Transformer/CheckpointError/missing(path:hint:)``, which says where was looked.
  static func model(
    named name: String,
    in path: String
  ) throws(CheckpointError) -> String {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    let isName = parts.count <= 2 && parts.allSatisfy { isPart($0) }
    guard isName else {
      throw .missing(
        path: name,
        hint: "a model is a folder with config.json, model.safetensors and a tokenizer, or a "
          + "GGUF file"
      )
    }
    let folder = "\(path)/\(prefix)\(parts.joined(separator: "--"))"
    guard isFolder(folder) else {
      throw .missing(
        path: name,
        hint: "nor is there a model of this name in \(path); `hf download \(name)` puts it there"
      )
    }
    return try snapshot(of: folder)
  }

  private static func isPart(_ part: Substring) -> Bool {
    guard let first = part.utf8.first, first != UInt8(ascii: "."), first != UInt8(ascii: "-")
    else { return false }
    return part.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  /// The folder with a model's files: itself, but for a folder of the cache.
  ///
  /// - Throws: ``Transformer/CheckpointError/missing(path:hint:)`` if such a folder has no snapshot.
  static func snapshot(of folder: String) throws(CheckpointError) -> String {
    let snapshots = folder + "/snapshots"
    let last = Folder.onDisk(folder).pathName
    guard last.hasPrefix(prefix), isFolder(snapshots) else { return folder }
    if case .file(let bytes) = Folder.onDisk(folder)["refs/main"] {
      let text = String(decoding: bytes.buffer.prefix(200), as: UTF8.self)
      let name = text.split { $0.isWhitespace }.first.map(String.init) ?? ""
      if !name.isEmpty, !name.contains("/"), isFolder("\(snapshots)/\(name)") {
        return "\(snapshots)/\(name)"
      }
    }
    let newest = Folder.onDisk(snapshots).names.map { "\(snapshots)/\($0)" }
      .filter { isFolder($0) }.max { (changed($0), $0) < (changed($1), $1) }
    guard let newest else {
      throw .missing(path: snapshots, hint: "the cache holds no snapshot of this model")
    }
    return newest
  }

  private static func changed(_ path: String) -> Int {
    var status = stat()
    guard stat(path, &status) == 0 else { return 0 }
    #if canImport(Darwin)
      return status.st_mtimespec.tv_sec
    #else
      return status.st_mtim.tv_sec
    #endif
  }

  /// The name of the model whose snapshot lies at `path`; nil if it is no snapshot of the cache.
  static func name(ofSnapshot path: String) -> String? {
    let parts = path.split(separator: "/")
    guard parts.count >= 3, parts[parts.count - 2] == "snapshots" else { return nil }
    let folder = parts[parts.count - 3]
    guard folder.hasPrefix(prefix) else { return nil }
    var name = String(folder.dropFirst(prefix.count))
    if let dashes = name.firstRange(of: "--") { name.replaceSubrange(dashes, with: "/") }
    return name
  }
}

extension Folder {
  /// The last part of the folder's path.
  var pathName: String { name.split(separator: "/").last.map(String.init) ?? name }
}
