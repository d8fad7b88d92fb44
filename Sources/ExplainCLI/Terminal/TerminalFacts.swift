package import Graphics

/// What is known of the terminal, if there is one.
package struct TerminalFacts: Sendable {
  /// Whether standard output is a terminal.
  package var outputIsTerminal = false
  /// Whether standard error is a terminal.
  package var errorIsTerminal = false
  /// The columns that the terminal reports.
  package var columns: Int?
  /// The environment variables that matter, by name: those that are set and not empty.
  package var environment: [String: String] = [:]

  /// The columns where nothing tells how many there are.
  static let standardWidth = 80
  /// More columns are not believed, and not drawn for.
  static let largestWidth = 1000

  /// Describes a terminal.
  package init(
    outputIsTerminal: Bool = false,
    errorIsTerminal: Bool = false,
    columns: Int? = nil,
    environment: [String: String] = [:]
  ) {
    self.outputIsTerminal = outputIsTerminal
    self.errorIsTerminal = errorIsTerminal
    self.columns = columns
    self.environment = environment
  }

  /// What holds for this process.
  static func current() -> TerminalFacts {
    let names = ["COLUMNS", "NO_COLOR", "TERM", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"]
    return TerminalFacts(
      outputIsTerminal: Descriptor.standardOutput.isTerminal,
      errorIsTerminal: Descriptor.standardError.isTerminal,
      columns: Descriptor.standardOutput.columns,
      environment: names.reduce(into: [:]) { $0[$1] = environmentValue($1) }
    )
  }

  /// How to draw on standard output, as the terminal and the options say.
  package func style(for invocation: Invocation) -> TerminalStyle {
    TerminalStyle(
      width: invocation[.width] ?? width,
      charset: invocation[.ascii] || !isUnicode ? .ascii : .unicode,
      color: usesColor(invocation[.color])
    )
  }

  private var width: Int {
    if let text = environment["COLUMNS"], let columns = Int(text),
      (1...Self.largestWidth).contains(columns)
    {
      return columns
    }
    return columns.map { min($0, Self.largestWidth) } ?? Self.standardWidth
  }

  /// - SeeAlso: <https://no-color.org>
  private func usesColor(_ wish: ColorWish) -> Bool {
    switch wish {
    case .always: true
    case .never: false
    case .auto:
      outputIsTerminal && environment["NO_COLOR"] == nil && environment["TERM"] != "dumb"
        && environment["TERM"] != nil
    }
  }

  /// Whether the locale's characters are UTF-8.
  ///
  /// Where no locale is set at all (a container, a service) they are taken to be.
  private var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first
    guard let locale = locale?.lowercased() else { return true }
    return locale.contains("utf-8") || locale.contains("utf8")
  }
}
