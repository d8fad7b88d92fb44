import Files
import Foundation
import Tensors
import TestSupport
import Testing

/// A prompt of a tiny model of another family, with the value of every activation as float64 numpy computes it, in agreement
/// with transformers.
struct FamilyCase: Sendable, CustomTestStringConvertible {
  /// The folders among the fixtures.
  static let folders = [
    "llama", "llama-tied-scaled", "mistral", "qwen2", "qwen3", "gemma2", "gpt-neox", "smollm2",
  ]

  let folder: String
  let ids: [Int]
  private let reference: String

  var testDescription: String { "\(folder) \(reference)" }
  var path: String { Fixtures.path("architectures/\(folder)") }
  var activations: SafetensorsFile {
    get throws { try SafetensorsFile(contentsOf: "\(path)/\(reference)") }
  }

  private struct Prompt: Decodable {
    var ids: [Int]
    var reference: String
  }

  static let all: [FamilyCase] = folders.flatMap { folder in
    let file = URL(filePath: Fixtures.path("architectures/\(folder)/cases.json"))
    let prompts = (try? JSONDecoder().decode([Prompt].self, from: Data(contentsOf: file))) ?? []
    return prompts.map { FamilyCase(folder: folder, ids: $0.ids, reference: $0.reference) }
  }
}
