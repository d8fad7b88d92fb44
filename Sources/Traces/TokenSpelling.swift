/// The ways in which Python writes down a token.
///
/// TransformerLens gives decoded text (` king`); Hugging Face's tokenizers give the vocabulary's spelling: in byte-level BPE
/// each byte is one printable character (`Ġking`), in SentencePiece a space is `▁` and a byte is `<0x54>`. All are read; the
/// prompt tells which it is.
enum TokenSpelling {
  /// The tokens' texts, decoded if they are in the vocabulary's spelling.
  ///
  /// A part of a character becomes `<0xE6>`.
  static func decoded(_ tokens: [String], prompt: String?) -> [String] {
    if let pieces = decodedPieces(tokens, prompt: prompt) { return pieces }
    let bytes = tokens.map(bytesOfSpelling)
    guard bytes.allSatisfy({ $0 != nil }) else { return tokens }
    if let prompt {
      // A token put in front of the text (<|endoftext|>) spells the same either way.
      let asTyped = tokens.joined()
      if asTyped.hasSuffix(prompt) { return tokens }
      let asSpelled = bytes.flatMap { $0 ?? [] }
      guard asSpelled.suffix(prompt.utf8.count).elementsEqual(prompt.utf8) else { return tokens }
    } else if !tokens.contains(where: { $0.contains("Ġ") || $0.contains("Ċ") }) {
      return tokens
    }
    return bytes.map { text($0 ?? []) }
  }

  /// How many tokens stand before the prompt's own, and after them, that are no part of it; none if that does not show.
  ///
  /// A space before the prompt's first word is one of SentencePiece's own, and belongs to that word.
  static func put(around prompt: String, _ tokens: [String]) -> (before: Int, after: Int) {
    let bytes = tokens.map(bytesOfPiece)
    let typed = Array(prompt.utf8)
    for outside in 0...min(4, tokens.count) {
      for before in (0...outside).reversed() {
        let own = bytes[before..<(tokens.count - outside + before)].joined()
        if own.elementsEqual(typed) || own.elementsEqual([0x20] + typed) {
          return (before, outside - before)
        }
      }
    }
    return (0, 0)
  }

  /// The texts of SentencePiece's pieces; `nil` if these are none.
  private static func decodedPieces(_ tokens: [String], prompt: String?) -> [String]? {
    guard tokens.contains(where: { $0.unicodeScalars.contains("▁") }) else { return nil }
    let bytes = tokens.map { bytesOfPiece(String($0.map { $0 == "▁" ? " " : $0 })) }
    if let prompt {
      // Who typed the sign itself may have its tokens as they are.
      guard bytes.joined().reversed().starts(with: prompt.utf8.reversed()),
        !prompt.unicodeScalars.contains("▁")
      else { return nil }
    }
    return bytes.map(text)
  }

  /// The bytes of a token's text, in which `<0x54>` is one.
  private static func bytesOfPiece(_ token: String) -> [UInt8] {
    let text = Array(token.utf8)
    guard text.count > 0, text.count % 6 == 0 else { return text }
    var bytes: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: 6) {
      guard text[start..<start + 3].elementsEqual("<0x".utf8), text[start + 5] == 0x3E,
        let high = digit(text[start + 3]), let low = digit(text[start + 4])
      else { return text }
      bytes.append(16 * high + low)
    }
    return bytes
  }

  private static func digit(_ sign: UInt8) -> UInt8? {
    switch sign {
    case 0x30...0x39: sign - 0x30
    case 0x41...0x46: sign - 0x37
    default: nil
    }
  }

  private static func text(_ bytes: [UInt8]) -> String {
    String(validating: bytes, as: UTF8.self)
      ?? bytes.map { byte in
        let digits = String(byte, radix: 16, uppercase: true)
        return "<0x\(digits.count < 2 ? "0" : "")\(digits)>"
      }.joined()
  }

  /// The bytes that a spelling stands for; `nil` if it has a character that stands for none.
  private static func bytesOfSpelling(_ token: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    for scalar in token.unicodeScalars {
      guard let byte = byteOfScalar[scalar] else { return nil }
      bytes.append(byte)
    }
    return bytes
  }

  /// Printable Latin-1 characters stand for themselves; the other bytes, in order, for U+0100 and on.
  ///
  /// - SeeAlso: `bytes_to_unicode` in <https://github.com/openai/gpt-2/blob/master/src/encoder.py>.
  private static let byteOfScalar: [Unicode.Scalar: UInt8] = {
    var table: [Unicode.Scalar: UInt8] = [:]
    var next: UInt32 = 0x100
    for byte in UInt8.min...UInt8.max {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF:
        table[Unicode.Scalar(byte)] = byte
      default:
        if let scalar = Unicode.Scalar(next) { table[scalar] = byte }
        next += 1
      }
    }
    return table
  }()
}
