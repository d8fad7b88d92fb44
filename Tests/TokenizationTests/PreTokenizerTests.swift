import Sampling
import Testing
import Tokenization

@Suite struct PreTokenizerTests {
  /// The pieces by the pattern itself: the specification.
  static func matches(of pattern: String, in text: String) throws -> [String] {
    // Scalars, not grapheme clusters: to Python's `regex` a combining mark is a character.
    let pattern = try Regex(pattern).matchingSemantics(.unicodeScalar)
    return text.matches(of: pattern).map { String(text[$0.range]) }
  }

  /// Equality byte by byte; `==` of strings would not tell é from é.
  static func expectAsPattern(
    _ text: String,
    pattern: String = PreTokenizer.pattern,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let preTokenizer = try #require(PreTokenizer(pattern: pattern))
    let pieces = preTokenizer.pieces(of: text).map { Array($0.utf8) }
    let expected = try matches(of: pattern, in: text).map { Array($0.utf8) }
    #expect(pieces == expected, sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    ("The king's  cat", ["The", " king", "'s", " ", " cat"]),
    ("it's 12 o'clock", ["it", "'s", " 12", " o", "'", "clock"]),
    ("WE'LL we'll 'second", ["WE", "'", "LL", " we", "'ll", " '", "second"]),
    ("a\n\nb", ["a", "\n", "\n", "b"]),
    ("a \n b", ["a", " \n", " b"]),
    ("end  ", ["end", "  "]),
    ("x2y ½", ["x", "2", "y", " ½"]),
    ("?!'s", ["?!'", "s"]),
    ("e\u{301}", ["e", "\u{301}"]),
    ("'re've'm'd't're", ["'re", "'ve", "'m", "'d", "'t", "'re"]),
    ("'r 'v 'l'", ["'", "r", " '", "v", " '", "l", "'"]),
    ("\u{3000}\u{3000}東京", ["\u{3000}", "\u{3000}", "東京"]),
    ("", []),
  ])
  func `text is cut where GPT-2 cuts it`(text: String, pieces: [String]) throws {
    #expect(PreTokenizer.gpt2.pieces(of: text) == pieces)
    try Self.expectAsPattern(text)
  }

  @Test func `reference texts are cut as the pattern cuts them`() throws {
    for text in try Fixture.cases().map(\.text) { try Self.expectAsPattern(text) }
  }

  @Test(arguments: 0..<8 as Range<UInt64>)
  func `random texts are cut as the pattern cuts them`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let characters = Array("aZé1½'''stmdrevl     \n\r\t\u{A0}\u{3000}!?.東\u{301}🗼".unicodeScalars)
    var text = String.UnicodeScalarView()
    for _ in 0..<4000 {
      text.append(characters[Int.random(in: characters.indices, using: &random)])
    }
    for pattern in Self.patterns { try Self.expectAsPattern(String(text), pattern: pattern) }
  }

  /// GPT-2's, Llama 3's, and that of Qwen 2 and 3.
  static let patterns = [
    PreTokenizer.pattern, PreTokenizer.linePattern(mostDigits: 3),
    PreTokenizer.linePattern(mostDigits: 1),
  ]

  @Test func `the patterns are those that the models publish`() {
    #expect(
      PreTokenizer.linePattern(mostDigits: 3)
        == #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    )
    #expect(
      PreTokenizer.linePattern(mostDigits: 1)
        == #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
        + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    )
    #expect(PreTokenizer(pattern: #"\p{N}{1,3}|."#) == nil)
  }

  @Test(arguments: 0...16 as ClosedRange<UInt32>)
  func `every character is of the kind the pattern takes it for`(plane: UInt32) throws {
    // Each between letters, after a space and before a digit. Of the million that are unassigned or
    // private, all of one kind, some will do.
    var text = String.UnicodeScalarView()
    for value in plane << 16...plane << 16 | 0xFFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      switch scalar.properties.generalCategory {
      case .unassigned, .privateUse: if value % 64 != 0 { continue }
      default: break
      }
      text.append(contentsOf: ["a", scalar, " ", scalar, "1"])
    }
    for pattern in Self.patterns { try Self.expectAsPattern(String(text), pattern: pattern) }
  }

  @Test(arguments: ["a", " ", "'", "\n", "é", "'s", " x", "1 "])
  func `pieces joined are the text`(unit: String) {
    let text = String(repeating: unit, count: 1000)
    #expect(PreTokenizer.gpt2.pieces(of: text).joined() == text)
  }
}
