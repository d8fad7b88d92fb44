/// The tests behind `is`.
enum TemplateTests {
  /// Tests that are given a value, with or without parentheses.
  static let takeOneArgument: Set<String> = ["equalto", "eq", "ne", "divisibleby", "in"]

  /// Tests for a kind of value, and what the kind is called.
  fileprivate static let kinds = [
    "undefined": "something undefined", "none": "none", "string": "a string", "mapping": "a map",
    "boolean": "a boolean", "integer": "a whole number",
  ]
}

extension TemplateRun {
  /// Whether a value passes a test.
  ///
  /// - Returns: nil for a test that is not known, or that is not given what it takes.
  mutating func passes(
    _ name: String,
    _ value: TemplateValue,
    _ given: [TemplateValue]
  ) throws(ChatTemplateError) -> Bool? {
    guard given.count == (TemplateTests.takeOneArgument.contains(name) ? 1 : 0) else { return nil }
    if let kind = TemplateTests.kinds[name] { return value.kind == kind }
    switch name {
    case "defined": return value.kind != TemplateTests.kinds["undefined"]
    case "true", "false":
      guard case .boolean(let flag) = value else { return false }
      return flag == (name == "true")
    case "number": return value.asNumber != nil
    case "sequence", "iterable":
      switch value {
      case .text, .list, .map, .undefined: return true
      default: return false
      }
    case "odd": return value.asInteger.map { $0 % 2 != 0 }
    case "even": return value.asInteger.map { $0 % 2 == 0 }
    case "equalto", "eq": return try equal(value, given[0])
    case "ne": return try !equal(value, given[0])
    case "divisibleby":
      guard let number = value.asInteger, let divisor = given[0].asInteger, divisor > 0 else {
        return nil
      }
      return number % divisor == 0
    case "in": return try contains(given[0], value)
    default: return nil
    }
  }

  /// Whether two values are equal; texts are if their characters' codes are.
  mutating func equal(
    _ a: TemplateValue,
    _ b: TemplateValue
  ) throws(ChatTemplateError) -> Bool {
    try pay()
    switch (a, b) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.text(let a), .text(let b)):
      guard a.utf8.count == b.utf8.count else { return false }
      try pay(bytes: 4 * a.utf8.count)
      return a.utf8.elementsEqual(b.utf8)
    case (.list(let a), .list(let b)):
      guard a.count == b.count else { return false }
      for (a, b) in zip(a, b) {
        guard try equal(a, b) else { return false }
      }
      return true
    case (.map(let a), .map(let b)):
      guard a.count == b.count else { return false }
      for pair in a {
        guard let other = try value(of: pair.key, in: b), try equal(other, pair.value) else {
          return false
        }
      }
      return true
    case (.namespace(let a), .namespace(let b)): return a == b
    default: return a.asNumber.flatMap { a in b.asNumber.map { a == $0 } } ?? false
    }
  }

  /// Whether a list, a map's keys or a text have a value in them; nil for what has nothing in it.
  mutating func contains(
    _ whole: TemplateValue,
    _ value: TemplateValue
  ) throws(ChatTemplateError) -> Bool? {
    switch (whole, value) {
    case (.list(let elements), _):
      for element in elements where try equal(element, value) { return true }
      return false
    case (.map(let pairs), .text(let key)): return try self.value(of: key, in: pairs) != nil
    case (.text(let text), .text(let part)):
      try pay(bytes: text.utf8.count + part.utf8.count)
      return text.hasPart(part)
    case (.undefined, _): return false
    default: return nil
    }
  }

  /// A map's value of a key; of several the last.
  mutating func value(
    of key: String,
    in pairs: [(key: String, value: TemplateValue)]
  ) throws(ChatTemplateError) -> TemplateValue? {
    let length = key.utf8.count
    let alike = pairs.count { $0.key.utf8.count == length }
    let (bytes, overflow) = alike.multipliedReportingOverflow(by: length)
    guard !overflow else { throw malformed("a map is too large") }
    try pay(bytes: 4 * pairs.count)
    try pay(bytes: bytes)
    return pairs.last { $0.key.utf8.count == length && $0.key.utf8.elementsEqual(key.utf8) }?.value
  }
}
