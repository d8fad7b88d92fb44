/// Reads the few kinds of JSON that a safetensors header is made of, strictly, from bytes that
/// nobody vouches for.
struct HeaderScanner {
  /// How deep values that the format does not define may nest before they are refused.
  static let deepestNesting = 32

  let file: String
  private let bytes: UnsafeRawBufferPointer
  private var position = 0

  init(_ bytes: UnsafeRawBufferPointer, file: String) {
    self.bytes = bytes
    self.file = file
  }

  /// An error about the place the scanner has reached.
  func problem(_ reason: String) -> SafetensorsError {
    .malformed(file: file, reason: "\(reason) at byte \(position) of the header")
  }

  // MARK: - Structure

  /// Reads `{ "key": value, … }`, leaving each value to `value`, which gets its key.
  mutating func object(
    _ value: (_ key: String, inout HeaderScanner) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("{")
    if accept("}") { return }
    repeat {
      let key = try string()
      try expect(":")
      try value(key, &self)
    } while accept(",")
    try expect("}")
  }

  /// Reads `[ value, … ]`, leaving each value to `value`.
  mutating func array(
    _ value: (inout HeaderScanner) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    try expect("[")
    if accept("]") { return }
    repeat { try value(&self) } while accept(",")
    try expect("]")
  }

  /// Reads nothing but white space, to the end.
  mutating func end() throws(SafetensorsError) {
    skipSpace()
    guard position == bytes.count else { throw problem("unexpected text after the closing brace") }
  }

  // MARK: - Values

  /// Reads a whole number from 0 to the largest `Int`.
  mutating func count() throws(SafetensorsError) -> Int {
    skipSpace()
    let start = position
    var value = 0
    while let byte = peek(), Unicode.Scalar(byte).isDigit {
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Int(byte - UInt8(ascii: "0")))
      guard !overflow && !carry else { throw problem("a number is too large") }
      value = sum
      position += 1
    }
    if let next = peek(), ["-", "+", ".", "e", "E"].contains(Unicode.Scalar(next)) {
      throw problem("a number is not whole and positive")
    }
    guard position > start else { throw problem("expected a whole number") }
    guard position - start == 1 || bytes[start] != UInt8(ascii: "0") else {
      throw problem("a number starts with 0")
    }
    return value
  }

  /// Reads a string in quotes.
  mutating func string() throws(SafetensorsError) -> String {
    try expect("\"", called: "a string")
    var text: [UInt8] = []
    while let byte = peek() {
      position += 1
      switch Unicode.Scalar(byte) {
      case "\"":
        guard let string = String(validating: text, as: UTF8.self) else {
          throw problem("a string is not valid UTF-8")
        }
        return string
      case "\\": text += try String(escapedScalar()).utf8
      case "\u{0}"..<" ": throw problem("a string holds a bare control character")
      default: text.append(byte)
      }
    }
    throw problem("a string does not end")
  }

  /// Reads any value and forgets it.
  mutating func skipValue(depth: Int = 0) throws(SafetensorsError) {
    guard depth < Self.deepestNesting else { throw problem("values nest too deeply") }
    skipSpace()
    switch peek().map(Unicode.Scalar.init) {
    case "{":
      try object { (_, scanner) throws(SafetensorsError) in
        try scanner.skipValue(depth: depth + 1)
      }
    case "[":
      try array { (scanner) throws(SafetensorsError) in try scanner.skipValue(depth: depth + 1) }
    case "\"": _ = try string()
    default:
      let start = position
      while let byte = peek(), Unicode.Scalar(byte).isPartOfWord { position += 1 }
      let word = String(decoding: bytes[start..<position], as: UTF8.self)
      guard ["true", "false", "null"].contains(word) || Double(word)?.isFinite == true else {
        throw problem("expected a value")
      }
    }
  }

  // MARK: - Bytes

  private func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = peek(), [" ", "\n", "\r", "\t"].contains(Unicode.Scalar(byte)) {
      position += 1
    }
  }

  private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
    skipSpace()
    guard peek() == UInt8(ascii: scalar) else { return false }
    position += 1
    return true
  }

  private mutating func expect(
    _ scalar: Unicode.Scalar,
    called name: String? = nil
  ) throws(SafetensorsError) {
    guard accept(scalar) else { throw problem("expected \(name ?? "\"\(scalar)\"")") }
  }

  private mutating func escapedScalar() throws(SafetensorsError) -> Character {
    guard let byte = peek() else { throw problem("a string does not end") }
    position += 1
    switch Unicode.Scalar(byte) {
    case "\"": return "\""
    case "\\": return "\\"
    case "/": return "/"
    case "b": return "\u{8}"
    case "f": return "\u{c}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": break
    default: throw problem("unknown escape in a string")
    }
    var code = try fourHexDigits()
    if 0xd800..<0xdc00 ~= code, peek() == UInt8(ascii: "\\") {
      position += 1
      guard peek() == UInt8(ascii: "u") else { throw problem("half a surrogate pair") }
      position += 1
      let low = try fourHexDigits()
      guard 0xdc00..<0xe000 ~= low else { throw problem("half a surrogate pair") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw problem("half a surrogate pair") }
    return Character(scalar)
  }

  private mutating func fourHexDigits() throws(SafetensorsError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw problem("\"\\u\" without four hexadecimal digits")
      }
      code = code << 4 + UInt32(digit)
      position += 1
    }
    return code
  }
}

extension Unicode.Scalar {
  fileprivate var isDigit: Bool { "0"..."9" ~= self }

  /// Whether the scalar can be part of a number or of `true`, `false`, `null`.
  fileprivate var isPartOfWord: Bool {
    isDigit || "a"..."z" ~= self || self == "E" || self == "+" || self == "-" || self == "."
  }
}
