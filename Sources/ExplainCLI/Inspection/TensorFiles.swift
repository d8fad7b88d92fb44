#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
import Files
import Platform
import Tensors

/// One safetensors file, or those of a folder: a trace, a page's folder, a checkpoint with its
/// shards.
struct TensorFiles {
  /// The path as it was given.
  let path: String
  private let files: [SafetensorsFile]

  /// Opens the files.
  ///
  /// - Throws: `noInput` if there is none, or what is wrong with one.
  init(at path: String) throws {
    self.path = path
    files = try Self.paths(at: path).map { try SafetensorsFile(contentsOf: $0) }
  }

  /// What the writers noted beside the tensors; of several files the first that has a key counts.
  var metadata: [String: String] {
    files.reduce(into: [:]) { all, file in all.merge(file.metadata) { first, _ in first } }
  }

  /// The names and types of the tensors, file by file, in the order of their bytes.
  var entries: [SafetensorsEntry] { files.flatMap(\.entries) }

  /// A tensor.
  ///
  /// - Throws: A usage error that suggests a name.
  func tensor(named name: String) throws -> Tensor {
    guard let file = files.first(where: { $0.entry(named: name) != nil }) else {
      let suggestion = Spelling.suggestion(for: name, among: entries.map(\.name))
      throw CLIError.usage(
        en: "--tensor “\(name)” is not in \(path)\(suggestion.en)",
        ja: "\(path) に --tensor の「\(name)」はありません。\(suggestion.ja)"
      )
    }
    return try file.tensor(named: name)
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
