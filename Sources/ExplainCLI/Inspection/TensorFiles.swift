#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Files
import Formats
import Platform
import Tensors

/// One safetensors file, or those of a folder: a trace, a page's folder, a checkpoint with its
/// shards; or one GGUF file.
struct TensorFiles {
  /// What a file says of a tensor.
  struct Entry {
    let name: String
    let shape: [Int]
    /// The type of the stored elements, as the file's format calls it.
    let type: String
    /// Whether elements of the type are read here.
    let isReadable: Bool
  }

  fileprivate enum File {
    case safetensors(SafetensorsFile)
    case gguf(GGUFFile)
  }

  /// The path as it was given.
  let path: String
  private let files: [File]

  /// Opens the files.
  ///
  /// - Throws: `noInput` if there is none, or what is wrong with one.
  init(at path: String) throws {
    self.path = path
    files = try Self.paths(at: path).map { try File(at: $0) }
  }

  /// What the writers noted beside the tensors; of several files the first that has a key counts.
  var metadata: [String: String] {
    files.reduce(into: [:]) { all, file in all.merge(file.metadata) { first, _ in first } }
  }

  /// The names and types of the tensors, file by file, in the order of their bytes.
  var entries: [Entry] { files.flatMap(\.entries) }

  /// A tensor; blocks of quantised weights as the weights that they stand for.
  ///
  /// - Throws: A usage error that suggests a name.
  func tensor(named name: String) throws -> Tensor {
    guard let file = files.first(where: { $0.has(name) }), let tensor = try file.tensor(named: name)
    else {
      let suggestion = Spelling.suggestion(for: name, among: entries.map(\.name))
      throw CLIError.usage(
        en: "--tensor “\(name)” is not in \(path)\(suggestion.en)",
        ja: "\(path) に --tensor の「\(name)」はありません。\(suggestion.ja)"
      )
    }
    return tensor
  }

  /// The trace at a path: the file itself, or the one in a page's folder.
  static func traceFile(at path: String, for option: String = "--check") throws(CLIError) -> String
  {
    guard isFolder(path) else { return path }
    let file = "\(path)/trace.safetensors"
    guard access(file, F_OK) == 0 else {
      throw CLIError(
        .noInput,
        en: "\(file): no such file; \(option) takes a trace",
        ja: "\(file)：ありません。\(option) にはトレースが必要です。"
      )
    }
    return file
  }

  private static func paths(at path: String) throws(CLIError) -> [String] {
    guard isFolder(path) else { return [path] }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      let reason = systemReason()
      throw CLIError(
        .noInput,
        en: "\(path): cannot be read: \(reason.en)",
        ja: "\(path)：読めません（\(reason.ja)）。"
      )
    }
    let found = names.filter { $0.hasSuffix(".safetensors") }.sorted()
    guard !found.isEmpty else {
      throw CLIError(
        .noInput,
        en: "\(path): holds no safetensors file (a trace or a checkpoint)",
        ja: "\(path)：safetensors ファイル（トレースやチェックポイント）がありません。"
      )
    }
    return found.map { "\(path)/\($0)" }
  }
}

extension TensorFiles.File {
  init(at path: String) throws {
    do throws(SafetensorsError) { self = .safetensors(try SafetensorsFile(contentsOf: path)) } catch
    {
      guard error == .foreign(file: path, ForeignFile.gguf.advice) else { throw error }
      self = .gguf(try GGUFFile(contentsOf: path))
    }
  }

  var metadata: [String: String] {
    switch self {
    case .safetensors(let file): file.metadata
    case .gguf(let file):
      Dictionary(
        file.header.metadata.map { ($0.key, $0.value.words) },
        uniquingKeysWith: { first, _ in first }
      )
    }
  }

  var entries: [TensorFiles.Entry] {
    switch self {
    case .safetensors(let file):
      file.entries.map {
        .init(
          name: $0.name,
          shape: $0.shape,
          type: $0.typeName,
          isReadable: $0.elementType != nil
        )
      }
    case .gguf(let file):
      file.header.entries.map {
        .init(name: $0.name, shape: $0.shape, type: $0.type.name, isReadable: true)
      }
    }
  }

  func has(_ name: String) -> Bool {
    switch self {
    case .safetensors(let file): file.entry(named: name) != nil
    case .gguf(let file): file.header.entry(named: name) != nil
    }
  }

  func tensor(named name: String) throws -> Tensor? {
    switch self {
    case .safetensors(let file): try file.tensor(named: name)
    case .gguf(let file): file.tensor(named: name)?.unpacked()
    }
  }
}

extension GGUFValue {
  /// The value on a line; of a list how many there are, and the first few.
  fileprivate var words: String {
    switch self {
    case .integer(let value): return "\(value)"
    // Most were written as 32-bit floats.
    case .number(let value): return Double(Float(value)) == value ? "\(Float(value))" : "\(value)"
    case .boolean(let value): return "\(value)"
    case .string(let text): return text
    case .array(let list):
      let few = 8
      let first =
        list.texts?.prefix(few).map { String(decoding: $0, as: UTF8.self) }
        ?? list.numbers?.prefix(few).map { $0 == $0.rounded() ? "\(Int64($0))" : "\($0)" } ?? []
      let rest = list.count > first.count ? ["…"] : []
      return "\(list.count): [\((first + rest).joined(separator: ", "))]"
    }
  }
}
