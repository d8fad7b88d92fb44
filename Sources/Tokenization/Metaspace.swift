/// SentencePiece's mark for a space, `▁`: its pieces show by it where words begin.
enum Metaspace {
  /// The mark in UTF-8.
  static let mark: [UInt8] = [0xE2, 0x96, 0x81]

  /// Whether the mark stands at an offset.
  static func stands(at start: Int, in text: Span<UInt8>) -> Bool {
    start + 2 < text.count && text[start] == 0xE2 && text[start + 1] == 0x96
      && text[start + 2] == 0x81
  }
}

/// How a vocabulary's keys write the bytes that a token stands for.
enum Spelling: Sendable {
  /// In GPT-2's alphabet: `Ġking`.
  case byteLevel
  /// As SentencePiece does: `▁king`, and `<0xE6>` for a byte by itself.
  case pieces

  /// What a key stands for.
  func bytes(of key: ArraySlice<UInt8>) -> [UInt8] {
    switch self {
    case .byteLevel: ByteAlphabet.bytes(of: key) ?? Array(key)
    case .pieces:
      Self.byte(of: key).map { [$0] } ?? replacing(Metaspace.mark, by: [0x20], in: key)
    }
  }

  /// How a token for these bytes is written.
  func key(of bytes: [UInt8]) -> [UInt8] {
    switch self {
    case .byteLevel: ByteAlphabet.key(of: bytes)
    case .pieces: replacing([0x20], by: Metaspace.mark, in: bytes[...])
    }
  }

  /// How SentencePiece writes a byte that has no piece: `<0xE6>`.
  static func key(ofByte byte: UInt8) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return Array("<0x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)], UInt8(ascii: ">")]
  }

  /// The byte that a key such as `<0xE6>` is written for.
  private static func byte(of key: ArraySlice<UInt8>) -> UInt8? {
    guard key.count == 6, key.starts(with: "<0x".utf8), key.last == UInt8(ascii: ">") else {
      return nil
    }
    return UInt8(String(decoding: key.dropFirst(3).prefix(2), as: UTF8.self), radix: 16)
  }
}

/// Replaces every `old` by `new`, from left to right.
func replacing(
  _ old: [UInt8],
  by new: [UInt8],
  in text: ArraySlice<UInt8>
) -> [UInt8] {
  var result: [UInt8] = []
  result.reserveCapacity(text.count)
  var at = text.startIndex
  while at < text.endIndex {
    if text[at] == old[0], text[at...].starts(with: old) {
      result += new
      at += old.count
    } else {
      result.append(text[at])
      at += 1
    }
  }
  return result
}
