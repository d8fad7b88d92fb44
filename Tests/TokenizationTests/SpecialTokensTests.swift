import ChatTemplates
import Files
import Foundation
import Testing
import Tokenization

/// Folders and the ids that AutoTokenizer gives; `Fixtures/make_special_tokens.py` says how they
/// came to be.
struct SpecialTokensReference: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    let seed: Int
    let files: [String: String]
    let whole: [[Int]]
    let bare: [[Int]]
    let end: Int?

    var testDescription: String { "seed \(seed): \(files.keys.sorted().joined(separator: ", "))" }
  }

  let texts: [String]
  let files: [String: String]
  let cases: [Case]

  static let shared: SpecialTokensReference = {
    let file = URL(filePath: Fixture.folder + "/special-tokens.json")
    let decoded = try? JSONDecoder().decode(Self.self, from: Data(contentsOf: file))
    return decoded ?? SpecialTokensReference(texts: [], files: [:], cases: [])
  }()
}

@Suite struct SpecialTokensTests {
  @Test func `the reference has folders of every kind`() {
    let cases = SpecialTokensReference.shared.cases
    #expect(cases.count == 48)
    #expect(cases.contains { $0.whole != $0.bare })
  }

  @Test(arguments: SpecialTokensReference.shared.cases)
  func `ids are AutoTokenizer's, whatever files name the tokens`(
    _ given: SpecialTokensReference.Case
  ) throws {
    let reference = SpecialTokensReference.shared
    let vocabulary = try #require(reference.files["vocab.json"])
    let files = given.files.mapValues {
      $0.replacingOccurrences(of: "\"VOCABULARY\"", with: vocabulary)
    }
    let tokenizer = try withFolder(reference.files.merging(files) { $1 }) {
      try Tokenizer(folder: $0)
    }
    #expect(reference.texts.map { tokenizer.encode($0) } == given.bare)
    #expect(
      reference.texts.map { tokenizer.encode($0, addingSpecialTokens: true) } == given.whole
    )
    #expect(tokenizer.endOfTextID == given.end)
  }

  @Test func `a file that states another id than a token gets is told`() throws {
    let tokenizer = try TokenizerFolderTests.tokenizer(with: ["added_tokens.json": #"{"<x>": 9}"#])
    #expect(tokenizer.encode("<x>") == [3])
    #expect(
      tokenizer.notes == [
        "the tokenizer's files give the added token ‘<x>’ the id 9, which gets 3; so it is with AutoTokenizer"
      ]
    )
  }

  @Test func `all tokens that get another id than stated are told, in one line`() throws {
    let two = #"{"<x>": 9, "<y>": 11}"#
    #expect(
      try TokenizerFolderTests.tokenizer(with: ["added_tokens.json": two]).notes == [
        "the tokenizer's files give the added tokens ‘<x>’ the id 9, which gets 3, "
          + "‘<y>’ the id 11, which gets 4; so it is with AutoTokenizer"
      ]
    )
    let nine = (1...9).map { #""<\#($0)>": \#(20 + $0)"# }.joined(separator: ", ")
    let notes = try TokenizerFolderTests.tokenizer(with: ["added_tokens.json": "{\(nine)}"]).notes
    #expect(notes.count == 1)
    #expect(notes.first?.contains("‘<5>’ the id 25, which gets 7, and likewise 4 more; ") == true)
  }

  @Test func `a template names the tokens of special_tokens_map.json`() throws {
    let files = [
      "special_tokens_map.json": #"{"bos_token": "<s>", "eos_token": {"content": "</s>"}}"#,
      "chat_template.jinja": "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}",
    ]
    let template = try #require(
      try withFolder(TokenizerFolderTests.files.merging(files) { $1 }) {
        try ChatTemplate.inFolder(at: $0)
      }
    )
    let text = try template.text(of: [.init(role: "user", content: "Hi")], addingPrompt: true)
    #expect(text == "<s>Hi</s>")
  }

  @Test(arguments: [
    ("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n", "a Git LFS pointer"),
    ("\n<!DOCTYPE html><html></html>", "a web page"),
  ])
  func `a file that is something else is said to be`(text: String, what: String) throws {
    let message = try failure(of: ["vocab.json": text, "merges.txt": "a b"])
    #expect(message.hasPrefix("vocab.json: it is \(what), not the file itself; "))
  }
}
