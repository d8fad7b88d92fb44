import Testing
import Tokenization

@Suite struct TokenCountsTests {
  private func read(_ json: String, vocabulary: Int = 3) throws -> TokenCounts {
    try TokenCounts(json: Array(json.utf8), name: "token_counts.json", vocabulary: vocabulary)
  }

  /// A file of three tokens, with one part of it as given.
  private func file(
    format: String = "\"explain-token-counts/1\"",
    tokens: String = "12",
    counts: String = "[5, 0, 7]"
  ) -> String {
    "{\"format\": \(format), \"text\": \"a text\", \"tokens\": \(tokens), \"counts\": \(counts)}"
  }

  @Test func `what is written is read again`() throws {
    let names = "a \"b\" \\ c\u{1}.txt"
    let counts = try #require(TokenCounts(text: names, counts: Array(0..<40)))
    #expect(counts.total == 780)
    #expect(try read(counts.file, vocabulary: 40) == counts)
  }

  @Test func `counts of 64 bits are kept to the last digit`() throws {
    let counts = [Int.max - 3, 0, 3]
    let text = try #require(TokenCounts(text: "", counts: counts)).file
    #expect(text.contains("\"tokens\": 9223372036854775807"))
    #expect(try read(text).counts == counts)
    #expect(TokenCounts(text: "", counts: [Int.max, 1]) == nil)
    #expect(TokenCounts(text: "", counts: [1, -1]) == nil)
  }

  @Test func `what are no counts of the vocabulary is said in a line`() throws {
    let cases = [
      (file(counts: "[5, 7]"), "has 2 entries, but the model's vocabulary has 3 tokens"),
      (file(counts: "[5, -1, 8]"), "the count of token 1 is not a whole number from 0 up"),
      (file(counts: "[5, 0.5, 7]"), "the count of token 1 is not a whole number from 0 up"),
      (file(counts: "{\"a\": 5}"), "“counts” is not a list"),
      (file(tokens: "13"), "“tokens” is not the sum of “counts”"),
      (file(format: "\"other\""), "is no file of token counts"),
      ("[]", "is no file of token counts"),
      ("", "the file is empty"), ("{", "line 1"),
    ]
    for (json, message) in cases {
      let error = try #require(throws: TokenizationError.self) { try read(json) }
      #expect(error.description.contains(message), "\(error.description)")
      #expect(error.description.hasPrefix("token_counts.json"))
    }
    #expect(try read(file()).counts == [5, 0, 7])
  }
}
