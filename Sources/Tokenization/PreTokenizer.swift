/// Cuts text into the pieces within which bytes may merge.
///
/// No merge crosses a border between pieces, which keeps `dog`, `dog!` and `dog.` from becoming
/// three unrelated tokens. GPT-2 states the borders as a regular expression; its alternatives,
/// tried in this order, are
///
/// 1. an English contraction: `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll`, `'d` (lower case only)
/// 2. letters, with one space before them if there is one
/// 3. digits and other numbers, likewise
/// 4. anything else that is not white space, likewise
/// 5. white space, all but the last character of it if a word follows (which then gets its
///    leading space)
/// 6. what white space is left
///
/// The scanner below does the same by hand, some twenty times faster; the tests hold it to the
/// pattern.
public enum PreTokenizer {
  /// GPT-2's pattern, as published.
  ///
  /// - SeeAlso: <https://github.com/openai/gpt-2/blob/master/src/encoder.py>.
  public static let pattern =
    #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  /// Cuts `text` into pieces.
  ///
  /// - Parameter text: Any text.
  /// - Returns: The pieces in order; joined, they are `text`.
  /// - Complexity: O(length of the text).
  public static func pieces(of text: String) -> [String] {
    let bytes = Array(text.utf8)
    var pieces: [String] = []
    var start = 0
    while start < bytes.count {
      let end = end(ofPieceAt: start, in: bytes.span)
      pieces.append(String(decoding: bytes[start..<end], as: UTF8.self))
      start = end
    }
    return pieces
  }

  /// Where the piece that begins at `start` ends.
  ///
  /// - Parameters:
  ///   - start: Where a piece begins, in bytes; less than `text.count`.
  ///   - text: Valid UTF-8.
  /// - Returns: The offset of the first byte after the piece.
  static func end(ofPieceAt start: Int, in text: Span<UInt8>) -> Int {
    if text[start] == apostrophe, let end = end(ofContractionAt: start, in: text) { return end }
    var first = Character(at: start, in: text)
    if text[start] == space, start + 1 < text.count {
      let second = Character(at: start + 1, in: text)
      if second.kind != .space { first = second }
    }
    guard first.kind == .space else { return end(ofRunOf: first.kind, from: first.end, in: text) }
    return end(ofWhiteSpaceAt: start, in: text)
  }

  private static let apostrophe = UInt8(ascii: "'")
  private static let space = UInt8(ascii: " ")

  private static func end(ofContractionAt start: Int, in text: Span<UInt8>) -> Int? {
    guard start + 1 < text.count else { return nil }
    let third = start + 2 < text.count ? text[start + 2] : 0
    switch (text[start + 1], third) {
    case (UInt8(ascii: "s"), _), (UInt8(ascii: "t"), _), (UInt8(ascii: "m"), _),
      (UInt8(ascii: "d"), _):
      return start + 2
    case (UInt8(ascii: "r"), UInt8(ascii: "e")), (UInt8(ascii: "v"), UInt8(ascii: "e")),
      (UInt8(ascii: "l"), UInt8(ascii: "l")):
      return start + 3
    default: return nil
    }
  }

  private static func end(ofRunOf kind: Kind, from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let next = Character(at: end, in: text)
      guard next.kind == kind else { break }
      end = next.end
    }
    return end
  }

  private static func end(ofWhiteSpaceAt start: Int, in text: Span<UInt8>) -> Int {
    var (end, last) = (start, start)
    while end < text.count {
      let next = Character(at: end, in: text)
      guard next.kind == .space else { break }
      (last, end) = (end, next.end)
    }
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
    default: scalar.properties.isWhitespace ? .space : .other
    }
  }
}
