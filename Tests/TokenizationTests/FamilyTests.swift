import Files
import Foundation
import Testing
import Tokenization

/// Tokenizers laid out as those of Llama 3, Mistral, Qwen, SmolLM2, Pythia and Gemma 2 are;
/// `Fixtures/make_families.py` says what Hugging Face's tokenizers make of the same texts.
@Suite struct FamilyTests {
  struct Case: Decodable {
    let text: String
    let ids, bare: [Int]
    let tokens: [String]
    let decoded, decodedWithSpecial: String
  }

  static let folder = Fixture.folder + "/families"

  static func cases() throws -> [String: [Case]] {
    let path = ProcessInfo.processInfo.environment["EXPLAIN_TOKENIZATIONS"]
    let json = try Data(contentsOf: URL(filePath: path ?? folder + "/references.json"))
    return try JSONDecoder().decode([String: [Case]].self, from: json)
  }

  static func tokenizer(_ family: String) throws -> Tokenizer {
    if family.hasSuffix("metaspace.json") {
      return try Tokenizer(tokenizerFile: "\(folder)/\(family)")
    }
    return try Tokenizer(folder: "\(folder)/" + family.dropLast("/tokenizer.json".count))
  }

  static let families =
    [
      "gemma2", "gpt-neox", "llama", "mistral", "qwen2", "qwen3", "smollm2",
    ].map { $0 + "/tokenizer.json" } + ["mistral/tokenizer-metaspace.json"]

  @Test(arguments: families)
  func `texts become the tokens that Hugging Face makes of them, and back`(
    family: String
  ) throws {
    let tokenizer = try Self.tokenizer(family)
    let cases = try #require(try Self.cases()[family])
    #expect(cases.count >= 40)
    for reference in cases {
      reference.check(tokenizer)
      #expect(tokenizer.pieces(of: reference.text).flatMap(\.ids) == reference.bare)
    }
  }
}

extension FamilyTests.Case {
  /// Expects that a tokenizer makes of the text what Hugging Face's made, and the text again.
  func check(_ tokenizer: Tokenizer) {
    let shown = text.debugDescription
    let ids = tokenizer.encode(text, addingSpecialTokens: true)
    #expect(ids == self.ids, "\(shown)")
    #expect(tokenizer.encode(text) == bare, "\(shown)")
    #expect(ids.map { tokenizer.key(of: $0) } == tokens, "\(shown)")
    let decoded = tokenizer.decode(ids, skippingSpecialTokens: true)
    #expect(decoded.utf8.elementsEqual(self.decoded.utf8), "\(shown)")
    #expect(tokenizer.decode(ids).utf8.elementsEqual(decodedWithSpecial.utf8), "\(shown)")
  }
}
