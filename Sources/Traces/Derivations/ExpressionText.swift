extension Expression {
  /// The expression as it is written.
  public var text: String { text(number: Self.plain) }

  /// The expression as it is written, its numbers outside of indices as `number` writes them.
  public func text(number: (Double) -> String) -> String { written(over: 0, number) }

  /// A number with every digit that it has, whole ones without a point.
  public static func plain(_ value: Double) -> String {
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    return abs(value) < 0x1p53 && value == value.rounded() ? "\(Int64(value))" : value.description
  }

  /// In parentheses if it holds its parts together less tightly than what stands around it.
  private func written(over rank: Int, _ number: (Double) -> String) -> String {
    let (text, own) = parts(number)
    return own < rank ? "(\(text))" : text
  }

  private func parts(_ number: (Double) -> String) -> (text: String, rank: Int) {
    switch self {
    case .number(let value):
      return (number(value), value < 0 ? 3 : 5)
    case .variable(let name): return (name, 5)
    case .cell(let name, let indices):
      if indices.isEmpty { return (name, 5) }
      return ("\(name)[\(indices.map { $0.text }.joined(separator: ","))]", 5)
    case .binary(.largest, let a, let b):
      var parts = [b.written(over: 0, number)]
      var rest = a
      while case .binary(.largest, let c, let d) = rest {
        parts.insert(d.written(over: 0, number), at: 0)
        rest = c
      }
      return ("largest(\(([rest.written(over: 0, number)] + parts).joined(separator: ", ")))", 5)
    case .binary(let relation, let a, let b):
      let rank = relation.rank
      // What follows a minus or a slash is held together; powers are rare enough to be held on both sides.
      let left = a.written(over: relation == .power ? 5 : rank, number)
      let right = b.written(over: rank + 1, number)
      let space = relation == .power ? "" : " "
      return (left + space + relation.rawValue + space + right, rank)
    case .call(.negative, let x): return ("-" + x.written(over: 3, number), 3)
    case .call(let function, let x):
      return ("\(function.rawValue)(\(x.written(over: 0, number)))", 5)
    case .over(let reduction):
      let limit = reduction.limit.map { $0.text + ", " } ?? ""
      let condition =
        reduction.condition.map { " \($0.relation.rawValue) \($0.bound.text)" }
        ?? reduction.span.map { " = \($0.first.text)..\($0.last.text)" } ?? ""
      let body = reduction.body.map { $0.written(over: 0, number) }.joined(separator: ", ")
      return (
        "\(reduction.kind.rawValue)(\(limit)\(reduction.variable)\(condition), \(body))", 5
      )
    }
  }
}
