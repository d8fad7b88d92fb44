/// An option of a command: what is typed, what that means to the command, and what holds where it is
/// not given.
///
/// The default is a value, written here and nowhere else: ``Invocation`` gives it to the command, and
/// the help tells it. An option that may be missing has an optional value, and nil for a default.
package struct Option<Value: Sendable>: Sendable {
  /// The description that the parser, the help and the completions read.
  package private(set) var spec: OptionSpec
  /// What holds if the option is not given.
  let standard: Value
  /// The value of what the parser accepted; nil for what an option of another kind was given.
  let value: @Sendable (OptionValue) -> Value?

  /// Describes an option with a default.
  ///
  /// - Parameters:
  ///   - name: The name after the two dashes.
  ///   - short: The letter after one dash.
  ///   - form: How values are typed.
  ///   - standard: What holds if the option is not given.
  ///   - help: What the option does: a clause without a full stop.
  ///   - told: How the help tells the default, which it is given as it would be typed.
  package init(
    _ name: String,
    short: Character? = nil,
    _ form: ValueForm<Value>,
    default standard: Value,
    help: LocalizedText,
    told: (String) -> LocalizedText = { LocalizedText(same: $0) }
  ) {
    spec = OptionSpec(
      name,
      short: short,
      form.kind,
      help: help,
      defaultText: told(form.typed(standard))
    )
    self.standard = standard
    value = form.value
  }

  /// Describes an option without a default.
  ///
  /// - Parameters:
  ///   - name: The name after the two dashes.
  ///   - short: The letter after one dash.
  ///   - form: How values are typed.
  ///   - help: What the option does: a clause without a full stop.
  ///   - otherwise: What happens if it is not given, for the help.
  package init<Given>(
    _ name: String,
    short: Character? = nil,
    _ form: ValueForm<Given>,
    help: LocalizedText,
    otherwise: LocalizedText? = nil
  ) where Value == Given? {
    spec = OptionSpec(name, short: short, form.kind, help: help, defaultText: otherwise)
    standard = nil
    value = { given in form.value(given).map { $0 } }
  }

  /// The option as it is typed: `--layer`.
  package var typed: String { spec.typed }

  /// The same option under another name.
  func named(_ name: String) -> Option {
    var option = self
    option.spec.name = name
    return option
  }

  /// The same option, told otherwise.
  func telling(help: LocalizedText, otherwise: LocalizedText?) -> Option {
    var option = self
    (option.spec.help, option.spec.defaultText) = (help, otherwise)
    return option
  }
}

extension Option where Value == Bool {
  /// Describes a flag: what it says holds if it is given.
  package init(flag name: String, short: Character? = nil, help: LocalizedText) {
    let form = ValueForm.flag
    spec = OptionSpec(name, short: short, form.kind, help: help)
    standard = false
    value = form.value
  }
}

extension Option where Value == [String] {
  /// Describes an option that may be given again, of which each text counts.
  package init(collecting name: String, _ placeholder: String, help: LocalizedText) {
    let form = ValueForm<[String]>.texts(placeholder)
    spec = OptionSpec(name, form.kind, help: help)
    standard = []
    value = form.value
  }
}
