/// The arithmetic of one number: what it is made of, and what each part is here.
public struct Arithmetic: Sendable {
  /// A number of a tensor, where it stands.
  public struct Cell: Sendable, Equatable {
    /// The tensor's name.
    public let name: String
    /// The index along each axis.
    public let place: [Int]
    /// The number.
    public let value: Double

    /// Takes a number and its place.
    public init(name: String, place: [Int], value: Double) {
      (self.name, self.place, self.value) = (name, place, value)
    }

    /// `NAME[i,j]`.
    public var text: String {
      place.isEmpty ? name : "\(name)[\(place.map { "\($0)" }.joined(separator: ","))]"
    }
  }

  /// One of the numbers that are added up.
  public struct Term: Sendable, Equatable {
    /// What it is made of; lookups are done, and sums within it are numbers.
    public let expression: Expression
    /// The same with this run's numbers.
    public let numbers: Expression
    /// What it adds.
    public let value: Double
    /// The numbers that it reads.
    public let cells: [Cell]
  }

  /// What it is made of.
  public let expression: Expression
  /// The same with this run's numbers, in place of sums what they come to.
  public let numbers: Expression
  /// What it comes to.
  public let value: Double
  /// The numbers that are added up on the way, as many as were asked for; where none are, those that it is made of.
  public private(set) var terms: [Term] = []
  /// How many more there are, and what those come to.
  public private(set) var others = (count: 0, sum: 0.0)
  /// What all terms come to, where they are added up: ``value``, unless something is made of their sum.
  public private(set) var total: Double?

  /// Works out an expression.
  ///
  /// - Parameters:
  ///   - expression: What it is made of, with no open variables.
  ///   - numbers: Where names are looked up.
  ///   - limit: How many terms are told one by one: the largest, largest first; all, in their order, if not given.
  /// - Throws: ``DerivationError`` if something is missing.
  public init(
    of expression: Expression,
    from numbers: @escaping NumberSource,
    limit: Int? = nil
  ) throws(DerivationError) {
    let worker = Worker(numbers: numbers)
    self.expression = expression
    value = try worker.value(of: expression)
    self.numbers = try worker.filled(expression)
    guard let sum = expression.principalSum else {
      for cell in try worker.cells(of: expression) {
        let part = Expression.cell(cell.name, cell.place.map { .number(Double($0)) })
        terms.append(
          Term(expression: part, numbers: .number(cell.value), value: cell.value, cells: [cell])
        )
      }
      return
    }
    let addends = try worker.addends(of: sum)
    total = addends.reduce(0) { $0 + $1.value }
    var order = Array(addends.indices)
    if let limit, limit < addends.count {
      order.sort { a, b in
        let (x, y) = (abs(addends[a].value), abs(addends[b].value))
        return x == y ? a < b : x > y
      }
      others.count = addends.count - limit
      others.sum = order[limit...].reduce(0) { $0 + addends[$1].value }
      order.removeSubrange(limit...)
    }
    for index in order { terms.append(try worker.term(addends[index])) }
  }
}

extension Expression {
  private var isAddedUp: Bool {
    if case .over(let reduction) = self {
      switch reduction.kind {
      case .sum, .mean, .norm, .cos: return true
      default: return false
      }
    }
    return false
  }

  private var isSumOrDifference: Bool {
    if case .binary(.plus, _, _) = self { return true }
    if case .binary(.minus, _, _) = self { return true }
    return false
  }

  private var holdsSum: Bool {
    var found = false
    _ = replacing { part in
      found = found || part.isAddedUp
      return nil
    }
    return found
  }

  /// The part in which numbers are added up: itself, or what a function or a quotient is of.
  fileprivate var principalSum: Expression? { isSumOrDifference ? self : innerSum }

  private var innerSum: Expression? {
    if isAddedUp || isSumOrDifference && holdsSum { return self }
    switch self {
    case .call(_, let x): return x.innerSum
    case .binary(_, let a, let b): return a.innerSum ?? b.innerSum
    default: return nil
    }
  }
}

/// Works parts of an expression out.
private struct Worker {
  let numbers: NumberSource

  /// What is added: an expression, in which a variable may still be open.
  struct Addend {
    var expression: Expression
    var variable: (name: String, value: Int)?
    var value: Double
  }

  func value(of expression: Expression) throws(DerivationError) -> Double {
    var evaluator = try Evaluator(expression, numbers: numbers)
    return try evaluator.value()
  }

  /// The addends of a sum: of sums within it, theirs.
  func addends(of sum: Expression) throws(DerivationError) -> [Addend] {
    switch sum {
    case .binary(.plus, let a, let b): return try addends(of: a) + addends(of: b)
    case .binary(.minus, let a, let b):
      return try addends(of: a) + [
        Addend(expression: .call(.negative, b), value: -(try value(of: b)))
      ]
    case .over(let r) where [.sum, .mean, .norm, .cos].contains(r.kind):
      return try addends(of: r)
    default: return [Addend(expression: sum, value: try value(of: sum))]
    }
  }

  private func addends(of r: Expression.Reduction) throws(DerivationError) -> [Addend] {
    var body = r.body[0]
    var factor = 1.0
    if r.kind == .norm { body = .binary(.power, body, .number(2)) }
    if r.kind == .cos {
      body = .binary(.times, body, r.body[1])
      for part in r.body {
        var length = r
        (length.kind, length.body) = (.norm, [part])
        factor /= try value(of: .over(length))
      }
    }
    guard let range = try r.range(in: numbers) else { throw .unbounded(r.variable) }
    var evaluator = try Evaluator(body, variables: [r.variable], numbers: numbers)
    let bound = try r.condition.map { c throws(DerivationError) in try value(of: c.bound) } ?? 0
    var addends: [Addend] = []
    for i in range {
      if let condition = r.condition, condition.relation(Double(i), bound) == 0 { continue }
      let value = try evaluator.value([i]) * factor
      addends.append(Addend(expression: body, variable: (r.variable, i), value: value))
    }
    if r.kind == .mean {
      for i in addends.indices { addends[i].value /= Double(addends.count) }
    }
    return addends
  }

  func term(_ addend: Addend) throws(DerivationError) -> Arithmetic.Term {
    let bound = addend.expression.binding(addend.variable.map { [$0] } ?? [])
    let cells = try cells(of: bound)
    return Arithmetic.Term(
      expression: try lookedUp(bound),
      numbers: try filled(bound),
      value: addend.value,
      cells: cells
    )
  }

  /// The cells that an expression reads, each once; those of reductions within it are not told one by one.
  func cells(of expression: Expression) throws(DerivationError) -> [Arithmetic.Cell] {
    var cells: [Arithmetic.Cell] = []
    var failure: DerivationError?
    _ = expression.replacing { part in
      if case .over = part { return part }
      guard case .cell(let name, let indices) = part else { return nil }
      do throws(DerivationError) {
        var place: [Int] = []
        for index in indices { place.append(Int(try value(of: index))) }
        let cell = Arithmetic.Cell(name: name, place: place, value: try value(of: part))
        if !cells.contains(cell) { cells.append(cell) }
      } catch { failure = failure ?? error }
      return part
    }
    if let failure { throw failure }
    return cells
  }

  /// The expression with numbers for indices that are looked up, and for what reductions come to.
  private func lookedUp(_ expression: Expression) throws(DerivationError) -> Expression {
    try replacing(expression) { part throws(DerivationError) in
      if case .over = part { return .number(try value(of: part)) }
      guard case .cell(let name, let indices) = part else { return nil }
      var known: [Expression] = []
      for index in indices { known.append(.number(try value(of: index))) }
      return .cell(name, known)
    }
  }

  /// The expression with numbers for its cells and for what reductions come to.
  func filled(_ expression: Expression) throws(DerivationError) -> Expression {
    try replacing(expression) { part throws(DerivationError) in
      switch part {
      case .cell, .over: .number(try value(of: part))
      default: nil
      }
    }
  }

  private func replacing(
    _ expression: Expression,
    _ replace: (Expression) throws(DerivationError) -> Expression?
  ) throws(DerivationError) -> Expression {
    var failure: DerivationError?
    let result = expression.replacing { part in
      do throws(DerivationError) { return try replace(part) } catch {
        failure = failure ?? error
        return part
      }
    }
    if let failure { throw failure }
    return result
  }
}
