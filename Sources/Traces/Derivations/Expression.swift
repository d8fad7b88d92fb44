/// How a number is made of others: a formula over the cells of tensors, as a value.
///
/// It is read from text and written as text, one notation everywhere: `sum(n, a[4,n] * b[n]) / sqrt(32)`. A cell's
/// indices are expressions, too, so a lookup is a cell whose index is one: `embed.W_E[token_ids[3],7]`.
public indirect enum Expression: Sendable, Equatable {
  /// A number as it is.
  case number(Double)
  /// What a reduction, or whoever asks, puts in: `n`.
  case variable(String)
  /// An element of a tensor, or a number that goes by a name alone.
  case cell(String, [Expression])
  /// Two numbers taken together.
  case binary(Operator, Expression, Expression)
  /// A function of a number.
  case call(Function, Expression)
  /// What is made of all values of a variable.
  case over(Reduction)

  /// What takes two numbers together; a comparison gives 1 where it holds and 0 where not.
  public enum Operator: String, Sendable {
    /// The larger of two, written `largest(a, b)`.
    case largest
    /// Arithmetic.
    case plus = "+", minus = "-", times = "*", divided = "/", power = "^"
    /// Comparisons.
    case less = "<", atMost = "<=", more = ">", atLeast = ">=", unlike = "!=", equal = "=="
  }

  /// A function of one number.
  public enum Function: String, Sendable {
    /// The number with the other sign, written `-x`.
    case negative = "-"
    /// Elementary functions; `log` is natural.
    case exp, log, sqrt, tanh, abs, floor, sine, cosine
    /// What is added to a score: nothing where the comparison holds, −∞ where not.
    case mask
    /// A neuron's, by Hugging Face's names: `gelu_new` is GELU's form with tanh, `silu` is x / (1 + e⁻ˣ).
    case gelu, gelu_new, relu, silu
  }

  /// What is made of the values that an expression has for each value of a variable.
  public struct Reduction: Sendable, Equatable {
    /// What is made of them.
    public enum Kind: String, Sendable {
      /// Their sum, mean, largest, smallest, number.
      case sum, mean, max, min, count
      /// The root of the sum of their squares; the cosine of two vectors.
      case norm, cos
      /// The sum of the `limit` largest: `top(5, n, x[n])`.
      case top
    }

    /// What is made of the values.
    public var kind: Kind
    /// How many of the largest count, where that is said.
    public var limit: Expression?
    /// What runs: over the axis that it is an index of.
    public var variable: String
    /// Which values of the variable count, if not all: `n >= 3`.
    public var condition: Condition?
    /// What it runs in: one expression, or two of a cosine.
    public var body: [Expression]

    /// The first and the last value of the variable, where these are said: `n = 1..4`.
    public var span: Span?

    /// Values from one to another.
    public struct Span: Sendable, Equatable {
      /// The first and the last.
      public var first: Expression, last: Expression
    }

    /// What the variable is compared with.
    public struct Condition: Sendable, Equatable {
      /// The comparison.
      public var relation: Operator
      /// With what.
      public var bound: Expression
    }
  }
}

extension Expression.Operator {
  /// How tightly it holds its operands together.
  var rank: Int {
    switch self {
    case .largest: 5
    case .plus, .minus: 1
    case .times, .divided: 2
    case .power: 4
    case .less, .atMost, .more, .atLeast, .unlike, .equal: 0
    }
  }

  /// What it makes of two numbers.
  func callAsFunction(_ a: Double, _ b: Double) -> Double {
    switch self {
    case .largest: a.isNaN ? a : Swift.max(a, b)
    case .plus: a + b
    case .minus: a - b
    case .times: a * b
    case .divided: a / b
    case .power: Traces.power(a, b)
    case .less: a < b ? 1 : 0
    case .atMost: a <= b ? 1 : 0
    case .more: a > b ? 1 : 0
    case .atLeast: a >= b ? 1 : 0
    case .unlike: a != b ? 1 : 0
    case .equal: a == b ? 1 : 0
    }
  }
}

extension Expression {
  /// The expression with what `replace` gives in place of its parts, from the outside in; `nil` leaves a part as it is.
  func replacing(_ replace: (Expression) -> Expression?) -> Expression {
    if let other = replace(self) { return other }
    switch self {
    case .number, .variable: return self
    case .cell(let name, let indices): return .cell(name, indices.map { $0.replacing(replace) })
    case .binary(let relation, let a, let b):
      return .binary(relation, a.replacing(replace), b.replacing(replace))
    case .call(let function, let x): return .call(function, x.replacing(replace))
    case .over(var reduction):
      reduction.limit = reduction.limit.map { $0.replacing(replace) }
      reduction.condition = reduction.condition.map {
        .init(relation: $0.relation, bound: $0.bound.replacing(replace))
      }
      reduction.span = reduction.span.map {
        .init(first: $0.first.replacing(replace), last: $0.last.replacing(replace))
      }
      reduction.body = reduction.body.map { $0.replacing(replace) }
      return .over(reduction)
    }
  }

  /// The expression with numbers in place of variables; indices that are then known are worked out.
  func binding(_ variables: [(name: String, value: Int)]) -> Expression {
    replacing { part in
      switch part {
      case .variable(let name):
        return variables.last { $0.name == name }.map { .number(Double($0.value)) }
      case .cell(let name, let indices):
        return .cell(name, indices.map { $0.binding(variables).folded })
      default: return nil
      }
    }
  }

  /// The number that it is without looking anything up; itself if there is none.
  private var folded: Expression {
    switch self {
    case .binary(let relation, let a, let b):
      if case .number(let x) = a.folded, case .number(let y) = b.folded {
        return .number(relation(x, y))
      }
    case .call(let function, let x):
      if case .number(let x) = x.folded { return .number(function(x)) }
    default: break
    }
    return self
  }
}
