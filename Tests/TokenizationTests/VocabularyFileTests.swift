import Sampling
import Testing
import Tokenization

@Suite struct VocabularyFileTests {
  static let merges = "#version: 0.2\n"

  @Test(arguments: [
    ("", "vocab.json: the file is empty"),
    ("\u{FEFF}", "vocab.json: the file is empty"),
    ("{}", "vocab.json, line 1: no tokens"),
    ("[]", "vocab.json, line 1: expected an object of tokens and their ids"),
    (#""a""#, "vocab.json, line 1: expected an object of tokens and their ids"),
    (#"{"a": 0,"#, "vocab.json, line 1: expected a string at byte 8"),
    ("{\"a\": 0,\n\"b\"", "vocab.json, line 2: the file ends where ‘:’ should come"),
    (#"{"a": 0"#, "vocab.json, line 1: the file ends where ‘}’ should come"),
    (#"{"a": 0} x"#, "vocab.json, line 1: something follows the end of the JSON"),
    (#"{"a": "0"}"#, "vocab.json, line 1: the id of ‘a’ is not a whole number"),
    (#"{"a": 0.5}"#, "vocab.json, line 1: the id of ‘a’ is not a whole number"),
    (#"{"a": 1e3}"#, "vocab.json, line 1: the id of ‘a’ is not a whole number"),
    (
      #"{"a": 10000000000000000000000000000}"#,
      "vocab.json, line 1: the id of ‘a’ is not a whole number"
    ),
    (#"{"a": -1}"#, "vocab.json, line 1: the id of ‘a’ is -1, not from 0 to 4194303"),
    (
      "{\"a\": 0,\n \"b\": 1000000000000000}",
      "vocab.json, line 2: the id of ‘b’ is 1000000000000000, not from 0 to 4194303"
    ),
    (#"{"a": 0, "b": 0}"#, "vocab.json, line 1: ‘b’ has the id 0, which is that of ‘a’"),
    (#"{"a": 0, "a": 0}"#, "vocab.json, line 1: ‘a’ is listed twice"),
    (#"{"a": 0, "a": 1}"#, "vocab.json, line 1: ‘a’ has two ids, 0 and 1"),
    (#"{"\u001b[31m": "x"}"#, #"vocab.json, line 1: the id of ‘\u{1b}[31m’ is not a whole number"#),
  ])
  func `a malformed vocabulary is told what is wrong, and where`(
    text: String,
    message: String
  ) throws {
    #expect(try failure(of: ["vocab.json": text, "merges.txt": Self.merges]) == message)
  }

  @Test(arguments: [
    "{\"a\": 0,}", "{'a': 0}", "{\"a\" 0}", "{\"a\": 0 \"b\": 1}", "{\"a\": 00}", "{\"a\": -}",
    "{\"a\": .5}", "{\"a\": 1.}", "{\"a\": 1e}", "{\"a\": tru}", "{\"a\": nul", "{\"a\": [}}",
    "{\"\\x\": 0}", "{\"\\u12\": 0}", "{\"\\ud800\": 0}", "{\"\\ud800\\u0041\": 0}",
    "{\"\\udc00\": 0}", "{\"a\nb\": 0}", "{\"a", "{\"a\\", "{\"\\u", "{\"a\": \"\\ud83d\\", "-",
    "\\",
    "{\"a\": +1}",
  ])
  func `what is not JSON is an error, not a crash`(text: String) throws {
    let message = try failure(of: ["vocab.json": text, "merges.txt": Self.merges])
    #expect(message.hasPrefix("vocab.json, line "))
  }

  @Test(arguments: ["[", "{\"a\":"])
  func `nesting a hundred thousand deep is an error, not a crash`(unit: String) throws {
    let files = [
      "vocab.json": String(repeating: unit, count: 100_000), "merges.txt": Self.merges,
    ]
    #expect(try failure(of: files) == "vocab.json, line 1: more than 32 levels of nesting")
  }

  @Test func `bytes that are not UTF-8 are pointed at`() {
    #expect(
      throws: TokenizationError.malformed(
        file: "test/vocab.json",
        line: 2,
        reason: "byte 4 is not UTF-8"
      )
    ) {
      try Tokenizer(
        vocabulary: [0x7B, 0x0A, 0x22, 0x61, 0xFF, 0x22],
        merges: Array("a a".utf8),
        name: "test"
      )
    }
  }

  @Test func `no prefix of a vocabulary crashes, and none but the whole is accepted`() throws {
    let whole = try Fixture.bytes("tiny/vocab.json")
    let merges = Array(Self.merges.utf8)
    for count in stride(from: 0, to: whole.count, by: 7) {
      #expect(throws: TokenizationError.self) {
        try Tokenizer(vocabulary: whole.prefix(count), merges: merges, name: "test")
      }
    }
    #expect(try Tokenizer(vocabulary: whole, merges: merges, name: "test").count == 487)
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `no damage to the bytes crashes`(seed: UInt64) throws {
    let files = try ["vocab.json", "merges.txt"].map { try Fixture.bytes("tiny/\($0)") }
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      var damaged = files
      for _ in 0...Int(random.next(upperBound: UInt64(3))) {
        let file = Int(random.next(upperBound: UInt64(2)))
        let at = Int(random.next(upperBound: UInt64(damaged[file].count)))
        switch Int(random.next(upperBound: UInt64(3))) {
        case 0: damaged[file][at] = UInt8(Int(random.next(upperBound: UInt64(256))))
        case 1: damaged[file].remove(at: at)
        default:
          damaged[file].insert(damaged[file][Int(random.next(upperBound: UInt64(at + 1)))], at: at)
        }
      }
      // Some damage leaves a sound file; that must work then.
      if let tokenizer = try? Tokenizer(
        vocabulary: damaged[0],
        merges: damaged[1],
        name: "test"
      ) {
        #expect(tokenizer.encode("The king and the queen").allSatisfy { $0 < tokenizer.count })
      }
    }
  }

  @Test func `ids may leave holes`() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(#"{"b": 7, "a": 3}"#.utf8),
      merges: Array(Self.merges.utf8),
      name: "test"
    )
    #expect(tokenizer.count == 8)
    #expect(tokenizer.encode("ab") == [3, 7])
    #expect(tokenizer.bytes(of: 5) == nil)
    #expect(tokenizer.decode([3, 5, 7]) == "ab")
  }

  @Test func `escapes and a byte order mark are understood`() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(
        "\u{FEFF}{\"\\u0120\": 0, \"\\\"\": 1, \"\\/\": 2, \"\\ud83d\\uddfc\": 3}".utf8
      ),
      merges: Array(Self.merges.utf8),
      name: "test"
    )
    #expect(tokenizer.encode(" \"/") == [0, 1, 2])
    // Outside the byte alphabet a key stands for itself: how files list added tokens.
    #expect(tokenizer.text(of: 3).string == "🗼")
  }
}
