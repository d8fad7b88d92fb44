import Embeddings
import Foundation
import TestSupport
import Testing

/// Twelve words in files that gensim and NumPy wrote, and what they find in them.
///
/// `Tests/Fixtures/words/make.py` made them.
struct WordFixture: Decodable {
  var words: [String]
  var vectors: [[Float]]
  var nearest_cat: [Pair]
  var analogy: [Pair]
  var direction: [Pair]

  struct Pair: Decodable {
    var word: String
    var value: Float

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      word = try parts.decode(String.self)
      value = try parts.decode(Float.self)
    }
  }

  static func load() throws -> WordFixture {
    let data = try Data(contentsOf: URL(fileURLWithPath: path("expected.json")))
    return try JSONDecoder().decode(WordFixture.self, from: data)
  }

  static func path(_ name: String) -> String { Fixtures.path("words/\(name)") }
}

extension TemporaryFolder {
  /// Writes a file and returns its path.
  func write(_ bytes: some Sequence<UInt8>, to name: String = "vectors") throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
