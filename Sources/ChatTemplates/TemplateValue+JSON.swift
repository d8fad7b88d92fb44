extension TemplateValue {
  /// The value as JSON, with the spaces that Python's `json.dumps` puts; nil for what has none.
  var json: String? {
    switch self {
    case .undefined, .namespace: return nil
    case .none: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer, .number: return written
    case .text(let text): return Self.quoted(text)
    case .list(let elements):
      let parts = elements.compactMap { $0.json }
      return parts.count == elements.count ? "[\(parts.joined(separator: ", "))]" : nil
    case .map(let pairs):
      let parts = pairs.compactMap { pair in
        pair.value.json.map { "\(Self.quoted(pair.key)): \($0)" }
      }
      return parts.count == pairs.count ? "{\(parts.joined(separator: ", "))}" : nil
    }
  }

  private static let hexDigits = Array("0123456789abcdef".unicodeScalars)

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\u{8}": quoted += "\\b"
      case "\u{C}": quoted += "\\f"
      case "\0"..."\u{1F}":
        quoted += scalar.value < 16 ? "\\u000" : "\\u001"
        quoted.unicodeScalars.append(hexDigits[Int(scalar.value % 16)])
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
