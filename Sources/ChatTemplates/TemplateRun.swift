/// A template at work: its statements, one after the other.
///
/// Whatever a template does costs steps, and there is an end to them: no template runs for ever or
/// writes without bound.
struct TemplateRun {
  /// What is written so far.
  private(set) var output = ""
  /// The line of the statement at work.
  private(set) var line = 1
  private var scopes: [[String: TemplateValue]]
  private var namespaces: [[String: TemplateValue]] = []
  private(set) var stepsLeft: Int

  /// A step takes some fifty nanoseconds.
  ///
  /// A conversation of 400,000 bytes takes published templates a tenth of these.
  static let mostSteps = 2_000_000

  /// Begins with some names' values, and so many steps to spend.
  init(names: [String: TemplateValue], steps: Int = mostSteps) {
    scopes = [names]
    stepsLeft = steps
  }

  // MARK: - Costs and errors

  /// Pays for a step, and for each sixteen bytes that it reads or makes.
  mutating func pay(bytes: Int = 0) throws(ChatTemplateError) {
    guard bytes <= Self.mostBytes else { throw malformed("a text or a list is too long") }
    stepsLeft -= 1 + bytes / 16
    guard stepsLeft > 0 else { throw malformed("it takes too long") }
  }

  /// Pays for going through all of a value.
  mutating func pay(for value: TemplateValue) throws(ChatTemplateError) {
    guard let weight = value.weight(upTo: Self.mostBytes / 16) else {
      throw malformed("\(value.kind) is too large or too deep")
    }
    try pay(bytes: 16 * weight)
  }

  /// Pays for what takes a whole step for each byte.
  mutating func pay(eachByteOf count: Int) throws(ChatTemplateError) {
    guard count <= Self.mostBytes else { throw malformed("a text or a list is too long") }
    stepsLeft -= 1 + count
    guard stepsLeft > 0 else { throw malformed("it takes too long") }
  }

  private static let mostBytes = 1 << 23
  /// Longer than any context window's text.
  private static let mostOutput = 1 << 20

  /// An error in the line at work.
  func malformed(_ reason: String) -> ChatTemplateError {
    .malformed(line: line, reason: String(reason.prefix(400)))
  }

  /// An error in the line at work.
  func unsupported(_ what: String) -> ChatTemplateError { .unsupported(line: line, what: what) }

  // MARK: - Names

  /// What a name stands for.
  mutating func value(of name: String) throws(ChatTemplateError) -> TemplateValue {
    try pay(bytes: scopes.count * (16 + name.utf8.count))
    return scopes.last { $0[name] != nil }?[name] ?? .undefined(name)
  }

  /// A namespace's attribute.
  func attribute(_ name: String, ofNamespace index: Int) -> TemplateValue {
    namespaces[index][name] ?? .undefined(name)
  }

  /// A new namespace.
  mutating func makeNamespace(_ attributes: [String: TemplateValue]) -> TemplateValue {
    namespaces.append(attributes)
    return .namespace(namespaces.count - 1)
  }

  // MARK: - Statements

  /// Does some statements.
  mutating func run(_ statements: [TemplateStatement]) throws(ChatTemplateError) {
    for statement in statements {
      line = statement.line
      try pay()
      switch statement.form {
      case .text(let text): try write(text)
      case .output(let expression):
        let value = try evaluate(expression)
        guard let text = value.written else { throw unsupported("\(value.kind) as text") }
        try write(text)
      case .set(let name, let attribute, let expression):
        try pay(bytes: name.utf8.count + (attribute?.utf8.count ?? 0))
        try set(name, attribute, to: try evaluate(expression))
      case .choice(let branches, let otherwise):
        try run(try chosen(of: branches) ?? otherwise)
      case .loop(let names, let sequence, let condition, let body, let otherwise):
        var items = try elements(of: try evaluate(sequence))
        if let condition { items = try items.filtered(by: condition, as: names, in: &self) }
        try loop(over: items, as: names, body)
        if items.isEmpty { try run(otherwise) }
      }
    }
  }

  private mutating func write(_ text: String) throws(ChatTemplateError) {
    try pay(bytes: text.utf8.count)
    guard output.utf8.count + text.utf8.count <= Self.mostOutput else {
      throw malformed("it writes more than \(Self.mostOutput) bytes")
    }
    output += text
  }

  private mutating func set(
    _ name: String,
    _ attribute: String?,
    to value: TemplateValue
  ) throws(ChatTemplateError) {
    guard let attribute else {
      scopes[scopes.count - 1][name] = value
      return
    }
    guard case .namespace(let index) = try self.value(of: name) else {
      throw malformed("‘\(name)’ is no namespace, so that its attributes cannot be set")
    }
    namespaces[index][attribute] = value
  }

  private mutating func chosen(
    of branches: [(condition: TemplateExpression, body: [TemplateStatement])]
  ) throws(ChatTemplateError) -> [TemplateStatement]? {
    for branch in branches where try evaluate(branch.condition).isTrue { return branch.body }
    return nil
  }

  private mutating func loop(
    over items: [TemplateValue],
    as names: [String],
    _ body: [TemplateStatement]
  ) throws(ChatTemplateError) {
    for (index, item) in items.enumerated() {
      // The names of a turn are made anew: some microseconds.
      try pay(eachByteOf: 24 + names.count)
      var scope = try bind(names, to: item)
      let (previous, next) = (index - 1, index + 1)
      scope["loop"] = .map([
        ("index", .integer(index + 1)), ("index0", .integer(index)),
        ("revindex", .integer(items.count - index)),
        ("revindex0", .integer(items.count - index - 1)),
        ("first", .boolean(index == 0)), ("last", .boolean(next == items.count)),
        ("length", .integer(items.count)),
        ("previtem", previous >= 0 ? items[previous] : .undefined("loop.previtem")),
        ("nextitem", next < items.count ? items[next] : .undefined("loop.nextitem")),
      ])
      scopes.append(scope)
      defer { scopes.removeLast() }
      try run(body)
    }
  }

  /// Evaluates an expression where names stand for an item.
  mutating func evaluate(
    _ expression: TemplateExpression,
    with names: [String],
    as item: TemplateValue
  ) throws(ChatTemplateError) -> TemplateValue {
    try pay(eachByteOf: 8 + names.count)
    scopes.append(try bind(names, to: item))
    defer { scopes.removeLast() }
    return try evaluate(expression)
  }

  private func bind(
    _ names: [String],
    to item: TemplateValue
  ) throws(ChatTemplateError) -> [String: TemplateValue] {
    if names.count == 1 { return [names[0]: item] }
    guard case .list(let parts) = item, parts.count == names.count else {
      throw malformed("\(item.kind) is not \(names.count) values")
    }
    return Dictionary(zip(names, parts)) { $1 }
  }

  /// What a loop goes through.
  mutating func elements(of value: TemplateValue) throws(ChatTemplateError) -> [TemplateValue] {
    switch value {
    case .list(let elements): return elements
    case .map(let pairs):
      try pay(eachByteOf: pairs.count)
      return pairs.map { .text($0.key) }
    case .undefined: return []
    default: throw unsupported("a loop over \(value.kind)")
    }
  }
}

extension [TemplateValue] {
  fileprivate func filtered(
    by condition: TemplateExpression,
    as names: [String],
    in run: inout TemplateRun
  ) throws(ChatTemplateError) -> [TemplateValue] {
    var kept: [TemplateValue] = []
    for item in self where try run.evaluate(condition, with: names, as: item).isTrue {
      kept.append(item)
    }
    return kept
  }
}
