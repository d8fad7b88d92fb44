import Platform

/// Cuts text into the pieces within which tokens may merge.
///
/// No merge crosses a border between pieces, which keeps `dog`, `dog!` and `dog.` from becoming
/// three unrelated tokens. Models state the borders as a regular expression. The scanners below do
/// the same by hand, some twenty times faster; the tests hold them to the patterns. A pattern that
/// is none of these is refused, never guessed at.
public struct PreTokenizer: Equatable, Sendable {
  /// How text is cut.
  enum Rule: Equatable, Sendable {
    /// Not at all, as SentencePiece has it.
    case none
    /// By GPT-2's pattern.
    case words
    /// By Llama 3's pattern, with so many digits in a piece at most; Qwen's has 1.
    case lines(mostDigits: Int)
    /// Before each `▁`, as SentencePiece writes a space.
    case spaces
  }

  /// How numbers are set apart before anything else is cut.
  enum Digits: Equatable, Sendable {
    /// They are not.
    case asRuled
    /// Runs of digits are.
    case together
    /// Each digit is.
    case alone
  }

  /// How text is cut.
  var rule = Rule.words
  /// Whether digits are cut out first.
  var digits = Digits.asRuled

  /// GPT-2's.
  public static let gpt2 = PreTokenizer()

  /// GPT-2's pattern, as published. Its alternatives, tried in this order, are
  ///
  /// 1. an English contraction: `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d` (lower case only)
  /// 2. letters, with one space before them if there is one
  /// 3. digits and other numbers, likewise
  /// 4. anything else that is not white space, likewise
  /// 5. white space, all but the last character of it if a word follows (which then gets its
  ///    leading space)
  /// 6. what white space is left
  ///
  /// - SeeAlso: <https://github.com/openai/gpt-2/blob/master/src/encoder.py>.
  public static let pattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  /// Llama 3's pattern, or with single digits that of Qwen 2 and 3.
  ///
  /// It differs from GPT-2's: contractions in upper case too, any one character that is no letter,
  /// digit or line's end before letters, digits without the space, line ends taken in by what comes
  /// before them.
  ///
  /// - SeeAlso: `tokenizer.json` of meta-llama/Meta-Llama-3-8B and Qwen/Qwen2-0.5B on the Hugging Face hub.
  public static func linePattern(mostDigits: Int) -> String {
    #"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"#
      + (mostDigits == 1 ? "" : "{1,\(mostDigits)}")
      + #"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
  }

  /// The rule that a pattern states; nil for a pattern that is not known.
  ///
  /// GPT-2's has a second spelling, tiktoken's.
  public init?(pattern: String) {
    switch pattern {
    case Self.pattern,
      #"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#:
      self = .gpt2
    case Self.linePattern(mostDigits: 3): self.init(rule: .lines(mostDigits: 3))
    case Self.linePattern(mostDigits: 1): self.init(rule: .lines(mostDigits: 1))
    default: return nil
    }
  }

  init(rule: Rule = .words, digits: Digits = .asRuled) {
    (self.rule, self.digits) = (rule, digits)
  }

  /// Cuts `text` into pieces.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The pieces in order; joined, they are `text`.
  /// - Complexity: O(length of the text).
  public func pieces(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    var (pieces, start): ([String], Int) = ([], 0)
    for end in ends(ofPiecesOf: bytes.span) {
      pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end
    }
    return pieces
  }

  /// Where the pieces of a text end.
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Returns: The offset of the first byte after each piece, which is where the next begins.
  func ends(ofPiecesOf text: Span<UInt8>) -> [Int] {
    var ends: [Int] = []
    ends.reserveCapacity(text.count / 4)
    var start = 0
    while start < text.count {
      let stretch = digits == .asRuled ? text.count : end(ofStretchAt: start, in: text)
      let part = text.extracting(..<stretch)
      while start < stretch {
        start = end(ofPieceAt: start, in: part)
        ends.append(start)
      }
    }
    return ends
  }

  /// Where the digits that begin at `start`, or what is before the next ones, end.
  private func end(ofStretchAt start: Int, in text: Span<UInt8>) -> Int {
    let first = Character(at: start, in: text)
    if first.kind == .number {
      return digits == .alone ? first.end : Self.end(ofRunOf: .number, from: first.end, in: text)
    }
    var end = first.end
    while end < text.count {
      let next = Character(at: end, in: text)
      if next.kind == .number { break }
      end = next.end
    }
    return end
  }

  /// Where the piece that begins at `start` ends.
  ///
  /// - Parameters:
  ///   - start: Where a piece begins, in bytes; less than `text.count`.
  ///   - text: Valid UTF-8.
  /// - Returns: The offset of the first byte after the piece.
  func end(ofPieceAt start: Int, in text: Span<UInt8>) -> Int {
    switch rule {
    case .none: text.count
    case .words: Self.end(ofWordAt: start, in: text)
    case .lines(let mostDigits): Self.end(ofLinePartAt: start, mostDigits, in: text)
    case .spaces: Self.end(ofSpacedAt: start, in: text)
    }
  }

  private static func end(ofSpacedAt start: Int, in text: Span<UInt8>) -> Int {
    var end = start + 1
    while end < text.count, !Metaspace.stands(at: end, in: text) { end += 1 }
    return end
  }

  private static func end(ofWordAt start: Int, in text: Span<UInt8>) -> Int {
    if text[start] == apostrophe, let end = end(ofContractionAt: start, in: text) { return end }
    var first = Character(at: start, in: text)
    if text[start] == space, start + 1 < text.count {
      let second = Character(at: start + 1, in: text)
      if second.kind != .space { first = second }
    }
    guard first.kind == .space else { return end(ofRunOf: first.kind, from: first.end, in: text) }
    return end(ofWhiteSpaceAt: start, in: text)
  }

  private static func end(
    ofLinePartAt start: Int,
    _ mostDigits: Int,
    in text: Span<UInt8>
  ) -> Int {
    if text[start] == apostrophe,
      let end = end(ofContractionAt: start, in: text, ignoringCase: true)
    {
      return end
    }
    let first = Character(at: start, in: text)
    if first.kind == .letter { return end(ofRunOf: .letter, from: first.end, in: text) }
    if first.kind == .number {
      return end(ofRunOf: .number, from: first.end, atMost: mostDigits - 1, in: text)
    }
    let second = first.end < text.count ? Character(at: first.end, in: text) : nil
    if second?.kind == .letter, !isLineEnd(text[start]) {
      return end(ofRunOf: .letter, from: first.end, in: text)
    }
    if first.kind == .other || (text[start] == space && second?.kind == .other) {
      var end = end(ofRunOf: .other, from: first.end, in: text)
      while end < text.count, isLineEnd(text[end]) { end += 1 }
      return end
    }
    return end(ofWhiteSpaceAt: start, in: text, toLastLineEnd: true)
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let space = UInt8(ascii: " ")

  private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  private static func end(
    ofContractionAt start: Int,
    in text: Span<UInt8>,
    ignoringCase: Bool = false
  ) -> Int? {
    let fold: UInt8 = ignoringCase ? 0x20 : 0
    guard start + 1 < text.count else { return nil }
    let third = start + 2 < text.count ? text[start + 2] : 0
    switch (text[start + 1] | fold, third | fold) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return start + 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    default:
      // Without regard to case, ſ is an s too.
      return ignoringCase && text[start + 1] == 0xC5 && third == 0xBF ? start + 3 : nil
    }
  }

  private static func end(
    ofRunOf kind: Kind,
    from start: Int,
    atMost most: Int = .max,
    in text: Span<UInt8>
  ) -> Int {
    var (end, count) = (start, 0)
    while end < text.count, count < most {
      let next = Character(at: end, in: text)
      guard next.kind == kind else { break }
      end = next.end
      count += 1
    }
    return end
  }

  private static func end(
    ofWhiteSpaceAt start: Int,
    in text: Span<UInt8>,
    toLastLineEnd: Bool = false
  ) -> Int {
    var (end, last) = (start, start)
    var lineEnd: Int?
    while end < text.count {
      let next = Character(at: end, in: text)
      guard next.kind == .space else { break }
      if isLineEnd(text[end]) { lineEnd = next.end }
      (last, end) = (end, next.end)
    }
    if toLastLineEnd, let lineEnd { return lineEnd }
    // The last character of white space is left for what follows, unless it is all there is.
    return end == text.count || last == start ? end : last
  }

  private enum Kind: UInt8 { case letter, number, space, other }

  /// One character (Unicode scalar) of UTF-8 text.
  private struct Character {
    let kind: Kind
    let end: Int

    init(at start: Int, in text: Span<UInt8>) {
      let lead = text[start]
      if lead < 0x80 {
        kind = PreTokenizer.asciiKind(lead)
        end = start + 1
        return
      }
      let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
      for i in 1..<length { value = value << 6 | UInt32(text[start + i] & 0x3F) }
      kind = Unicode.Scalar(value).map { PreTokenizer.kind($0) } ?? .other
      end = start + length
    }
  }

  private static func asciiKind(_ byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): .letter
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    case space, 0x09...0x0D: .space
    default: .other
    }
  }

  private static func kind(_ scalar: Unicode.Scalar) -> Kind {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter:
      .letter
    case .decimalNumber, .letterNumber, .otherNumber: .number
    default: scalar.isWhiteSpace ? .space : .other
    }
  }
}
