/// GPT-2's way of writing any byte as one visible character.
///
/// Merges and vocabularies are text files, and bytes such as a space or half of an é would be
/// lost in them. So the 188 bytes that are printable in Latin-1 stand for themselves, and the
/// other 68 are numbered on from U+0100: a space is `Ġ`, a line feed `Ċ`. The files say `Ġking`;
/// what is meant is the five bytes of ` king`.
///
/// - SeeAlso: `bytes_to_unicode` in <https://github.com/openai/gpt-2/blob/master/src/encoder.py>.
public enum ByteAlphabet {
  /// The character of each byte; 256 of them.
  public static let scalars: [Unicode.Scalar] = {
    var next: UInt8 = 0
    return (0...255).map { (byte: UInt8) in
      if isPrintable(byte) { return Unicode.Scalar(byte) }
      defer { next += 1 }
      // U+0100 … U+0143, written in two parts because every `UInt8` is a scalar and not every
      // `UInt32` is.
      return Unicode.Scalar(firstShifted + UInt16(next)) ?? Unicode.Scalar(byte)
    }
  }()

  /// Writes bytes in the alphabet.
  ///
  /// - Parameter bytes: Any bytes.
  /// - Returns: As many characters as there are bytes: `Ġking` for those of ` king`.
  public static func text(of bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalars[Int(byte)]) }
    return String(text)
  }

  /// Writes bytes in the alphabet, as UTF-8.
  static func key(of bytes: some Sequence<UInt8>) -> [UInt8] {
    var key: [UInt8] = []
    for byte in bytes {
      // All are below U+0800.
      let value = scalars[Int(byte)].value
      if value < 0x80 {
        key.append(byte)
      } else {
        key.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
        key.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
      }
    }
    return key
  }

  /// Reads bytes back from text in the alphabet.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: One byte for each character; nil if one of them is not of the alphabet.
  public static func bytes(of text: some Sequence<UInt8>) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.underestimatedCount)
    var lead: UInt8?
    for unit in text {
      // Every character of the alphabet takes one or two bytes of UTF-8.
      let scalar: Int
      switch (lead, unit) {
      case (nil, 0..<0x80): scalar = Int(unit)
      case (nil, 0xC2...0xC5):
        lead = unit
        continue
      case (.some(let first), 0x80..<0xC0): scalar = Int(first & 0x1F) << 6 | Int(unit & 0x3F)
      default: return nil
      }
      lead = nil
      guard scalar < byteOfScalar.count, byteOfScalar[scalar] >= 0 else { return nil }
      bytes.append(UInt8(truncatingIfNeeded: byteOfScalar[scalar]))
    }
    return lead == nil ? bytes : nil
  }

  private static let firstShifted: UInt16 = 0x100

  /// The byte of each scalar below U+0144; −1 for a scalar outside the alphabet.
  private static let byteOfScalar: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()

  /// Whether Latin-1 shows this byte as a mark of its own: neither control, space, nor soft hyphen.
  private static func isPrintable(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: true
    default: false
    }
  }
}
