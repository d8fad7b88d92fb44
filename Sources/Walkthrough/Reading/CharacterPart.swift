import Platform

/// The part of a character that a token holds: 日 is the three bytes E6 97 A5, and a token may be one of them.
public struct CharacterPart: Sendable, Equatable {
  /// The character, as a reader sees one: an emoji with its joiners is one.
  public let character: String
  /// Which of the character's bytes the token holds.
  public let range: Range<Int>

  /// The bytes of the character's UTF-8 in hexadecimal: `E6 97 A5`.
  public var bytes: String { Self.hexadecimal(character) }

  /// Which of how many bytes the token holds, counted from 1: `1/3`, `2–3/4`.
  var place: String {
    let (first, last) = (range.lowerBound + 1, range.upperBound)
    return (first == last ? "\(first)" : "\(first)–\(last)") + "/\(character.utf8.count)"
  }

  /// The parts of characters that the tokens of a text hold.
  ///
  /// A character counts if it is cut between two tokens. Bytes that are no UTF-8 are part of none.
  ///
  /// - Parameters:
  ///   - tokens: The tokens' texts in order; what is no text on its own is written as bytes, `<0xE6>`.
  ///   - text: The text that the tokens are of, perhaps with tokens before it, if it is known: it tells
  ///     whether someone typed such signs.
  /// - Returns: For each token its parts in order; none for a token of whole characters.
  public static func parts(of tokens: [String], in text: String? = nil) -> [[CharacterPart]] {
    var parts = [[CharacterPart]](repeating: [], count: tokens.count)
    let bytes = bytes(of: tokens, in: text)
    let ends = bytes.reduce(into: []) { ends, token in ends.append((ends.last ?? 0) + token.count) }
    var position = 0
    for (character, start) in characters(of: bytes.flatMap({ $0.self })) {
      let end = start + character.utf8.count
      while ends[position] <= start { position += 1 }
      guard ends[position] < end else { continue }
      var from = start
      for place in position..<tokens.count where from < end {
        let to = min(end, ends[place])
        guard to > from else { continue }
        parts[place].append(
          CharacterPart(character: character, range: from - start..<to - start)
        )
        from = to
      }
    }
    return parts
  }

  /// The characters of more than one byte that stand in bytes, each with where it begins.
  private static func characters(of bytes: [UInt8]) -> [(character: String, start: Int)] {
    var found: [(character: String, start: Int)] = []
    var run = String.UnicodeScalarView()
    var (start, offset) = (0, 0)
    func close() {
      var place = start
      for character in String(run) {
        let text = String(character)
        // More than a picture is made of: marks piled up without end.
        let pieces = text.utf8.count > 64 ? text.unicodeScalars.map(String.init) : [text]
        for piece in pieces {
          if !piece.utf8.allSatisfy({ $0 < 0x80 }) { found.append((piece, place)) }
          place += piece.utf8.count
        }
      }
    }
    var rest = bytes[...]
    while !rest.isEmpty {
      var units = rest.makeIterator()
      var decoder = UTF8.ForwardParser()
      switch decoder.parseScalar(from: &units) {
      case .valid(let scalar):
        run.append(UTF8.decode(scalar))
        offset += scalar.count
        rest = rest.dropFirst(scalar.count)
      case .error(let length):
        close()
        run = String.UnicodeScalarView()
        offset += length
        rest = rest.dropFirst(length)
        start = offset
      case .emptyInput: rest = []
      }
    }
    close()
    return found
  }

  /// The bytes of each token; what stands for a byte is that byte, unless it was typed so.
  private static func bytes(of tokens: [String], in text: String?) -> [[UInt8]] {
    let typed = tokens.map { Array($0.utf8) }
    if let text, typed.joined().reversed().starts(with: text.utf8.reversed()) { return typed }
    return typed.map(unspelled)
  }

  /// A token's bytes, each `<0xE6>` in it as the byte that it stands for.
  private static func unspelled(_ token: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = token[...]
    while let first = rest.first {
      if let byte = spelledByte(rest.prefix(6)) {
        bytes.append(byte)
        rest = rest.dropFirst(6)
      } else {
        bytes.append(first)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  /// The byte that `<0xE6>` stands for; one that is no character on its own.
  private static func spelledByte(_ sign: ArraySlice<UInt8>) -> UInt8? {
    guard sign.count == 6, sign.starts(with: "<0x".utf8), sign.last == UInt8(ascii: ">"),
      let byte = UInt8(String(decoding: sign.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
    else { return nil }
    return byte >= 0x80 ? byte : nil
  }

  /// The bytes of a text's UTF-8 in hexadecimal, with blanks between them.
  static func hexadecimal(_ text: String) -> String {
    var digits = ""
    for byte in text.utf8 { digits += (digits.isEmpty ? "" : " ") + byte.hexadecimal }
    return digits
  }
}
