/// The tests behind `is`.
enum TemplateTests {
  /// Tests that are given a value, with or without parentheses.
  static let takeOneArgument: Set<String> = ["equalto", "eq", "ne", "divisibleby", "in"]

  /// Whether a value passes a test.
  ///
  /// - Returns: nil for a test that is not known, or that is not given what it takes.
  static func passes(_ name: String, _ value: TemplateValue, _ given: [TemplateValue]) -> Bool? {
    guard given.count == (takeOneArgument.contains(name) ? 1 : 0) else { return nil }
    switch name {
    case "defined": if case .undefined = value { return false } else { return true }
    case "undefined": if case .undefined = value { return true } else { return false }
    case "none": if case .none = value { return true } else { return false }
    case "string": if case .text = value { return true } else { return false }
    case "mapping": if case .map = value { return true } else { return false }
    case "boolean": if case .boolean = value { return true } else { return false }
    case "integer": if case .integer = value { return true } else { return false }
    case "number": return value.asNumber != nil
    case "true": if case .boolean(true) = value { return true } else { return false }
    case "false": if case .boolean(false) = value { return true } else { return false }
    case "sequence", "iterable":
      switch value {
      case .text, .list, .map: return true
      case .undefined: return true
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
