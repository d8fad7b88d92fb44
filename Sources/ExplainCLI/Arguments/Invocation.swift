import Walkthrough

/// One call of a command: its arguments and options, checked against their descriptions.
package struct Invocation: Sendable {
  /// The arguments that are told by their place.
  package let arguments: [Argument]
  /// What is spoken where no option says.
  let localeLanguage: Language
  private let values: [String: OptionValue]

  init(_ parsed: ParsedArguments, language: Language) {
    self.init(arguments: parsed.arguments, values: parsed.values, language: language)
  }

  private init(arguments: [Argument], values: [String: OptionValue], language: Language) {
    self.arguments = arguments
    self.values = values
    localeLanguage = language
  }

  /// The same call with the value of `other` standing for that of `option`: for a command to which a
  /// common option's name means something else.
  func reading(_ option: OptionSpec, from other: OptionSpec) -> Invocation {
    var values = values
    values[option.name] = values[other.name]
    return Invocation(arguments: arguments, values: values, language: localeLanguage)
  }

  /// Whether the option was given.
  package func has(_ option: OptionSpec) -> Bool { values[option.name] != nil }

  /// The option's text or choice, if it was given.
  package func text(_ option: OptionSpec) -> String? {
    guard case .text(let text) = values[option.name] else { return nil }
    return text
  }

  /// The option's texts, in order.
  package func texts(_ option: OptionSpec) -> [String] {
    guard case .texts(let texts) = values[option.name] else { return [] }
    return texts
  }

  /// The option's number, if it was given.
  package func integer(_ option: OptionSpec) -> Int? {
    guard case .integer(let number) = values[option.name] else { return nil }
    return number
  }
}
