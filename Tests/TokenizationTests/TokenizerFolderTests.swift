import Files
import Foundation
import Testing
import Tokenization

@Suite struct TokenizerFolderTests {
  static let vocabulary = #"{"a": 0, "b": 1, "ab": 2}"#
  static let files = ["vocab.json": vocabulary, "merges.txt": "a b"]

  static func tokenizer(with more: [String: String]) throws -> Tokenizer {
    try withFolder(files.merging(more) { $1 }) { try Tokenizer(folder: $0) }
  }

  @Test func `a folder without a tokenizer says what was looked for`() throws {
    try withFolder(["config.json": "{}"]) { folder in
      let error = #expect(throws: TokenizationError.self) { try Tokenizer(folder: folder) }
      #expect(
        error?.description
          == "no vocab.json with merges.txt, nor tokenizer.json, at \(folder)"
      )
    }
  }

  @Test func `a folder that is not there is missing`() {
    #expect(throws: TokenizationError.missing(path: "/nowhere/at/all", wanted: "folder")) {
      try Tokenizer(folder: "/nowhere/at/all")
    }
    #expect(throws: TokenizationError.missing(path: "/nowhere/v.json", wanted: "file")) {
      try Tokenizer(vocabularyFile: "/nowhere/v.json", mergesFile: "/nowhere/m.txt")
    }
    #expect(throws: TokenizationError.missing(path: "", wanted: "folder")) {
      try Tokenizer(folder: "")
    }
  }

  @Test func `a folder where a file should be cannot be read`() {
    let folder = Fixture.folder
    #expect(throws: TokenizationError.unreadable(path: folder, reason: "it is a folder")) {
      try Tokenizer(tokenizerFile: folder)
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `a pipe where a file should be is not waited for`() throws {
    try withFolder([:]) { folder in
      let pipe = folder + "/tokenizer.json"
      try #require(mkfifo(pipe, 0o600) == 0)
      #expect(
        throws: TokenizationError.unreadable(path: pipe, reason: "it is not a plain file")
      ) {
        try Tokenizer(tokenizerFile: pipe)
      }
    }
  }

  @Test func `tokenizer.json goes before vocab.json with merges.txt, as with AutoTokenizer`() throws
  {
    let json = TokenizerFileTests.json(
      vocabulary: #"{"b": 0, "a": 1, "ba": 2}"#,
      merges: #"["b a"]"#
    )
    let tokenizer = try Self.tokenizer(with: ["tokenizer.json": json])
    #expect(tokenizer.encode("ba") == [2])
  }

  @Test func `added tokens come from either file beside`() throws {
    let tokenizer = try Self.tokenizer(with: [
      "tokenizer_config.json": #"""
      {"added_tokens_decoder": {"3": {"content": "<pad>", "special": true},
                                "4": {"content": "<x>", "rstrip": true, "special": true}},
       "bos_token": null, "unk_token": null,
       "eos_token": {"content": "<x>"}, "model_max_length": 1000000000000000019884624838656}
      """#
    ])
    #expect(tokenizer.count == 5)
    #expect(tokenizer.encode("a<pad><x>  ab") == [0, 3, 4, 2])
    #expect(tokenizer.endOfTextID == 4)
    #expect(tokenizer.decode([0, 3, 4, 2]) == "a<pad><x>ab")
    #expect(tokenizer.id(of: "<pad>") == 3)
    #expect(tokenizer.merges(of: 3) == nil)
  }

  @Test
  func `GPT-2's end of text is added where the vocabulary has none, unless there is to be none`()
    throws
  {
    #expect(try Self.tokenizer(with: [:]).endOfTextID == 3)
    let config = #"{"bos_token": null, "eos_token": null, "unk_token": null}"#
    #expect(try Self.tokenizer(with: ["tokenizer_config.json": config]).endOfTextID == nil)
  }

  @Test(arguments: [
    ("added_tokens.json", "[]", "line 1: expected an object of added tokens and their ids"),
    ("added_tokens.json", #"{"<x>": "1"}"#, "line 1: expected an added token and its id"),
    ("tokenizer_config.json", "{", "line 1: expected a string at byte 1"),
    (
      "tokenizer_config.json", #"{"added_tokens_decoder": {"x": {"content": "<x>"}}}"#,
      "line 1: expected an added token with an id and a content"
    ),
    (
      "tokenizer_config.json", #"{"added_tokens_decoder": 1}"#,
      "line 1: expected an object of added tokens by id"
    ),
  ])
  func `a malformed file beside is an error too`(
    file: String,
    text: String,
    message: String
  ) throws {
    let files = Self.files.merging([file: text]) { $1 }
    #expect(try failure(of: files) == "\(file), \(message)")
  }
}
