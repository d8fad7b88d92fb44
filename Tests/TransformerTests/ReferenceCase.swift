import Files
import Foundation
import Tensors
import TestSupport
import Testing

/// A prompt with its tokens and, in a file, the value of every activation as PyTorch computes it in float64.
struct ReferenceCase: Decodable, Sendable, CustomTestStringConvertible {
  var prompt: String
  var ids: [Int]
  var tokens: [String]
  var reference: String

  var testDescription: String { prompt }

  var activations: SafetensorsFile {
    get throws { try SafetensorsFile(contentsOf: "\(Fixtures.tinyGPT2)/\(reference)") }
  }

  static let all: [ReferenceCase] = {
    let file = URL(filePath: "\(Fixtures.tinyGPT2)/cases.json")
    return (try? JSONDecoder().decode([ReferenceCase].self, from: Data(contentsOf: file))) ?? []
  }()
}
