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
  /// What a shell offers for it.
  package let offer: Offer
  /// Whether the command works without it.
  package let isOptional: Bool
  /// Whether any number of them may follow; only the last argument can.
  package let isRepeated: Bool

  /// Describes an argument.
  package init(
    _ name: String,
    help: LocalizedText,
    offer: Offer = .nothing,
    isOptional: Bool = false,
    isRepeated: Bool = false
  ) {
    self.name = name
    self.help = help
    self.offer = offer
    self.isOptional = isOptional
    self.isRepeated = isRepeated
  }
}
