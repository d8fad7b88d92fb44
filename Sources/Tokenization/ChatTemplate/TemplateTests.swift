/// The tests behind `is`.
enum TemplateTests {
  /// Tests that are given a value, with or without parentheses.
  static let takeOneArgument: Set<String> = ["equalto", "eq", "ne", "divisibleby", "in"]

  /// Tests for a kind of value, and what the kind is called.
  private static let kinds = [
    "undefined": "something undefined", "none": "none", "string": "a string", "mapping": "a map",
    "boolean": "a boolean", "integer": "a whole number",
  ]

  /// Whether a value passes a test.
  ///
  /// - Returns: nil for a test that is not known, or that is not given what it takes.
  static func passes(_ name: String, _ value: TemplateValue, _ given: [TemplateValue]) -> Bool? {
    guard given.count == (takeOneArgument.contains(name) ? 1 : 0) else { return nil }
    if let kind = kinds[name] { return value.kind == kind }
    switch name {
    case "defined": return value.kind != kinds["undefined"]
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
    case "equalto", "eq": return value.equals(given[0])
    case "ne": return !value.equals(given[0])
    case "divisibleby":
      guard let number = value.asInteger, let divisor = given[0].asInteger, divisor > 0 else {
        return nil
      }
      return number % divisor == 0
    case "in": return given[0].contains(value)
    default: return nil
    }
  }
}

extension TemplateValue {
  /// Whether a list, a map's keys or a text have a value in them; nil for what has nothing in it.
  func contains(_ value: TemplateValue) -> Bool? {
    switch (self, value) {
    case (.list(let elements), _): elements.contains { $0.equals(value) }
    case (.map, .text(let key)): self[key] != nil
    case (.text(let text), .text(let part)): text.hasPart(part)
    case (.undefined, _): false
    default: nil
    }
  }
}
