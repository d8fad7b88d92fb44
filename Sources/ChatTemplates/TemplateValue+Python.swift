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

  /// What the value weighs: one for each value in it, and one for every sixteen bytes of text; nil if
  /// it is nested too deeply or weighs more than `limit`.
  func weight(upTo limit: Int, levels: Int = 16) -> Int? {
    var parts: [TemplateValue] = []
    var weight = 1
    switch self {
    case .text(let text): weight += text.utf8.count / 16
    case .list(let elements): parts = elements
    case .map(let pairs):
      parts = pairs.map { $0.value }
      weight += pairs.reduce(0) { $0 + 1 + $1.key.utf8.count / 16 }
    default: break
    }
    guard levels > 0 || parts.isEmpty else { return nil }
    for part in parts {
      guard weight <= limit, let more = part.weight(upTo: limit - weight, levels: levels - 1) else {
        return nil
      }
      weight += more
    }
    return weight <= limit ? weight : nil
  }
}
