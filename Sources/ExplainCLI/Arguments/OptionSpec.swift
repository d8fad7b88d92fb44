/// An option of a command, described as data: the parser, the help and the completions of shells read
/// it.
///
/// Whoever runs a command asks for the value of an ``Option``, which has such a description.
package struct OptionSpec: Sendable {
  /// What stands after the option's name.
  package enum Kind: Sendable, Equatable {
    /// Nothing: the option is there or it is not.
    case flag
    /// Any text but the empty one, and what a shell offers for it.
    case text(placeholder: String, Offer = .nothing)
    /// Texts: the option may be given again, and each counts.
    case texts(placeholder: String)
    /// Texts in one word, separated by commas, and what a shell offers for one.
    case list(placeholder: String, Offer = .nothing)
    /// One of these words.
    case choice([String])
    /// A whole number in this range.
    case integer(placeholder: String, ClosedRange<Int>)
    /// A number in this range.
    case decimal(placeholder: String, DecimalRange)
    /// Numbers in this range, separated by commas.
    case decimals(placeholder: String, DecimalRange)
  }

  /// The name after the two dashes.
  package internal(set) var name: String
  /// The letter after one dash.
  package let short: Character?
  /// What stands after the name.
  package let kind: Kind
  /// What the option does: a clause without a full stop.
  package internal(set) var help: LocalizedText
  /// What holds without the option, for the help text.
  package internal(set) var defaultText: LocalizedText?

  /// Describes an option.
  package init(
    _ name: String,
    short: Character? = nil,
    _ kind: Kind,
    help: LocalizedText,
    defaultText: LocalizedText? = nil
  ) {
    self.name = name
    self.short = short
    self.kind = kind
    self.help = help
    self.defaultText = defaultText
  }

  /// The option as it is typed: `--layer`.
  package var typed: String { "--\(name)" }

  /// Whether a word has to stand after the name.
  var takesValue: Bool { kind != .flag }

  /// What stands after the name, as the help shows it: `text|json`; nothing after a flag.
  var valueUsage: String? {
    switch kind {
    case .flag: nil
    case .text(let placeholder, _), .texts(let placeholder), .list(let placeholder, _),
      .integer(let placeholder, _), .decimal(let placeholder, _), .decimals(let placeholder, _):
      placeholder
    case .choice(let words): words.joined(separator: "|")
    }
  }

  /// The option with its value, as the help shows it: `--format text|json`.
  var usage: String { valueUsage.map { "\(typed) \($0)" } ?? typed }

  /// What a shell offers for its value.
  var offer: Offer {
    switch kind {
    case .flag, .texts, .integer, .decimal, .decimals: .nothing
    case .text(_, let offer), .list(_, let offer): offer
    case .choice(let words): .words(words)
    }
  }
}

/// The descriptions of options whose values have different types.
func specs<each Value>(_ option: repeat Option<each Value>) -> [OptionSpec] {
  var specs: [OptionSpec] = []
  for option in repeat each option { specs.append(option.spec) }
  return specs
}
