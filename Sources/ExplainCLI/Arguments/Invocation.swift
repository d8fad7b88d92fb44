package import Walkthrough

/// One call of a command: its arguments and options, checked against their descriptions.
package struct Invocation: Sendable {
  /// The arguments that are told by their place.
  package let arguments: [Argument]
  /// What is spoken where no option says.
  let localeLanguage: Language
  private let values: [String: OptionValue]

  /// Makes a call of what the parser found.
  package init(_ parsed: ParsedArguments, language: Language) {
    self.init(arguments: parsed.arguments, values: parsed.values, language: language)
  }

  private init(arguments: [Argument], values: [String: OptionValue], language: Language) {
    self.arguments = arguments
    self.values = values
    localeLanguage = language
  }

  /// The same call with the value of `other` standing for that of `option`: for a command to which a
  /// common option's name means something else.
  func reading<Value>(_ option: Option<Value>, from other: Option<Value>) -> Invocation {
    var values = values
    values[option.spec.name] = values[other.spec.name]
    return Invocation(arguments: arguments, values: values, language: localeLanguage)
  }

  /// Whether the option was given.
  package func has<Value>(_ option: Option<Value>) -> Bool { has(option.spec) }

  /// Whether an option of this description was given.
  func has(_ option: OptionSpec) -> Bool { values[option.name] != nil }

  /// The option's value: what was given, or its default.
  package subscript<Value>(option: Option<Value>) -> Value { given(option) ?? option.standard }

  /// The option's value, if it was given.
  package func given<Value>(_ option: Option<Value>) -> Value? {
    values[option.spec.name].flatMap(option.value)
  }
}
