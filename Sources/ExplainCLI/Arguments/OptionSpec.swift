/// An option of a command, described as data: the parser and the help text both read it.
package struct OptionSpec: Sendable {
  /// What stands after the option's name.
  package enum Value: Sendable, Equatable {
    /// Nothing: the option is there or it is not.
    case flag
    /// Any text but the empty one.
    case text(placeholder: String)
    /// Texts: the option may be given again, and each counts.
    case texts(placeholder: String)
    /// One of these words.
    case choice([String])
    /// A whole number in this range.
    case integer(placeholder: String, ClosedRange<Int>)
  }

  /// The name after the two dashes.
  package let name: String
  /// The letter after one dash.
  package let short: Character?
  /// What stands after the name.
  package let value: Value
  /// What the option does: a clause without a full stop.
  package let help: LocalizedText
  /// What holds without the option, for the help text.
  package let defaultText: LocalizedText?

  /// Describes an option.
  package init(
    _ name: String,
    short: Character? = nil,
    _ value: Value,
    help: LocalizedText,
    defaultText: LocalizedText? = nil
  ) {
    self.name = name
    self.short = short
    self.value = value
    self.help = help
    self.defaultText = defaultText
  }

  /// The option as it is typed: `--layer`.
  package var typed: String { "--\(name)" }

  /// Whether a word has to stand after the name.
  var takesValue: Bool { value != .flag }

  /// The option with its value, as the help shows it: `--format text|json`.
  var usage: String {
    switch value {
    case .flag: typed
    case .text(let placeholder), .texts(let placeholder), .integer(let placeholder, _):
      "\(typed) \(placeholder)"
    case .choice(let words): "\(typed) \(words.joined(separator: "|"))"
    }
  }
}

/// An argument of a command that is told by its place.
package struct ArgumentSpec: Sendable {
  /// The argument as the usage shows it: `[NAME]` if the command works without, `WORD…` if more may follow.
  var usage: String {
    let name = isRepeated ? "\(name)…" : name
    return isOptional ? "[\(name)]" : name
  }

  /// What the help calls it, in capitals: `PROMPT`.
  package let name: String
  /// What it is: a clause without a full stop.
  package let help: LocalizedText
  /// Whether the command works without it.
  package let isOptional: Bool
  /// Whether any number of them may follow; only the last argument can.
  package let isRepeated: Bool

  /// Describes an argument.
  package init(
    _ name: String,
    help: LocalizedText,
    isOptional: Bool = false,
    isRepeated: Bool = false
  ) {
    self.name = name
    self.help = help
    self.isOptional = isOptional
    self.isRepeated = isRepeated
  }
}
