/// The two ways in which Python writes down a token of byte-level BPE.
///
/// TransformerLens gives decoded text (` king`); Hugging Face's tokenizers give the vocabulary's spelling, in which each
/// byte is one printable character (`Ġking`). Both are read; the prompt tells which it is.
enum TokenSpelling {
  /// The tokens' texts, decoded if they are in the vocabulary's spelling.
  ///
  /// A part of a character becomes `<0xE6>`.
  static func decoded(_ tokens: [String], prompt: String?) -> [String] {
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
