// The values of expressions.

extension TemplateRun {
  /// An expression's value.
  mutating func evaluate(
    _ expression: TemplateExpression
  ) throws(ChatTemplateError) -> TemplateValue {
    try pay()
    switch expression.form {
    case .literal(let value): return value
    case .name(let name): return try value(of: name)
    case .list(let elements):
      let list = TemplateValue.list(try evaluate(all: elements))
      try pay(for: list)
      return list
    case .map(let pairs): return try map(pairs)
    case .attribute(let owner, let name): return try attribute(name, of: try evaluate(owner))
    case .item(let owner, let index): return try item(try evaluate(index), of: try evaluate(owner))
    case .slice(let owner, let from, let to, let by):
      return try slice(
        of: try evaluate(owner),
        from: try bound(from),
        to: try bound(to),
        by: try bound(by) ?? 1
      )
    case .call(let name, let owner, let arguments):
      guard let owner else { return try function(name, arguments) }
      return try method(name, of: try evaluate(owner), arguments)
    case .filter(let name, let operand, let arguments):
      return try filter(name, try evaluate(operand), arguments)
    case .test(let name, let operand, let arguments):
      let (value, given) = (try evaluate(operand), try evaluate(all: arguments.all))
      if !given.isEmpty { try pay(for: .list(given + [value])) }
      guard let passes = try self.passes(name, value, given) else {
        throw unsupported("the test ‘is \(name)’ of \(value.kind)")
      }
      return .boolean(passes)
    case .not(let operand): return .boolean(try !evaluate(operand).isTrue)
    case .negative(let operand):
      return try arithmetic("-", .integer(0), try evaluate(operand))
    case .and(let first, let second):
      let value = try evaluate(first)
      return value.isTrue ? try evaluate(second) : value
    case .or(let first, let second):
      let value = try evaluate(first)
      return value.isTrue ? value : try evaluate(second)
    case .arithmetic(let symbol, let first, let second):
      return try arithmetic(symbol, try evaluate(first), try evaluate(second))
    case .comparison(let first, let others): return try comparison(first, others)
    case .conditional(let condition, let ifTrue, let otherwise):
      if try evaluate(condition).isTrue { return try evaluate(ifTrue) }
      guard let otherwise else { return .undefined("the other branch") }
      return try evaluate(otherwise)
    }
  }

  /// Several values.
  mutating func evaluate(
    all expressions: [TemplateExpression]
  ) throws(ChatTemplateError) -> [TemplateValue] {
    var values: [TemplateValue] = []
    for expression in expressions { values.append(try evaluate(expression)) }
    return values
  }

  private mutating func map(
    _ pairs: [(key: TemplateExpression, value: TemplateExpression)]
  ) throws(ChatTemplateError) -> TemplateValue {
    var values: [(key: String, value: TemplateValue)] = []
    for pair in pairs {
      guard case .text(let key) = try evaluate(pair.key) else {
        throw unsupported("a map with a key that is no string")
      }
      values.append((key, try evaluate(pair.value)))
    }
    try pay(for: .map(values))
    return .map(values)
  }

  private mutating func attribute(
    _ name: String,
    of owner: TemplateValue
  ) throws(ChatTemplateError) -> TemplateValue {
    switch owner {
    case .map(let pairs):
      return try self.value(of: name, in: pairs) ?? .undefined(name)
    case .namespace(let index):
      try pay(bytes: name.utf8.count)
      return attribute(name, ofNamespace: index)
    case .undefined(let owner): throw malformed("‘\(owner)’ is undefined, and has no ‘\(name)’")
    default: return .undefined(name)
    }
  }

  private mutating func item(
    _ index: TemplateValue,
    of owner: TemplateValue
  ) throws(ChatTemplateError) -> TemplateValue {
    switch (owner, index) {
    case (.map(let pairs), .text(let key)):
      return try self.value(of: key, in: pairs) ?? .undefined(key)
    case (.list(let elements), .integer(let place)):
      let index = place < 0 ? elements.count + place : place
      return elements.indices.contains(index) ? elements[index] : .undefined("[\(place)]")
    case (.text(let text), .integer(let place)):
      try pay(bytes: 2 * text.utf8.count)
      let scalars = Array(text.unicodeScalars)
      let index = place < 0 ? scalars.count + place : place
      guard scalars.indices.contains(index) else { return .undefined("[\(place)]") }
      return .text(String(Character(scalars[index])))
    case (.undefined(let owner), _): throw malformed("‘\(owner)’ is undefined, and has no items")
    default: return .undefined("item")
    }
  }

  private mutating func bound(
    _ expression: TemplateExpression?
  ) throws(ChatTemplateError) -> Int? {
    guard let expression else { return nil }
    let value = try evaluate(expression)
    if case .none = value { return nil }
    guard let index = value.asInteger else { throw malformed("\(value.kind) is no index") }
    return index
  }

  private mutating func slice(
    of owner: TemplateValue,
    from: Int?,
    to: Int?,
    by step: Int
  ) throws(ChatTemplateError) -> TemplateValue {
    guard step == 1 || (step == -1 && from == nil && to == nil) else {
      throw unsupported("a slice with steps")
    }
    func part<Element>(_ elements: [Element]) -> [Element] {
      guard step == 1 else { return elements.reversed() }
      let count = elements.count
      func clamp(_ index: Int) -> Int { max(0, min(count, index < 0 ? count + index : index)) }
      let (start, end) = (clamp(from ?? 0), clamp(to ?? count))
      return start < end ? Array(elements[start..<end]) : []
    }
    switch owner {
    case .list(let elements):
      try pay(bytes: 16 * elements.count)
      return .list(part(elements))
    case .text(let text):
      try pay(bytes: 16 * text.utf8.count)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: part(Array(text.unicodeScalars)))
      return .text(String(view))
    default: throw malformed("\(owner.kind) cannot be sliced")
    }
  }

  private mutating func comparison(
    _ first: TemplateExpression,
    _ others: [(operation: String, with: TemplateExpression)]
  ) throws(ChatTemplateError) -> TemplateValue {
    var left = try evaluate(first)
    for other in others {
      let right = try evaluate(other.with)
      guard try compare(other.operation, left, right) else { return .boolean(false) }
      left = right
    }
    return .boolean(true)
  }

  private mutating func compare(
    _ operation: String,
    _ left: TemplateValue,
    _ right: TemplateValue
  ) throws(ChatTemplateError) -> Bool {
    switch operation {
    case "==": return try equal(left, right)
    case "!=": return try !equal(left, right)
    case "in", "not in":
      guard let isIn = try contains(right, left) else {
        throw malformed("\(left.kind) cannot be looked for in \(right.kind)")
      }
      return isIn == (operation == "in")
    default:
      let order: Int
      if let a = left.asNumber, let b = right.asNumber {
        order = a < b ? -1 : a > b ? 1 : 0
      } else if case .text(let a) = left, case .text(let b) = right {
        try pay(bytes: 2 * min(a.utf8.count, b.utf8.count))
        let isLess = a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
        order = try equal(left, right) ? 0 : isLess ? -1 : 1
      } else {
        throw malformed("\(left.kind) and \(right.kind) have no order")
      }
      switch operation {
      case "<": return order < 0
      case "<=": return order <= 0
      case ">": return order > 0
      default: return order >= 0
      }
    }
  }

  private mutating func arithmetic(
    _ symbol: String,
    _ left: TemplateValue,
    _ right: TemplateValue
  ) throws(ChatTemplateError) -> TemplateValue {
    switch (symbol, left, right) {
    case ("~", _, _):
      guard let a = left.written, let b = right.written else {
        throw unsupported("\((left.written == nil ? left : right).kind) as text")
      }
      try pay(bytes: a.utf8.count + b.utf8.count)
      return .text(a + b)
    case ("+", .text(let a), .text(let b)):
      try pay(bytes: a.utf8.count + b.utf8.count)
      return .text(a + b)
    case ("+", .list(let a), .list(let b)):
      try pay(bytes: 16 * (a.count + b.count))
      try pay(for: .list(a + b))
      return .list(a + b)
    case ("+", _, _), ("-", _, _), ("*", _, _), ("//", _, _), ("%", _, _):
      guard let a = left.asInteger, let b = right.asInteger else {
        throw unsupported("‘\(symbol)’ of \(left.kind) and \(right.kind)")
      }
      return .integer(try whole(symbol, a, b))
    default: throw unsupported("‘\(symbol)’")
    }
  }

  /// Whole numbers, divided as Python does: towards −∞.
  private func whole(_ symbol: String, _ a: Int, _ b: Int) throws(ChatTemplateError) -> Int {
    let result: (partialValue: Int, overflow: Bool)
    switch symbol {
    case "+": result = a.addingReportingOverflow(b)
    case "-": result = a.subtractingReportingOverflow(b)
    case "*": result = a.multipliedReportingOverflow(by: b)
    default:
      let quotient = a.dividedReportingOverflow(by: b)
      let rest = a.remainderReportingOverflow(dividingBy: b)
      guard !quotient.overflow else { throw malformed("a division has no result") }
      let isBelow = rest.partialValue != 0 && (rest.partialValue < 0) != (b < 0)
      if symbol == "//" { return quotient.partialValue - (isBelow ? 1 : 0) }
      return rest.partialValue + (isBelow ? b : 0)
    }
    guard !result.overflow else { throw malformed("a number is too large") }
    return result.partialValue
  }
}
