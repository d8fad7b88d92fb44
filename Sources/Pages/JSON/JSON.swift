/// A JSON value whose objects keep their order, to be written.
///
/// Traces and tokenizers read JSON, and need no order; what the command writes is read by people too,
/// so it has one. The command line uses this type for all of its JSON.
public indirect enum JSON: Sendable, Equatable {
  /// A member of an object.
  public struct Member: Sendable, Equatable {
    /// The member's name.
    public var name: String
    /// The member's value.
    public var value: JSON

    /// Makes a member.
    public init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  /// Nothing known.
  case null
  /// True or false.
  case bool(Bool)
  /// A number; what is not finite is written as `null`, for JSON has no such numbers.
  case number(Double)
  /// A whole number.
  case integer(Int)
  /// A text.
  case string(String)
  /// Values in order.
  case array([JSON])
  /// Members in order. Names are not checked to differ.
  case members([Member])

  /// An object with its members in the order given.
  public static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .members(members.map { Member($0.key, $0.value) })
  }

  /// The value on as few lines as stay readable: what is short stands on one line.
  ///
  /// Characters that a terminal would act on are escaped, so that the text is safe to print.
  public var text: String {
    var writer = JSONWriter()
    writer.write(self, indent: 0)
    return writer.text
  }

  /// The value on one line.
  public var line: String {
    var writer = JSONWriter()
    writer.writeOnOneLine(self)
    return writer.text
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  /// A text.
  public init(stringLiteral value: String) { self = .string(value) }
  /// A whole number.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Values in order.
  public init(arrayLiteral elements: JSON...) { self = .array(elements) }
  /// Members in order.
  public init(dictionaryLiteral elements: (String, JSON)...) {
    self = .members(elements.map { Member($0.0, $0.1) })
  }
}

/// Writes JSON values.
private struct JSONWriter {
  private static let lineLength = 100
  private(set) var text = ""

  mutating func write(_ value: JSON, indent: Int) {
    switch value {
    case .array(let values) where !fits(value, indent):
      block("[", "]", values.count, indent) { writer, index in
        writer.write(values[index], indent: indent + 2)
      }
    case .members(let members) where !fits(value, indent):
      block("{", "}", members.count, indent) { writer, index in
        writer.write(members[index].name)
        writer.text += ": "
        writer.write(members[index].value, indent: indent + 2)
      }
    default:
      writeOnOneLine(value)
    }
  }

  mutating func writeOnOneLine(_ value: JSON) {
    switch value {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .number(let value): text += value.isFinite ? value.description : "null"
    case .integer(let value): text += String(value)
    case .string(let value): write(value)
    case .array(let values):
      text += "["
      for (index, value) in values.enumerated() {
        if index > 0 { text += ", " }
        writeOnOneLine(value)
      }
      text += "]"
    case .members(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { text += ", " }
        write(member.name)
        text += ": "
        writeOnOneLine(member.value)
      }
      text += "}"
    }
  }

  private mutating func block(
    _ open: String,
    _ close: String,
    _ count: Int,
    _ indent: Int,
    _ element: (inout JSONWriter, Int) -> Void
  ) {
    text += open + "\n"
    for index in 0..<count {
      text += String(repeating: " ", count: indent + 2)
      element(&self, index)
      text += index < count - 1 ? ",\n" : "\n"
    }
    text += String(repeating: " ", count: indent) + close
  }

  /// Whether a value stands on what is left of a line; stops counting as soon as it cannot.
  private func fits(_ value: JSON, _ indent: Int) -> Bool {
    var room = Self.lineLength - indent
    return takes(value, &room)
  }

  private func takes(_ value: JSON, _ room: inout Int) -> Bool {
    switch value {
    case .null, .bool: room -= 5
    case .number, .integer:
      var writer = JSONWriter()
      writer.writeOnOneLine(value)
      room -= writer.text.utf8.count + 2
    case .string(let text): room -= text.utf8.count + 4
    case .array(let values):
      room -= 2
      for value in values where !takes(value, &room) { return false }
    case .members(let members):
      room -= 2
      for member in members {
        room -= member.name.utf8.count + 6
        guard takes(member.value, &room) else { return false }
      }
    }
    return room >= 0
  }

  private mutating func write(_ string: String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if Self.isSafe(scalar) {
          text.unicodeScalars.append(scalar)
        } else {
          for unit in String(scalar).utf16 { text += "\\u" + Self.hexadecimal(unit) }
        }
      }
    }
    text += "\""
  }

  /// Whether a terminal shows the character instead of acting on it.
  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
      return false
    default: return true
    }
  }

  private static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
