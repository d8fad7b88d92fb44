/// Writes JSON values.
struct JSONWriter {
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

  static func hexadecimal(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
