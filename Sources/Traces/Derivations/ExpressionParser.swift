/// Why a text is no expression.
public struct ExpressionError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What was expected.
  public let expected: String
  /// At which byte of the text.
  public let offset: Int

  /// One phrase.
  public var description: String { "expected \(expected) at byte \(offset)" }
}

extension Expression {
  /// Reads an expression as it is written.
  ///
  /// - Throws: ``ExpressionError``.
  public init(_ text: String) throws(ExpressionError) {
    var parser = ExpressionParser(bytes: Array(text.utf8))
    self = try parser.expression(0)
    guard parser.isAtEnd else { throw parser.failure("the end") }
  }
}

private struct ExpressionParser {
  let bytes: [UInt8]
  private var i = 0
  private var depth = 0
  private var bound: [String] = []

  init(bytes: [UInt8]) { self.bytes = bytes }

  func failure(_ expected: String) -> ExpressionError {
    ExpressionError(expected: expected, offset: i)
  }

  var isAtEnd: Bool {
    mutating get {
      skipSpaces()
      return i == bytes.count
    }
  }

  private mutating func skipSpaces() {
    while i < bytes.count, bytes[i] == 0x20 { i += 1 }
  }

  /// Takes a sign, if it comes next.
  private mutating func take(_ sign: String) -> Bool {
    skipSpaces()
    let sign = Array(sign.utf8)
    guard i + sign.count <= bytes.count, bytes[i..<i + sign.count].elementsEqual(sign) else {
      return false
    }
    i += sign.count
    return true
  }

  private mutating func demand(_ sign: String) throws(ExpressionError) {
    guard take(sign) else { throw failure("“\(sign)”") }
  }

  /// The operator that comes next, if it holds at least as tightly.
  private mutating func relation(_ rank: Int) -> Expression.Operator? {
    skipSpaces()
    let start = i
    for sign in ["<=", ">=", "!=", "==", "<", ">", "+", "-", "*", "/", "^"] where take(sign) {
      guard let found = Expression.Operator(rawValue: sign), found.rank >= rank else { break }
      return found
    }
    i = start
    return nil
  }

  mutating func expression(_ rank: Int) throws(ExpressionError) -> Expression {
    depth += 1
    defer { depth -= 1 }
    guard depth < 64 else { throw failure("something less deep") }
    var left: Expression
    if take("-") {
      left = try expression(3)
      if case .number(let value) = left {
        left = .number(-value)
      } else {
        left = .call(.negative, left)
      }
    } else {
      left = try primary()
    }
    while let relation = relation(rank) {
      left = .binary(relation, left, try expression(relation.rank + 1))
    }
    return left
  }

  private mutating func primary() throws(ExpressionError) -> Expression {
    if take("(") {
      let inner = try expression(0)
      try demand(")")
      return inner
    }
    skipSpaces()
    guard i < bytes.count else { throw failure("a number, a cell or a function") }
    if 0x30...0x39 ~= bytes[i] { return .number(try number()) }
    let name = try self.name()
    if name == "inf" { return .number(.infinity) }
    if take("(") { return try call(name) }
    guard take("[") else { return bound.contains(name) ? .variable(name) : .cell(name, []) }
    var indices: [Expression] = []
    repeat { indices.append(try expression(0)) } while take(",")
    try demand("]")
    return .cell(name, indices)
  }

  private mutating func call(_ name: String) throws(ExpressionError) -> Expression {
    if let kind = Expression.Reduction.Kind(rawValue: name) { return try reduction(kind) }
    if name == Expression.Operator.largest.rawValue {
      var left = try expression(0)
      while take(",") { left = .binary(.largest, left, try expression(0)) }
      try demand(")")
      return left
    }
    guard let function = Expression.Function(rawValue: name) else {
      throw failure("a function that there is, not “\(name)”")
    }
    let x = try expression(0)
    try demand(")")
    return .call(function, x)
  }

  private mutating func reduction(
    _ kind: Expression.Reduction.Kind
  ) throws(ExpressionError) -> Expression {
    var limit: Expression?
    if kind == .top {
      limit = try expression(1)
      try demand(",")
    }
    skipSpaces()
    let variable = try name()
    var condition: Expression.Reduction.Condition?
    var span: Expression.Reduction.Span?
    if let relation = relation(0) {
      guard relation.rank == 0 else { throw failure("a comparison") }
      condition = .init(relation: relation, bound: try expression(1))
    } else if take("=") {
      let first = try expression(1)
      try demand("..")
      span = .init(first: first, last: try expression(1))
    }
    bound.append(variable)
    var body: [Expression] = []
    for _ in 0..<(kind == .cos ? 2 : 1) {
      try demand(",")
      body.append(try expression(0))
    }
    bound.removeLast()
    try demand(")")
    return .over(
      .init(
        kind: kind,
        limit: limit,
        variable: variable,
        condition: condition,
        body: body,
        span: span
      )
    )
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    0x61...0x7A ~= byte | 0x20 || byte == 0x5F
  }

  /// Letters, digits, underscores and dots, a letter first.
  private mutating func name() throws(ExpressionError) -> String {
    let start = i
    guard i < bytes.count, Self.isLetter(bytes[i]) else { throw failure("a name") }
    while i < bytes.count,
      Self.isLetter(bytes[i]) || 0x30...0x39 ~= bytes[i] || bytes[i] == 0x2E
    {
      // Two points stand between two numbers.
      if bytes[i] == 0x2E, i + 1 < bytes.count, bytes[i + 1] == 0x2E { break }
      i += 1
    }
    return String(decoding: bytes[start..<i], as: UTF8.self)
  }

  private mutating func number() throws(ExpressionError) -> Double {
    let start = i
    while i < bytes.count {
      let isSign = bytes[i] == 0x2B || bytes[i] == 0x2D
      let follows = isSign && bytes[i - 1] | 0x20 == 0x65
      // Two points stand between two numbers.
      if bytes[i] == 0x2E, i + 1 < bytes.count, bytes[i + 1] == 0x2E { break }
      guard 0x30...0x39 ~= bytes[i] || bytes[i] == 0x2E || bytes[i] | 0x20 == 0x65 || follows
      else { break }
      i += 1
    }
    guard let value = Double(String(decoding: bytes[start..<i], as: UTF8.self)) else {
      i = start
      throw failure("a number")
    }
    return value
  }
}
