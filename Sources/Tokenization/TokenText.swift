import Platform

/// A token's bytes, and how they are shown.
///
/// Tokens are runs of bytes, and some end in the middle of a character: 東 is three bytes, which
/// GPT-2 writes as two tokens. Such a byte is shown as `<0xE6>`, Llama's spelling for tokens of
/// one byte.
public struct TokenText: Hashable, Sendable {
  /// What the token stands for.
  public let bytes: [UInt8]

  /// A token's text.
  ///
  /// - Parameter bytes: What the token stands for; any bytes.
  public init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// Whether the bytes are whole characters.
  public var isText: Bool { String(validating: bytes, as: UTF8.self) != nil }

  /// The text, spaces and control characters as they are; each byte that is not part of a whole
  /// character as `<0xE6>`.
  public var string: String {
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var decoder = UTF8.ForwardParser()
    var rest = bytes[...]
    while !rest.isEmpty {
      var units = rest.makeIterator()
      switch decoder.parseScalar(from: &units) {
      case .valid(let scalar):
        text.unicodeScalars.append(UTF8.decode(scalar))
        rest = rest.dropFirst(scalar.count)
      case .error(let length):
        for byte in rest.prefix(length) { text += "<0x\(byte.hexadecimal)>" }
        rest = rest.dropFirst(length)
      case .emptyInput: return text
      }
      decoder = UTF8.ForwardParser()
    }
    return text
  }
}
