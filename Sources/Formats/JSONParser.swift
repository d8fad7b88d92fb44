/// Why bytes are no JSON.
public struct JSONError: Error, Equatable {
  /// The byte at which they stop being JSON.
  public let offset: Int
  /// What is wrong there, in words.
  public let reason: String
}

/// Reads JSON (RFC 8259), strictly, from bytes that may be anything.
public struct JSONParser {
  private let bytes: [UInt8]
  private var position = 0

  /// Deeper nesting is refused: no tokenizer's file has more than six levels.
  private static let mostLevels = 32

  /// The value that the bytes hold.
  ///
  /// - Throws: ``JSONError`` with the byte where they stop being JSON.
  public static func parse(_ bytes: [UInt8]) throws(JSONError) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(level: 0)
    parser.skipSpace()
    guard parser.next == nil else { throw parser.failure("something follows the end of the JSON") }
    return value
  }

  private init(_ bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ reason: String) -> JSONError {
    JSONError(offset: position, reason: reason)
  }

  /// The byte to be read, if there is one.
  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < bytes.count {
      switch bytes[position] {
      case 0x20, 0x0A, 0x0D, 0x09: position += 1
      default: return
      }
    }
  }

  /// Goes past `byte`, and white space before it, if that is what comes.
  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(JSONError) {
    guard take(byte) else {
      let wanted = Unicode.Scalar(byte)
      throw next == nil
        ? failure("the file ends where ‘\(wanted)’ should come")
        : failure("expected ‘\(wanted)’ at byte \(position)")
    }
  }

  private mutating func value(level: Int) throws(JSONError) -> JSONValue {
    guard level < Self.mostLevels else {
      throw failure("more than \(Self.mostLevels) levels of nesting")
    }
    skipSpace()
    let offset = position
    guard let first = next else { throw failure("the file ends where a value should come") }
    let content: JSONValue.Content
    switch first {
    case UInt8(ascii: "{"): content = .object(try members(level: level))
    case UInt8(ascii: "["): content = .array(try elements(level: level))
    case UInt8(ascii: "\""): content = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): content = try number()
    case UInt8(ascii: "t"): content = try word("true", .boolean(true))
    case UInt8(ascii: "f"): content = try word("false", .boolean(false))
    case UInt8(ascii: "n"): content = try word("null", .null)
    default: throw failure("expected a JSON value at byte \(position)")
    }
    return JSONValue(content: content, offset: offset)
  }

  private mutating func members(level: Int) throws(JSONError) -> [JSONValue.Member] {
    try expect(UInt8(ascii: "{"))
    var members: [JSONValue.Member] = []
    if take(UInt8(ascii: "}")) { return members }
    repeat {
      skipSpace()
      let key = try string()
      try expect(UInt8(ascii: ":"))
      members.append(JSONValue.Member(key: key, value: try value(level: level + 1)))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
    return members
  }

  private mutating func elements(level: Int) throws(JSONError) -> [JSONValue] {
    try expect(UInt8(ascii: "["))
    var elements: [JSONValue] = []
    if take(UInt8(ascii: "]")) { return elements }
    repeat {
      elements.append(try value(level: level + 1))
    } while take(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return elements
  }

  private mutating func word(
    _ word: StaticString,
    _ content: JSONValue.Content
  ) throws(JSONError) -> JSONValue.Content {
    guard bytes[position...].starts(with: "\(word)".utf8) else {
      throw failure("expected a JSON value at byte \(position)")
    }
    position += word.utf8CodeUnitCount
    return content
  }

  private mutating func number() throws(JSONError) -> JSONValue.Content {
    let start = position
    if next == UInt8(ascii: "-") { position += 1 }
    let whole = position
    guard digits() else { throw failure("a number without digits at byte \(start)") }
    guard bytes[whole] != UInt8(ascii: "0") || position == whole + 1 else {
      throw failure("a number that begins with 0 at byte \(start)")
    }
    let endOfWhole = position
    if next == UInt8(ascii: ".") {
      position += 1
      guard digits() else { throw failure("a number that ends in a point at byte \(start)") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
      guard digits() else { throw failure("a number without exponent at byte \(start)") }
    }
    if position == endOfWhole, let integer = integer(start..<position) { return .integer(integer) }
    return .number(Double(String(decoding: bytes[start..<position], as: UTF8.self)) ?? .nan)
  }

  /// The number that `range` spells, unless it takes more than 64 bits.
  private func integer(_ range: Range<Int>) -> Int64? {
    let isNegative = bytes[range.lowerBound] == UInt8(ascii: "-")
    var value: Int64 = 0
    for digit in bytes[range].dropFirst(isNegative ? 1 : 0) {
      // Downwards, for the smallest integer has no positive counterpart.
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, underflow) = tens.subtractingReportingOverflow(Int64(digit - UInt8(ascii: "0")))
      if overflow || underflow { return nil }
      value = sum
    }
    return isNegative ? value : value == .min ? nil : -value
  }

  /// Goes past digits; false if there is none.
  private mutating func digits() -> Bool {
    let start = position
    while let digit = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      position += 1
    }
    return position > start
  }

  private mutating func string() throws(JSONError) -> ArraySlice<UInt8> {
    guard next == UInt8(ascii: "\"") else { throw failure("expected a string at byte \(position)") }
    position += 1
    var text: [UInt8] = []
    var start = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        defer { position += 1 }
        // Without escapes, as nearly all are, a string is a part of the file.
        let last = bytes[start..<position]
        return text.isEmpty ? last : (text + last)[...]
      case UInt8(ascii: "\\"):
        text += bytes[start..<position]
        text += try escape()
        start = position
      case 0..<0x20: throw failure("a control character within a string at byte \(position)")
      default: position += 1
      }
    }
    throw failure("the file ends within a string")
  }

  private mutating func escape() throws(JSONError) -> [UInt8] {
    position += 1
    guard let letter = next else { throw failure("the file ends within a string") }
    position += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "n"): return [0x0A]
    case UInt8(ascii: "r"): return [0x0D]
    case UInt8(ascii: "t"): return [0x09]
    case UInt8(ascii: "u"):
      var value = try hexadecimal()
      if (0xD800..<0xDC00).contains(value), next == UInt8(ascii: "\\") {
        position += 1
        guard next == UInt8(ascii: "u") else { throw failure("half of a surrogate pair") }
        position += 1
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
        value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(value) else { throw failure("half of a surrogate pair") }
      return Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    default: throw failure("an unknown escape at byte \(position - 2)")
    }
  }

  private mutating func hexadecimal() throws(JSONError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      let digit: UInt8
      switch next {
      case .some(let byte) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte):
        digit = byte - UInt8(ascii: "0")
      case .some(let byte) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20):
        digit = (byte | 0x20) - UInt8(ascii: "a") + 10
      default: throw failure("expected four hexadecimal digits up to byte \(position)")
      }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
