import Testing
import Tokenization

@Suite struct MergesFileTests {
  static let vocabulary = #"{"a": 0, "b": 1, "ab": 2}"#

  @Test(arguments: [
    ("", "merges.txt: the file is empty"),
    ("#version: 0.2\na", "merges.txt, line 2: expected two tokens with a space between, found ‘a’"),
    (
      "a b\na b a",
      "merges.txt, line 2: expected two tokens with a space between, found ‘a b a’"
    ),
    ("a b\n\na b", "merges.txt, line 2: expected two tokens with a space between, found ‘’"),
    (" b", "merges.txt, line 1: expected two tokens with a space between, found ‘ b’"),
    ("a ", "merges.txt, line 1: expected two tokens with a space between, found ‘a ’"),
    ("a  b", "merges.txt, line 1: expected two tokens with a space between, found ‘a  b’"),
    ("a\tb", #"merges.txt, line 1: expected two tokens with a space between, found ‘a\u{9}b’"#),
    (
      "a b\na c",
      "merges.txt, line 2: the merge of ‘a’ and ‘c’ needs ‘c’, which is not in the vocabulary"
    ),
    (
      "x b",
      "merges.txt, line 1: the merge of ‘x’ and ‘b’ needs ‘x’, which is not in the vocabulary"
    ),
    (
      "b a",
      "merges.txt, line 1: the merge of ‘b’ and ‘a’ makes ‘ba’, which is not in the vocabulary"
    ),
  ])
  func `malformed merges are told what is wrong, and where`(text: String, message: String) throws {
    #expect(try failure(of: ["vocab.json": Self.vocabulary, "merges.txt": text]) == message)
  }

  @Test(arguments: [
    "a b", "a b\n", "a b\n\n\n", "#version: 0.2\na b\n", "\u{FEFF}#version: 0.2\na b",
    "a b\r\n", "#version: 0.2\r\na b\r\n\r\n", "\u{FEFF}a b",
  ])
  func `lines may end as on any system, and a version may stand before them`(text: String) throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(Self.vocabulary.utf8),
      merges: Array(text.utf8),
      name: "test"
    )
    #expect(tokenizer.encode("ab") == [2])
    #expect(tokenizer.merges(ofWord: "ab").steps.map(\.rank) == [0])
  }

  @Test func `no merges at all leave bytes`() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(Self.vocabulary.utf8),
      merges: Array("#version: 0.2\n".utf8),
      name: "test"
    )
    #expect(tokenizer.encode("abab") == [0, 1, 0, 1])
  }
}
