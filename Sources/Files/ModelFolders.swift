public import ChatTemplates
public import Formats
import Platform
import Tensors
public import Tokenization
public import Transformer

extension Model {
  /// Opens a model folder or a GGUF file of the disk.
  ///
  /// The weights are mapped, not copied. See ``Model/init(in:name:)`` and ``Model/init(gguf:file:name:)``.
  ///
  /// - Parameter path: The folder's path, or that of a file in it, or a name; see ``Files/ModelPlace``.
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(folder path: String) throws(CheckpointError) {
    let place = try ModelPlace(path)
    switch place {
    case .folder(let folder): try self.init(in: folder, name: place.name)
    case .gguf(let file):
      try self.init(gguf: try .model(file), file: file, name: place.name)
    }
  }
}

extension GGUFCheckpoint {
  /// Maps a GGUF file.
  ///
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(_ path: String) throws(CheckpointError) {
    try self.init(try .model(path), name: path)
  }
}

extension Bytes {
  fileprivate static func model(_ path: String) throws(CheckpointError) -> Bytes {
    do throws(SafetensorsError) { return try mapped(path) } catch { throw .weights(error) }
  }
}

extension CheckpointFolder {
  /// Opens a folder of the disk.
  ///
  /// - Parameter path: The folder's path, or that of a file in it.
  /// - Throws: ``CheckpointError`` naming the file and what is wrong with it.
  public init(_ path: String) throws(CheckpointError) {
    switch try ModelPlace(path) {
    case .folder(let folder): try self.init(folder)
    case .gguf(let file): throw .weights(.foreign(file: file, ForeignFile.gguf.advice))
    }
  }
}

extension Folder {
  /// The folder's own name, also where its path is given as `.` or `..`; of a snapshot in Hugging
  /// Face's cache, the name of the model.
  public var lastName: String {
    if let model = HubCache.name(ofSnapshot: name) { return model }
    let last = { (path: String) in path.split(separator: "/").last.map(String.init) ?? path }
    guard last(name) == "." || last(name) == "..", let path = realpath(name, nil) else {
      return last(name)
    }
    defer { free(path) }
    return last(String(cString: path))
  }
}

extension Tokenizer {
  /// Loads the tokenizer of a model folder on the disk; see ``Tokenizer/init(in:)``.
  ///
  /// - Throws: ``TokenizationError`` if none of the files is there, or one is malformed or of
  ///   another kind.
  public init(folder path: String) throws(TokenizationError) {
    guard isFolder(path) else { throw .missing(path: path, wanted: "folder") }
    try self.init(in: .onDisk(path))
  }

  /// Loads GPT-2's own two files.
  ///
  /// - Parameters:
  ///   - vocabularyFile: Path of `vocab.json` (OpenAI's name for it was `encoder.json`).
  ///   - mergesFile: Path of `merges.txt` (`vocab.bpe`).
  /// - Throws: ``TokenizationError`` if a file is missing, malformed, or does not fit the other.
  public init(vocabularyFile: String, mergesFile: String) throws(TokenizationError) {
    try self.init(vocabulary: vocabularyFile, merges: mergesFile, in: .anywhere)
  }

  /// Loads a `tokenizer.json`.
  ///
  /// - Parameter tokenizerFile: Path of the file.
  /// - Throws: ``TokenizationError`` if the file is missing, malformed, or of another kind of
  ///   tokenizer.
  public init(tokenizerFile: String) throws(TokenizationError) {
    try self.init(tokenizerFile: tokenizerFile, in: .anywhere)
  }
}

extension ChatTemplate {
  /// Reads the chat template of a model folder on the disk; see ``ChatTemplate/inFolder(_:)``.
  ///
  /// - Throws: ``Tokenization/TokenizationError`` that names the file, if the template cannot be read.
  public static func inFolder(at path: String) throws(TokenizationError) -> ChatTemplate? {
    try inFolder(.onDisk(path))
  }

  /// Reads the chat template of a model wherever ``Files/ModelPlace`` finds it.
  ///
  /// - Throws: What is wrong with the place, or with the template.
  public static func ofModel(_ path: String) throws -> ChatTemplate? {
    switch try ModelPlace(path) {
    case .folder(let folder): try inFolder(folder)
    case .gguf(let file): try inGGUF(GGUFFile(contentsOf: file).header)
    }
  }
}
