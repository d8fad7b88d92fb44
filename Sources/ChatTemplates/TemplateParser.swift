/// Reads a template's statements; expressions are read in `TemplateParser+Expressions`.
struct TemplateParser {
  private let tokens: [TemplateToken]
  private var index = 0
  private var level = 0

  /// Deeper nesting is refused, so that no template can exhaust the stack.
  static let mostLevels = 40

  /// The statements of a template.
  static func parse(_ source: String) throws(ChatTemplateError) -> [TemplateStatement] {
    var parser = TemplateParser(tokens: try TemplateScanner.tokens(of: source))
    let (statements, ending) = try parser.statements(until: [])
    if let ending { throw parser.malformed("‘\(ending)’ ends nothing") }
    return statements
  }

  private init(tokens: [TemplateToken]) { self.tokens = tokens }

  // MARK: - Tokens

  /// The line of the token to be read.
  var line: Int { tokens[min(index, tokens.count - 1)].line }

  /// The token to be read, if there is one.
  var next: TemplateToken.Kind? { index < tokens.count ? tokens[index].kind : nil }

  /// The token after that.
  var second: TemplateToken.Kind? { index + 1 < tokens.count ? tokens[index + 1].kind : nil }

  /// Goes on to the next token.
  mutating func skip() { index += 1 }

  /// Goes past a token if it is the one to be read.
  mutating func take(_ kind: TemplateToken.Kind) -> Bool {
    guard next == kind else { return false }
    index += 1
    return true
  }

  /// Goes past a token that has to come.
  mutating func expect(_ kind: TemplateToken.Kind) throws(ChatTemplateError) {
    guard take(kind) else { throw malformed("\(kind.shown) is missing before \(next.shown)") }
  }

  /// A name that has to come.
  mutating func name() throws(ChatTemplateError) -> String {
    guard case .name(let name) = next else {
      throw malformed("a name is missing before \(next.shown)")
    }
    index += 1
    return name
  }

  /// An error in the line of the token to be read.
  func malformed(_ reason: String) -> ChatTemplateError { .malformed(line: line, reason: reason) }

  /// Reads something that stands within something else.
  mutating func nested<Result>(
    _ read: (inout TemplateParser) throws(ChatTemplateError) -> Result
  ) throws(ChatTemplateError) -> Result {
    level += 1
    defer { level -= 1 }
    guard level <= Self.mostLevels else {
      throw malformed("more than \(Self.mostLevels) levels of nesting")
    }
    return try read(&self)
  }

  // MARK: - Statements

  /// Statements up to one of some endings, which is gone past up to its name, or to the end.
  private mutating func statements(
    until endings: Set<String>
  ) throws(ChatTemplateError) -> ([TemplateStatement], ending: String?) {
    var statements: [TemplateStatement] = []
    while let kind = next {
      let line = line
      skip()
      switch kind {
      case .text(let text): statements.append(TemplateStatement(form: .text(text), line: line))
      case .openOutput:
        statements.append(TemplateStatement(form: .output(try tuple()), line: line))
        try expect(.closeOutput)
      default:
        let keyword = try name()
        if keyword.hasPrefix("end") || keyword == "else" || keyword == "elif" {
          guard endings.contains(keyword) else { throw malformed("‘\(keyword)’ ends nothing") }
          return (statements, keyword)
        }
        statements += try nested { parser throws(ChatTemplateError) in
          try parser.statement(keyword, line: line)
        }
      }
    }
    guard endings.isEmpty else {
      throw malformed("‘\(endings.sorted().last ?? "")’ is missing at the end")
    }
    return (statements, nil)
  }

  private mutating func statement(
    _ keyword: String,
    line: Int
  ) throws(ChatTemplateError) -> [TemplateStatement] {
    switch keyword {
    case "set": [TemplateStatement(form: try set(), line: line)]
    case "if": [TemplateStatement(form: try choice(), line: line)]
    case "for": [TemplateStatement(form: try loop(), line: line)]
    case "generation":
      // Only marks the assistant's words, for training.
      try body(until: ["endgeneration"]).0
    default: throw .unsupported(line: line, what: "the statement ‘\(keyword)’")
    }
  }

  /// What stands between the end of this tag and one of some endings.
  private mutating func body(
    until endings: Set<String>
  ) throws(ChatTemplateError) -> ([TemplateStatement], ending: String) {
    try expect(.closeStatement)
    let (statements, ending) = try statements(until: endings)
    if ending?.hasPrefix("end") == true { try expect(.closeStatement) }
    return (statements, ending ?? "")
  }

  private mutating func set() throws(ChatTemplateError) -> TemplateStatement.Form {
    let target = try name()
    let attribute = take(.symbol(".")) ? try name() : nil
    guard take(.symbol("=")) else {
      throw .unsupported(line: line, what: "‘set’ without a single name and ‘=’")
    }
    let value = try tuple()
    try expect(.closeStatement)
    return .set(name: target, attribute: attribute, value: value)
  }

  private mutating func choice() throws(ChatTemplateError) -> TemplateStatement.Form {
    var branches: [(condition: TemplateExpression, body: [TemplateStatement])] = []
    var ending = "elif"
    while ending == "elif" {
      let condition = try tuple()
      let body: [TemplateStatement]
      (body, ending) = try self.body(until: ["elif", "else", "endif"])
      branches.append((condition, body))
    }
    let otherwise = ending == "else" ? try body(until: ["endif"]).0 : []
    return .choice(branches: branches, otherwise: otherwise)
  }

  private mutating func loop() throws(ChatTemplateError) -> TemplateStatement.Form {
    var names = [try name()]
    while take(.symbol(",")) { names.append(try name()) }
    guard take(.name("in")) else { throw malformed("‘in’ is missing in ‘for’") }
    let sequence = try or()
    let condition = take(.name("if")) ? try expression() : nil
    if next == .name("recursive") { throw .unsupported(line: line, what: "a recursive ‘for’") }
    let (body, ending) = try body(until: ["else", "endfor"])
    let otherwise = ending == "else" ? try self.body(until: ["endfor"]).0 : []
    return .loop(
      names: names,
      sequence: sequence,
      condition: condition,
      body: body,
      otherwise: otherwise
    )
  }
}

extension TemplateToken.Kind {
  /// How messages show the token.
  fileprivate var shown: String {
    switch self {
    case .text: "the text"
    case .openOutput: "‘{{’"
    case .closeOutput: "‘}}’"
    case .openStatement: "‘{%’"
    case .closeStatement: "‘%}’"
    case .name(let name): "‘\(name)’"
    case .string: "a string"
    case .integer, .number: "a number"
    case .symbol(let symbol): "‘\(symbol)’"
    }
  }
}

extension TemplateToken.Kind? {
  fileprivate var shown: String { self?.shown ?? "the end" }
}
