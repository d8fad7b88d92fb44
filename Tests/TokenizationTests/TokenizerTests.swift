import Files
import Foundation
import Sampling
import Testing
import Tokenization

@Suite struct TokenizerTests {
  @Test(arguments: ["tiny", "starter", "tiny-added"])
  func `texts become the tokens that Hugging Face makes of them`(name: String) throws {
    let tokenizer = try Fixture.tokenizer(name)
    for reference in try Fixture.cases() {
      #expect(tokenizer.encode(reference.text) == reference.ids(by: name), "\(reference.text)")
    }
  }

  @Test func `with a space before the text, too`() throws {
    let files = try ["vocab.json", "merges.txt"].map {
      ($0, String(decoding: try Fixture.bytes("starter/\($0)"), as: UTF8.self))
    }
    let config = ("tokenizer_config.json", #"{"add_prefix_space": true}"#)
    let tokenizer = try withFolder(Dictionary(uniqueKeysWithValues: files + [config])) {
      try Tokenizer(folder: $0)
    }
    for reference in try Fixture.cases() {
      #expect(
        tokenizer.encode(reference.text) == reference.ids(by: "starter, prefixed"),
        "\(reference.text)"
      )
    }
  }

  @Test func `decoding gives back every text, to the byte`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    for text in try Fixture.cases().map(\.text) {
      #expect(tokenizer.decode(tokenizer.encode(text)).utf8.elementsEqual(text.utf8))
    }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `decoding gives back random characters`(seed: UInt64) throws {
    let tokenizer = try Fixture.tokenizer("starter")
    var random = SeededGenerator(seed: seed)
    var text = String.UnicodeScalarView()
    while text.count < 500 {
      let value = UInt32(
        random.next(
          upperBound: [0x80, 0x800, 0x10000, 0x110000 as UInt64][
            Int.random(in: 0..<4, using: &random)
          ]
        )
      )
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    #expect(tokenizer.decode(tokenizer.encode(String(text))).utf8.elementsEqual(String(text).utf8))
  }

  @Test func `a sequence cut within a character decodes to U+FFFD there`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    let ids = tokenizer.encode("a東b")
    #expect(tokenizer.decode([ids[0], ids[1], ids[4]]) == "a\u{FFFD}b")
    #expect(tokenizer.decode(Array(ids[2...])) == "\u{FFFD}\u{FFFD}b")
  }

  @Test func `ids without a token decode to nothing`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    #expect(tokenizer.decode([-1, 487, .max, .min]) == "")
    #expect(tokenizer.bytes(of: 487) == nil)
    #expect(tokenizer.bytes(of: -1) == nil)
    #expect(tokenizer.text(of: .max).bytes == [])
  }

  @Test func `tokens are found by their text, space and all`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    #expect(tokenizer.id(of: " king") == 341)
    #expect(tokenizer.id(of: "king") == nil)
    #expect(tokenizer.id(of: "Ġking") == nil)
    #expect(tokenizer.id(of: "<|endoftext|>") == 486)
    #expect(tokenizer.text(of: 341).string == " king")
    for id in 0..<tokenizer.count {
      let token = tokenizer.text(of: id)
      if token.isText { #expect(tokenizer.id(of: token.string) == id) }
    }
  }

  @Test func `the end of the text is one token`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    #expect(tokenizer.count == 487)
    #expect(tokenizer.endOfTextID == 486)
    #expect(tokenizer.encode("<|endoftext|>") == [486])
    #expect(tokenizer.decode([486]) == "<|endoftext|>")
  }

  @Test func `different spellings of one character are different tokens`() throws {
    // To String, "e\u{301}" and "\u{E9}" are one key.
    let vocabulary = #"{"e": 0, "Ì": 1, "ģ": 2, "eÌģ": 3, "Ã": 4, "©": 5, "Ã©": 6, "eÌ": 7}"#
    let tokenizer = try Tokenizer(
      vocabulary: Array(vocabulary.utf8),
      merges: Array("e Ì\neÌ ģ\nÃ ©".utf8),
      name: "test"
    )
    #expect(tokenizer.id(of: "e\u{301}") == 3)
    #expect(tokenizer.id(of: "\u{E9}") == 6)
    // As one word: the pattern would cut the combining mark off.
    #expect(tokenizer.merges(ofWord: "e\u{301}\u{E9}").result.map(\.id) == [3, 6])
  }

  @Test func `bytes in memory make the same tokenizer as files`() throws {
    let inMemory = try Tokenizer(
      vocabulary: Fixture.bytes("tiny/vocab.json"),
      merges: Fixture.bytes("tiny/merges.txt"),
      name: "built in"
    )
    let fromFiles = try Tokenizer(
      vocabularyFile: Fixture.folder + "/tiny/vocab.json",
      mergesFile: Fixture.folder + "/tiny/merges.txt"
    )
    for text in try Fixture.cases().map(\.text) {
      #expect(inMemory.encode(text) == fromFiles.encode(text))
    }
  }

  /// The pieces that Hugging Face's `ByteLevel` pre-tokenizer gives, with `·` for a space.
  @Test(arguments: [
    ("Hello world's  fox", ["Hello", " world", "'s", " ", " fox"]),
    ("no no", ["no", " no"]), ("a1b, c!", ["a", "1", "b", ",", " c", "!"]), ("日本の首都は", ["日本の首都は"]),
    ("", []),
  ])
  func `a text's pieces are those of the pre-tokenizer, and their tokens the text's`(
    text: String,
    pieces: [String]
  ) throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    let found = tokenizer.pieces(of: text)
    #expect(found.map(\.text) == pieces)
    #expect(found.flatMap(\.ids) == tokenizer.encode(text))
  }

  @Test func `an added token is a piece of its own`() throws {
    let tokenizer = try Fixture.tokenizer("tiny")
    let found = tokenizer.pieces(of: "a<|endoftext|> b")
    #expect(found.map(\.text) == ["a", "<|endoftext|>", " b"])
    #expect(found.flatMap(\.ids) == tokenizer.encode("a<|endoftext|> b"))
  }
}
