import Tensors

/// Computes what an expression comes to, in double precision, for one choice of its variables after another.
///
/// A reduction keeps its last result and the variables that it was of: a softmax's denominator is added up once a row.
public struct Evaluator {
  private var nodes: [Node] = []
  private var tables: [Table] = []
  private var loops: [Loop] = []
  /// The values of the variables; and for each loop those that its result was of.
  private var slots: [Double]
  private var failure: DerivationError?
  private let root: Int

  private struct Node {
    var kind: Kind
    var a = 0
    var b = 0
    var value = 0.0

    enum Kind {
      case number, variable, cell
      case binary(Expression.Operator)
      case call(Expression.Function)
      case loop
    }
  }

  /// A tensor's numbers, and the nodes that compute the indices of a cell.
  private struct Table {
    let name: String
    let numbers: Numbers
    let strides: [Int]
    let address: UnsafePointer<Float>?
    let indices: [Int]
  }

  private struct Loop {
    let kind: Expression.Reduction.Kind
    let slot: Int
    /// What the variable runs over, unless nodes say from where to where.
    let range: Range<Int>
    let span: (first: Int, last: Int)?
    let relation: Expression.Operator?
    let bound: Int
    let limit: Int
    let body: [Int]
    /// The variables from outside that the result hangs on.
    let outer: [Int]
    var known: [Double] = []
    var result = 0.0
  }

  /// Prepares an expression.
  ///
  /// - Parameters:
  ///   - expression: The expression.
  ///   - variables: Its variables that no reduction binds, in the order in which values will be given.
  ///   - numbers: Where names are looked up.
  /// - Throws: ``DerivationError`` if something is missing.
  public init(
    _ expression: Expression,
    variables: [String] = [],
    numbers: @escaping NumberSource
  ) throws(DerivationError) {
    var builder = Builder(numbers: numbers, scope: variables, slots: variables.count)
    root = try builder.node(expression)
    (nodes, tables, loops) = (builder.nodes, builder.tables, builder.loops)
    slots = Array(repeating: 0, count: builder.slots)
  }

  /// What the expression comes to.
  ///
  /// - Parameter values: The variables' values.
  /// - Returns: The number; NaN where the arithmetic has none.
  /// - Throws: ``DerivationError`` if a cell is not there.
  public mutating func value(_ values: [Int] = []) throws(DerivationError) -> Double {
    for (slot, value) in values.enumerated() { slots[slot] = Double(value) }
    failure = nil
    let result = value(of: root)
    if let failure { throw failure }
    return result
  }

  private mutating func value(of index: Int) -> Double {
    let node = nodes[index]
    switch node.kind {
    case .number: return node.value
    case .variable: return slots[node.a]
    case .cell: return cell(node.a)
    case .binary(let relation): return relation(value(of: node.a), value(of: node.b))
    case .call(let function): return function(value(of: node.a))
    case .loop: return loop(node.a)
    }
  }

  private mutating func cell(_ index: Int) -> Double {
    let count = tables[index].indices.count
    var place = 0
    for axis in 0..<count {
      let wanted = value(of: tables[index].indices[axis])
      let start = Double(tables[index].numbers.starts[axis])
      guard wanted >= start, wanted < start + Double(tables[index].numbers.shape[axis]) else {
        return missing(index)
      }
      place += Int(wanted - start) * tables[index].strides[axis]
    }
    if let address = tables[index].address { return Double(address[place]) }
    return tables[index].numbers.layout.few[place]
  }

  private mutating func missing(_ index: Int) -> Double {
    let table = tables[index]
    var indices: [Int] = []
    for node in table.indices {
      let value = value(of: node)
      indices.append(value.magnitude < 0x1p31 ? Int(value) : -1)
    }
    let numbers = table.numbers
    failure =
      failure
      ?? .outOfRange(table.name, indices: indices, shape: numbers.shape, starts: numbers.starts)
    return .nan
  }

  private mutating func loop(_ index: Int) -> Double {
    let loop = loops[index]
    if loop.known.count == loop.outer.count + 1 {
      var isSame = true
      for (i, slot) in loop.outer.enumerated() where slots[slot] != loop.known[i] {
        isSame = false
      }
      if isSame { return loop.result }
    }
    let result = run(loop)
    loops[index].result = result
    loops[index].known = loop.outer.map { slots[$0] } + [0]
    return result
  }

  private mutating func run(_ loop: Loop) -> Double {
    let bound = loop.relation == nil ? 0 : value(of: loop.bound)
    var (count, sum, a2, b2) = (0, 0.0, 0.0, 0.0)
    var (low, high) = (Double.infinity, -Double.infinity)
    var all: [Double] = []
    var range = loop.range
    if let span = loop.span {
      let (first, last) = (value(of: span.first), value(of: span.last))
      guard first.magnitude < 0x1p31, last.magnitude < 0x1p31 else { return .nan }
      range = Int(first)..<max(Int(first), Int(last) + 1)
    }
    for i in range {
      if let relation = loop.relation, relation(Double(i), bound) == 0 { continue }
      slots[loop.slot] = Double(i)
      let x = value(of: loop.body[0])
      count += 1
      switch loop.kind {
      case .sum, .mean: sum += x
      case .max: high = x.isNaN ? x : max(high, x)
      case .min: low = x.isNaN ? x : min(low, x)
      case .norm: a2 += x * x
      case .count: if x != 0 { sum += 1 }
      case .top: all.append(x)
      case .cos:
        let y = value(of: loop.body[1])
        sum += x * y
        a2 += x * x
        b2 += y * y
      }
    }
    switch loop.kind {
    case .sum, .count: return sum
    case .mean: return sum / Double(count)
    case .max: return high
    case .min: return low
    case .norm: return a2.squareRoot()
    case .cos: return sum / (a2 * b2).squareRoot()
    case .top:
      let limit = value(of: loop.limit)
      all.sort { $0 > $1 }
      return all.prefix(limit > 0 && limit < 0x1p31 ? Int(limit) : 0).reduce(0, +)
    }
  }

  // MARK: - Preparation

  private struct Builder {
    let numbers: NumberSource
    var nodes: [Node] = []
    var tables: [Table] = []
    var loops: [Loop] = []
    /// The variables in reach; each has the slot of its place, or of its loop.
    var scope: [(name: String, slot: Int)]
    var slots: Int
    /// The variables that the part at hand hangs on.
    var used: Set<Int> = []

    init(numbers: @escaping NumberSource, scope: [String], slots: Int) {
      self.numbers = numbers
      self.scope = scope.enumerated().map { ($1, $0) }
      self.slots = slots
    }

    private mutating func add(_ node: Node) -> Int {
      nodes.append(node)
      return nodes.count - 1
    }

    mutating func node(_ expression: Expression) throws(DerivationError) -> Int {
      switch expression {
      case .number(let value): return add(Node(kind: .number, value: value))
      case .variable(let name):
        guard let slot = scope.last(where: { $0.name == name })?.slot else {
          throw .unbounded(name)
        }
        used.insert(slot)
        return add(Node(kind: .variable, a: slot))
      case .cell(let name, let indices):
        // A variable that is bound outside may have been read as a name.
        if indices.isEmpty, scope.contains(where: { $0.name == name }) {
          return try node(.variable(name))
        }
        return try cell(name, indices)
      case .binary(let relation, let a, let b):
        let (left, right) = (try node(a), try node(b))
        return add(Node(kind: .binary(relation), a: left, b: right))
      case .call(let function, let x):
        let inner = try node(x)
        return add(Node(kind: .call(function), a: inner))
      case .over(let reduction): return try loop(reduction)
      }
    }

    private mutating func cell(
      _ name: String,
      _ indices: [Expression]
    ) throws(DerivationError) -> Int {
      // Packed numbers are unpacked, and kept as long as their address.
      guard let found = numbers(name)?.unpacked else { throw .unknown(name) }
      guard indices.count == found.shape.count else {
        let known = indices.map { if case .number(let x) = $0 { Int(x) } else { 0 } }
        throw .outOfRange(name, indices: known, shape: found.shape, starts: found.starts)
      }
      var places: [Int] = []
      for index in indices { places.append(try node(index)) }
      let layout = found.layout
      tables.append(
        Table(
          name: name,
          numbers: found,
          strides: layout.strides,
          // The tensor is kept beside its address.
          address: layout.tensor?.withValues { $0.baseAddress.map { $0 + layout.offset } },
          indices: places
        )
      )
      return add(Node(kind: .cell, a: tables.count - 1))
    }

    private mutating func loop(_ r: Expression.Reduction) throws(DerivationError) -> Int {
      let outside = used
      used = []
      let range = r.span == nil ? try r.range(in: numbers) : 0..<0
      let limit = try r.limit.map { e throws(DerivationError) in try node(e) }
      let bound = try r.condition.map { c throws(DerivationError) in try node(c.bound) }
      let span = try r.span.map { span throws(DerivationError) in
        (first: try node(span.first), last: try node(span.last))
      }
      guard let range else { throw .unbounded(r.variable) }
      let slot = slots
      slots += 1
      scope.append((r.variable, slot))
      var body: [Int] = []
      for part in r.body { body.append(try node(part)) }
      scope.removeLast()
      used.remove(slot)
      loops.append(
        Loop(
          kind: r.kind,
          slot: slot,
          range: range,
          span: span,
          relation: r.condition?.relation,
          bound: bound ?? 0,
          limit: limit ?? 0,
          body: body,
          outer: used.sorted()
        )
      )
      used.formUnion(outside)
      return add(Node(kind: .loop, a: loops.count - 1))
    }
  }
}

extension Expression.Reduction {
  /// What its variable runs over: what it says itself, or the axes that it is an index of; `nil` if it is none.
  ///
  /// - Throws: ``DerivationError`` if these are of different lengths, or not there.
  func range(in numbers: NumberSource) throws(DerivationError) -> Range<Int>? {
    if let span {
      // Numbers alone: a range is known before anything is looked up.
      guard case .number(let first) = span.first, case .number(let last) = span.last,
        first.magnitude < 0x1p31, last.magnitude < 0x1p31
      else { throw .unbounded(variable) }
      return Int(first)..<max(Int(first), Int(last) + 1)
    }
    var found: Range<Int>?
    var failure: DerivationError?
    for part in body {
      _ = part.replacing { part in
        // A reduction within may have a variable of the same name.
        if case .over(let inner) = part, inner.variable == variable { return part }
        guard case .cell(let name, let indices) = part else { return nil }
        for (axis, index) in indices.enumerated() where index == .variable(variable) {
          guard let known = numbers(name) else {
            failure = failure ?? .unknown(name)
            continue
          }
          guard axis < known.shape.count else { continue }
          if let found, found != known.range(axis) { failure = failure ?? .unbounded(variable) }
          found = known.range(axis)
        }
        return nil
      }
    }
    if let failure { throw failure }
    return found
  }
}
