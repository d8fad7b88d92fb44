import Graphics

/// The help text, made from the descriptions that the parser uses.
struct Help {
  /// The command to explain; all of them if there is none.
  let command: (any Command)?

  init(of command: (any Command)?) { self.command = command }

  /// Prints the help on standard output.
  func print(_ invocation: Invocation, on console: Console) throws(CLIError) -> ExitCode {
    let style = console.style(for: invocation)
    try console.print(lines(width: min(style.width, 100)).map(style.plain))
    return .success
  }

  /// The help as lines of at most `width` columns.
  func lines(width: Int) -> [String] {
    guard let command else { return overview(width) }
    var lines = TextWidth.wrap("explain \(command.name): \(command.summary)", to: width)
    lines += ["", "Usage: \(Self.usage(of: command))"]
    if !command.arguments.isEmpty {
      lines += ["", "Arguments:"]
      lines += table(command.arguments.map { ($0.name, $0.help) }, width)
    }
    lines += ["", "Options:"] + table(command.options.map(Self.row), width)
    lines += table(command.commonOptions.map(Self.row), width)
    if !command.examples.isEmpty {
      lines += ["", "Examples:"] + command.examples.map { "  " + $0 }
    }
    return lines
  }

  /// The command line of a command: `explain steps [OPTIONS] PROMPT`.
  static func usage(of command: any Command) -> String {
    let arguments = command.arguments.map(\.usage)
    return (["explain", command.name, "[OPTIONS]"] + arguments).joined(separator: " ")
  }

  private func overview(_ width: Int) -> [String] {
    var lines = TextWidth.wrap(
      "explain opens a GPT up: it runs your prompt and shows every step to the next token.",
      to: width
    )
    lines += ["", "Usage:"]
    let standard = ("PROMPT", "same as: explain \(Commands.standard.name) PROMPT")
    let commands = Commands.all.map { command in
      let arguments = command.arguments.map(\.usage)
      return (([command.name] + arguments).joined(separator: " "), command.summary)
    }
    lines += table(([standard] + commands).map { ("explain " + $0.0, $0.1) }, width)
    lines += ["", "Options of every command:"] + table(OptionSpec.common.map(Self.row), width)
    lines += [""]
    lines += TextWidth.wrap(
      "A PROMPT of several words is quoted; - reads it from standard input; after -- a word is a "
        + "prompt whatever it looks like. More about a command: explain help COMMAND.",
      to: width
    )
    return lines
  }

  private static func row(_ option: OptionSpec) -> (String, String) {
    let short = option.short.map { "-\($0), " } ?? "    "
    let standard = option.defaultText.map { " (default: \($0))" } ?? ""
    return (short + option.usage, option.help + standard)
  }

  /// Two columns: what is typed, and what it means beside it, or below where what is typed is long.
  private func table(_ rows: [(String, String)], _ width: Int) -> [String] {
    let column = 30
    guard width >= 60 else {
      return rows.flatMap { typed, meaning in
        ["  " + typed] + TextWidth.wrap(meaning, to: max(20, width - 6)).map { "      " + $0 }
      }
    }
    return rows.flatMap { typed, meaning in
      let gap = column - 2 - TextWidth.columns(of: typed)
      var lines = TextWidth.wrap(meaning, to: width - column)
      let head = "  " + typed
      if gap >= 2, !lines.isEmpty {
        lines[0] = head + String(repeating: " ", count: gap) + lines[0]
        return [lines[0]] + lines.dropFirst().map { String(repeating: " ", count: column) + $0 }
      }
      return [head] + lines.map { String(repeating: " ", count: column) + $0 }
    }
  }
}
