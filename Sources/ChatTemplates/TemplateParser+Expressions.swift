// Expressions, from what binds least to what binds most, as in Jinja's own parser.

extension TemplateParser {
  /// An expression, or several with commas between them, which are a list.
  mutating func tuple() throws(ChatTemplateError) -> TemplateExpression {
    let first = try expression()
    guard next == .symbol(",") else { return first }
    var elements = [first]
    while take(.symbol(",")), !isAtEnd { elements.append(try expression()) }
    return try make(.list(elements), of: elements)
  }

  private var isAtEnd: Bool {
    next == .closeOutput || next == .closeStatement || next == .symbol(")")
  }

  /// `a if b else c`, or anything that binds more.
  mutating func expression() throws(ChatTemplateError) -> TemplateExpression {
    try nested { parser throws(ChatTemplateError) in
      var value = try parser.or()
      while parser.take(.name("if")) {
        let condition = try parser.or()
        let otherwise = parser.take(.name("else")) ? try parser.expression() : nil
        value = try parser.make(
          .conditional(condition, ifTrue: value, otherwise: otherwise),
          of: [condition, value] + (otherwise.map { [$0] } ?? [])
        )
      }
      return value
    }
  }

  /// `a or b`.
  mutating func or() throws(ChatTemplateError) -> TemplateExpression {
    var value = try and()
    while take(.name("or")) {
      let other = try and()
      value = try make(.or(value, other), of: [value, other])
    }
    return value
  }

  private mutating func and() throws(ChatTemplateError) -> TemplateExpression {
    var value = try not()
    while take(.name("and")) {
      let other = try not()
      value = try make(.and(value, other), of: [value, other])
    }
    return value
  }

  private mutating func not() throws(ChatTemplateError) -> TemplateExpression {
    guard take(.name("not")) else { return try comparison() }
    let value = try nested { parser throws(ChatTemplateError) in try parser.not() }
    return try make(.not(value), of: [value])
  }

  private mutating func comparison() throws(ChatTemplateError) -> TemplateExpression {
    let value = try sum()
    var others: [(operation: String, with: TemplateExpression)] = []
    while let operation = takeComparison() { others.append((operation, try sum())) }
    guard !others.isEmpty else { return value }
    return try make(.comparison(value, others), of: [value] + others.map { $0.with })
  }

  private mutating func takeComparison() -> String? {
    switch next {
    case .symbol(let symbol) where Self.comparisons.contains(symbol):
      skip()
      return symbol
    case .name("in"):
      skip()
      return "in"
    case .name("not") where second == .name("in"):
      skip()
      skip()
      return "not in"
    default: return nil
    }
  }

  private static let comparisons: Set<String> = ["==", "!=", "<", "<=", ">", ">="]
  private static let sums: Set<String> = ["+", "-"]
  private static let joints: Set<String> = ["~"]
  private static let products: Set<String> = ["*", "/", "//", "%"]

  private mutating func sum() throws(ChatTemplateError) -> TemplateExpression {
    try chain(Self.sums) { parser throws(ChatTemplateError) in
      try parser.chain(Self.joints) { parser throws(ChatTemplateError) in
        try parser.chain(Self.products) { parser throws(ChatTemplateError) in
          try parser.unary(filtered: true)
        }
      }
    }
  }

  private mutating func chain(
    _ symbols: Set<String>,
    _ read: (inout TemplateParser) throws(ChatTemplateError) -> TemplateExpression
  ) throws(ChatTemplateError) -> TemplateExpression {
    var value = try read(&self)
    while case .symbol(let symbol) = next, symbols.contains(symbol) {
      skip()
      let other = try read(&self)
      value = try make(.arithmetic(symbol, value, other), of: [value, other])
    }
    return value
  }

  private mutating func unary(filtered: Bool) throws(ChatTemplateError) -> TemplateExpression {
    var value: TemplateExpression
    if take(.symbol("-")) {
      let operand = try nested { parser throws(ChatTemplateError) in
        try parser.unary(filtered: false)
      }
      value = try make(.negative(operand), of: [operand])
    } else {
      value = try postfixed(try primary())
    }
    if next == .symbol("**") { throw .unsupported(line: line, what: "‘**’") }
    while filtered {
      if take(.symbol("|")) {
        let name = try name()
        let arguments = next == .symbol("(") ? try arguments() : TemplateArguments()
        value = try make(.filter(name, of: value, arguments), of: [value] + arguments.all)
      } else if take(.name("is")) {
        value = try test(of: value)
      } else {
        break
      }
    }
    return value
  }

  private mutating func test(
    of value: TemplateExpression
  ) throws(ChatTemplateError) -> TemplateExpression {
    let isNegated = take(.name("not"))
    let name = try name()
    var arguments = TemplateArguments()
    if next == .symbol("(") {
      arguments = try self.arguments()
    } else if TemplateTests.takeOneArgument.contains(name) {
      arguments.values = [try postfixed(try primary())]
    }
    let test = try make(.test(name, of: value, arguments), of: [value] + arguments.all)
    return isNegated ? try make(.not(test), of: [test]) : test
  }

  private mutating func primary() throws(ChatTemplateError) -> TemplateExpression {
    guard let kind = next else { throw malformed("a value is missing at the end") }
    switch kind {
    case .name(let name):
      skip()
      switch name {
      case "true", "True": return try make(.literal(.boolean(true)))
      case "false", "False": return try make(.literal(.boolean(false)))
      case "none", "None": return try make(.literal(.none))
      default: return try make(.name(name))
      }
    case .string(var text):
      skip()
      // As in Python, strings that stand side by side are one.
      while case .string(let more) = next {
        text += more
        skip()
      }
      return try make(.literal(.text(text)))
    case .integer(let value):
      skip()
      return try make(.literal(.integer(value)))
    case .number(let value):
      skip()
      return try make(.literal(.number(value)))
    case .symbol("("):
      skip()
      let value = try tuple()
      try expect(.symbol(")"))
      return value
    case .symbol("["): return try list()
    case .symbol("{"): return try map()
    default: throw malformed("a value is missing")
    }
  }

  private mutating func list() throws(ChatTemplateError) -> TemplateExpression {
    skip()
    var elements: [TemplateExpression] = []
    while !take(.symbol("]")) {
      if !elements.isEmpty {
        try expect(.symbol(","))
        if take(.symbol("]")) { break }
      }
      elements.append(try expression())
    }
    return try make(.list(elements), of: elements)
  }

  private mutating func map() throws(ChatTemplateError) -> TemplateExpression {
    skip()
    var pairs: [(key: TemplateExpression, value: TemplateExpression)] = []
    while !take(.symbol("}")) {
      if !pairs.isEmpty {
        try expect(.symbol(","))
        if take(.symbol("}")) { break }
      }
      let key = try expression()
      try expect(.symbol(":"))
      pairs.append((key, try expression()))
    }
    return try make(.map(pairs), of: pairs.flatMap { [$0.key, $0.value] })
  }

  /// `.attribute`, `[item]`, `[from:to]` and `(arguments)` behind a value.
  private mutating func postfixed(
    _ start: TemplateExpression
  ) throws(ChatTemplateError) -> TemplateExpression {
    var value = start
    while true {
      if take(.symbol(".")) {
        let name = try name()
        if next == .symbol("(") {
          let arguments = try arguments()
          value = try make(.call(name, of: value, arguments), of: [value] + arguments.all)
        } else {
          value = try make(.attribute(of: value, name), of: [value])
        }
      } else if take(.symbol("[")) {
        value = try item(of: value)
        try expect(.symbol("]"))
      } else if next == .symbol("(") {
        guard case .name(let name) = value.form else {
          throw .unsupported(line: line, what: "a call of something that has no name")
        }
        let arguments = try arguments()
        value = try make(.call(name, of: nil, arguments), of: arguments.all)
      } else {
        return value
      }
    }
  }

  private mutating func item(
    of value: TemplateExpression
  ) throws(ChatTemplateError) -> TemplateExpression {
    func isBound(_ parser: TemplateParser) -> Bool {
      parser.next != .symbol(":") && parser.next != .symbol("]")
    }
    let from = isBound(self) ? try expression() : nil
    guard take(.symbol(":")) else {
      guard let from else { throw malformed("an index is missing") }
      return try make(.item(of: value, from), of: [value, from])
    }
    let to = isBound(self) ? try expression() : nil
    let by = take(.symbol(":")) && isBound(self) ? try expression() : nil
    let parts = [value] + [from, to, by].compactMap { $0 }
    return try make(.slice(of: value, from: from, to: to, by: by), of: parts)
  }

  private mutating func arguments() throws(ChatTemplateError) -> TemplateArguments {
    skip()
    var arguments = TemplateArguments()
    while !take(.symbol(")")) {
      if !arguments.values.isEmpty || !arguments.named.isEmpty {
        try expect(.symbol(","))
        if take(.symbol(")")) { break }
      }
      if case .name(let name) = next, second == .symbol("=") {
        skip()
        skip()
        arguments.named.append((name, try expression()))
      } else {
        arguments.values.append(try expression())
      }
    }
    return arguments
  }

  /// An expression of others; they must not stand in one another too deeply.
  private func make(
    _ form: TemplateExpression.Form,
    of parts: [TemplateExpression] = []
  ) throws(ChatTemplateError) -> TemplateExpression {
    let depth = 1 + (parts.map { $0.depth }.max() ?? 0)
    guard depth <= 4 * Self.mostLevels else { throw malformed("an expression is too deep") }
    return TemplateExpression(form: form, depth: depth)
  }
}
