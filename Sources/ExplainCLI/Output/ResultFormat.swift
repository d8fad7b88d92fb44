/// The forms that a result comes in.
enum ResultFormat: String {
  /// For a terminal.
  case text
  /// Data, as documented.
  case json
  /// Rows for a spreadsheet.
  case csv
  /// A figure.
  case svg
  /// A page.
  case html
}

extension Option where Value == ResultFormat {
  /// The form of the result, of those that make sense for a command; the first is the default.
  ///
  /// - Parameters:
  ///   - first: The default.
  ///   - others: The others, in the order of the help.
  ///   - told: How the help tells the default.
  /// - Returns: The option.
  static func format(
    _ first: ResultFormat,
    _ others: ResultFormat...,
    told: (String) -> LocalizedText = { LocalizedText(same: $0) }
  ) -> Option {
    Option(
      "format",
      .choice(of: [first] + others),
      default: first,
      help: say(en: "the form of the result", ja: "結果の形式"),
      told: told
    )
  }
}
