// What Python says of values: which are true, which are equal, how they are written.

extension TemplateValue {
  /// What the value is called in messages.
  var kind: String {
    switch self {
    case .undefined: "something undefined"
    case .none: "none"
    case .boolean: "a boolean"
    case .integer: "a whole number"
    case .number: "a number"
    case .text: "a string"
    case .list: "a list"
    case .map: "a map"
    case .namespace: "a namespace"
    }
  }

  /// Whether an `if` goes ahead.
  var isTrue: Bool {
    switch self {
    case .undefined, .none: false
    case .boolean(let value): value
    case .integer(let value): value != 0
    case .number(let value): value != 0
    case .text(let text): !text.isEmpty
    case .list(let elements): !elements.isEmpty
    case .map(let pairs): !pairs.isEmpty
    case .namespace: true
    }
  }

  /// The value as a number; true counts as 1.
  var asNumber: Double? {
    switch self {
    case .boolean(let value): value ? 1 : 0
    case .integer(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }

  /// The value as a whole number.
  var asInteger: Int? {
    switch self {
    case .boolean(let value): value ? 1 : 0
    case .integer(let value): value
    default: nil
    }
  }

  /// Whether two values are equal; texts are if their characters' codes are.
  func equals(_ other: TemplateValue) -> Bool {
    switch (self, other) {
    case (.undefined, .undefined), (.none, .none): true
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)): a.elementsEqual(b) { $0.equals($1) }
    case (.map(let a), .map(let b)):
      a.count == b.count && a.allSatisfy { pair in other[pair.key]?.equals(pair.value) == true }
    case (.namespace(let a), .namespace(let b)): a == b
    default: asNumber.flatMap { a in other.asNumber.map { a == $0 } } ?? false
    }
  }

  /// A map's value of a key.
  subscript(_ key: String) -> TemplateValue? {
    guard case .map(let pairs) = self else { return nil }
    return pairs.last { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// What `{{ }}` writes; nil for lists and maps, which Python writes as code.
  var written: String? {
    switch self {
    case .undefined: ""
    case .none: "None"
    case .boolean(let value): value ? "True" : "False"
    case .integer(let value): String(value)
    case .number(let value): String(value)
    case .text(let text): text
    case .list, .map, .namespace: nil
    }
  }

  /// The value as JSON, with the spaces that Python's `json.dumps` puts; nil for what has none.
  var json: String? {
    switch self {
    case .undefined, .namespace: return nil
    case .none: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer, .number: return written
    case .text(let text): return Self.quoted(text)
    case .list(let elements):
      let parts = elements.compactMap(\.json)
      return parts.count == elements.count ? "[\(parts.joined(separator: ", "))]" : nil
    case .map(let pairs):
      let parts = pairs.compactMap { pair in
        pair.value.json.map { "\(Self.quoted(pair.key)): \($0)" }
      }
      return parts.count == pairs.count ? "{\(parts.joined(separator: ", "))}" : nil
    }
  }

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
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
