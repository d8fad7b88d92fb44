/// A statement of a template, and the line it begins in.
struct TemplateStatement: Sendable {
  /// What is done.
  indirect enum Form: Sendable {
    case text(String)
    case output(TemplateExpression)
    /// `{% set name = value %}`, or `{% set name.attribute = value %}` of a namespace.
    case set(name: String, attribute: String?, value: TemplateExpression)
    /// `{% for names in sequence if condition %}…{% else %}…{% endfor %}`
    case loop(
      names: [String],
      sequence: TemplateExpression,
      condition: TemplateExpression?,
      body: [TemplateStatement],
      otherwise: [TemplateStatement]
    )
    /// `{% if %}…{% elif %}…{% else %}…{% endif %}`
    case choice(
      branches: [(condition: TemplateExpression, body: [TemplateStatement])],
      otherwise: [TemplateStatement]
    )
  }

  let form: Form
  let line: Int
}

/// Something in a template that has a value.
struct TemplateExpression: Sendable {
  /// How the value comes about.
  indirect enum Form: Sendable {
    case literal(TemplateValue)
    case name(String)
    case list([TemplateExpression])
    case map([(key: TemplateExpression, value: TemplateExpression)])
    case attribute(of: TemplateExpression, String)
    case item(of: TemplateExpression, TemplateExpression)
    case slice(
      of: TemplateExpression,
      from: TemplateExpression?,
      to: TemplateExpression?,
      by: TemplateExpression?
    )
    /// A function or, of a value, a method.
    case call(String, of: TemplateExpression?, TemplateArguments)
    case filter(String, of: TemplateExpression, TemplateArguments)
    case test(String, of: TemplateExpression, TemplateArguments)
    case not(TemplateExpression)
    case negative(TemplateExpression)
    case and(TemplateExpression, TemplateExpression)
    case or(TemplateExpression, TemplateExpression)
    case arithmetic(String, TemplateExpression, TemplateExpression)
    /// `a < b <= c` compares each with the next.
    case comparison(TemplateExpression, [(operation: String, with: TemplateExpression)])
    case conditional(
      TemplateExpression,
      ifTrue: TemplateExpression,
      otherwise: TemplateExpression?
    )
  }

  let form: Form
  /// How many expressions stand in one another here.
  let depth: Int
}

/// What a function, method, filter or test is given.
struct TemplateArguments: Sendable {
  var values: [TemplateExpression] = []
  var named: [(name: String, value: TemplateExpression)] = []

  /// All of them.
  var all: [TemplateExpression] { values + named.map { $0.value } }
}

/// What a template computes with.
enum TemplateValue: Sendable {
  /// What is not there, and what it was called.
  case undefined(String)
  case none
  case boolean(Bool)
  case integer(Int)
  case number(Double)
  case text(String)
  case list([TemplateValue])
  case map([(key: String, value: TemplateValue)])
  /// `namespace()`: the place where its attributes are kept.
  case namespace(Int)
}
