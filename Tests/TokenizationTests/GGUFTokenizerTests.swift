import Formats
import Foundation
import TestSupport
import Testing
import Tokenization

@Suite struct GGUFTokenizerTests {
  static func tokenizer(_ name: String) throws -> Tokenizer {
    let bytes = try Data(contentsOf: URL(filePath: Fixtures.path("gguf/\(name).gguf")))
    return try Tokenizer(GGUFHeader(Bytes(copying: bytes), name: "\(name).gguf"))
  }

  @Test(arguments: [
    ("llama-Q8_0", "llama/tokenizer.json"), ("llama-tied-scaled-F16", "llama/tokenizer.json"),
    ("qwen2-Q4_0", "qwen2/tokenizer.json"),
    ("llama-sentencepiece-Q8_0", "mistral/tokenizer.json"),
  ])
  func `a file's tokenizer gives what the one that it was made of gives`(
    name: String,
    family: String
  ) throws {
    let tokenizer = try Self.tokenizer(name)
    let cases = try #require(try FamilyTests.cases()[family])
    for reference in cases { reference.check(tokenizer) }
  }

  @Test func `what begins and ends a text is known`() throws {
    let llama = try Self.tokenizer("llama-Q8_0")
    #expect(llama.surrounding == SurroundingTokens(before: [317]))
    #expect(llama.endOfTextID == 318)
    #expect(llama.isSpecial(319) && !llama.isSpecial(5))
    let qwen = try Self.tokenizer("qwen2-Q4_0")
    #expect(qwen.surrounding == SurroundingTokens() && qwen.endOfTextID == 319)
  }

  @Test func `merges of a piece are shown, by score`() throws {
    let tokenizer = try Self.tokenizer("llama-sentencepiece-Q8_0")
    let id = try #require(tokenizer.id(of: " the"))
    #expect(tokenizer.key(of: id) == "▁the")
    let history = try #require(tokenizer.merges(of: id))
    #expect(history.text.string == " the")
    #expect(history.start.map { $0.text.string } == [" ", "t", "h", "e"])
    #expect(history.result.map(\.id) == [id])
  }

  @Test func `a file without a tokenizer, or with one of another kind, says so`() throws {
    #expect(throws: TokenizationError.self) { try Self.tokenizer("blocks-Q4_0") }
    var bytes = try Data(contentsOf: URL(filePath: Fixtures.path("gguf/qwen2-Q4_0.gguf")))
    let name = try #require(bytes.range(of: Data("ggml.pre".utf8)))
    let value = name.upperBound + 12
    bytes.replaceSubrange(value..<value + 5, with: Data("qwen9".utf8))
    let error = #expect(throws: TokenizationError.self) {
      try Tokenizer(GGUFHeader(Bytes(copying: bytes), name: "x.gguf"))
    }
    #expect(
      error?.description
        == "x.gguf is not a tokenizer of a kind that is known here: it cuts text as “qwen9” does"
    )
  }
}
