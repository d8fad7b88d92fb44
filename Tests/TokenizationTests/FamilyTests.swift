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
      let text = reference.text
      let ids = tokenizer.encode(text, addingSpecialTokens: true)
      #expect(ids == reference.ids, "\(text.debugDescription)")
      #expect(tokenizer.encode(text) == reference.bare, "\(text.debugDescription)")
      #expect(ids.map { tokenizer.key(of: $0) } == reference.tokens, "\(text.debugDescription)")
      let decoded = tokenizer.decode(ids, skippingSpecialTokens: true)
      #expect(decoded.utf8.elementsEqual(reference.decoded.utf8), "\(text.debugDescription)")
      let whole = tokenizer.decode(ids)
      #expect(
        whole.utf8.elementsEqual(reference.decodedWithSpecial.utf8),
        "\(text.debugDescription)"
      )
      #expect(tokenizer.pieces(of: text).flatMap(\.ids) == reference.bare)
    }
  }
}
