import Foundation
import Synchronization

/// What was measured, for machines to read.
struct Result: Encodable {
  let suite: String
  let name: String
  let value: Double
  let unit: String
}

/// All that was measured in this run.
enum Results {
  private static let measured = Mutex<[Result]>([])

  /// Keeps a result.
  static func add(_ suite: String, _ name: String, _ value: Double, _ unit: String) {
    measured.withLock {
      $0.append(Result(suite: suite, name: name, value: value, unit: unit))
    }
  }

  /// Writes all results as JSON, beside the processor they were measured on.
  ///
  /// - Throws: What keeps the file from being written.
  static func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let file = File(
      processor: processor,
      cores: ProcessInfo.processInfo.activeProcessorCount,
      results: measured.withLock { $0 }
    )
    try encoder.encode(file).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  private struct File: Encodable {
    let processor: String
    let cores: Int
    let results: [Result]
  }

  /// The processor's name, as Linux tells it.
  static var processor: String {
    let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let line = text?.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
