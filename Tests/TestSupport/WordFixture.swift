import Foundation

/// Twelve words in files that gensim and NumPy wrote, and what they find in them.
///
/// `Tests/Fixtures/words/make.py` made them.
package struct WordFixture: Decodable {
  package var words: [String]
  package var vectors: [[Float]]
  package var nearest_cat: [Pair]
  package var analogy: [Pair]
  package var direction: [Pair]

  package struct Pair: Decodable {
    package var word: String
    package var value: Float

    package init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      word = try parts.decode(String.self)
      value = try parts.decode(Float.self)
    }
  }

  package static func load() throws -> WordFixture {
    let data = try Data(contentsOf: URL(fileURLWithPath: path("expected.json")))
    return try JSONDecoder().decode(WordFixture.self, from: data)
  }

  package static func path(_ name: String) -> String { Fixtures.path("words/\(name)") }
}

extension TemporaryFolder {
  /// Writes a file and returns its path.
  package func write(_ bytes: some Sequence<UInt8>, to name: String = "vectors") throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    return "\(path)/\(name)"
  }
}
