extension TemplateRun {
  /// Writes a value as JSON, with the spaces that Python's `json.dumps` puts.
  ///
  /// - Throws: ``ChatTemplateError`` for what has no JSON, and where it takes too long.
  mutating func write(
    _ value: TemplateValue,
    asJSONTo json: inout [UInt8]
  ) throws(ChatTemplateError) {
    try pay()
    switch value {
    case .undefined, .namespace: throw malformed("\(value.kind) has no JSON")
    case .none: json += "null".utf8
    case .boolean(let value): json += (value ? "true" : "false").utf8
    case .integer, .number: json += (value.written ?? "").utf8
    case .text(let text): try quote(text, to: &json)
    case .list(let elements):
      json.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { json += ", ".utf8 }
        try write(element, asJSONTo: &json)
      }
      json.append(UInt8(ascii: "]"))
    case .map(let pairs):
      json.append(UInt8(ascii: "{"))
      for (index, pair) in pairs.enumerated() {
        if index > 0 { json += ", ".utf8 }
        try quote(pair.key, to: &json)
        json += ": ".utf8
        try write(pair.value, asJSONTo: &json)
      }
      json.append(UInt8(ascii: "}"))
    }
  }

  /// Writes a text in quotation marks.
  ///
  /// Each byte is looked at, and may become six.
  private mutating func quote(_ text: String, to json: inout [UInt8]) throws(ChatTemplateError) {
    try pay(bytes: 4 * text.utf8.count)
    let start = json.count
    json.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      if byte >= 0x20, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\") {
        json.append(byte)
      } else {
        json += Self.escaped(byte).utf8
      }
    }
    json.append(UInt8(ascii: "\""))
    try pay(bytes: 4 * (json.count - start - text.utf8.count))
  }

  private static func escaped(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "\""): "\\\""
    case UInt8(ascii: "\\"): "\\\\"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    case 0x09: "\\t"
    case 0x08: "\\b"
    case 0x0C: "\\f"
    default: (byte < 16 ? "\\u000" : "\\u00") + String(byte, radix: 16)
    }
  }
}
