import Walkthrough

/// The command line of `explain`.
public enum ExplainCLI {
  /// The version of this program.
  public static let version = "0.1.0"

  /// Runs the command that this process was started with.
  ///
  /// - Returns: An exit code of sysexits: 0, 64 usage, 65 bad data, 66 no such input, 73 cannot
  ///   create, 74 I/O. A signal ends the process with 128 + its number.
  public static func run() -> Int32 {
    Descriptor.guardStandardStreams()
    Interruption.prepare()
    do throws(CLIError) {
      return run(try commandLineWords())
    } catch {
      let terminal = TerminalFacts.current()
      let language = Language(of: [], environment: terminal.environment)
      Console(terminal: terminal, language: language, isQuiet: false).complain(error.message)
      return error.code.rawValue
    }
  }

  /// Runs one command and returns its exit code.
  ///
  /// - Parameter arguments: The words after the program's name.
  /// - Returns: An exit code of sysexits, as ``run()`` does.
  public static func run(_ arguments: [String]) -> Int32 {
    let isQuiet = arguments.prefix { $0 != "--" }.contains { $0 == "--quiet" || $0 == "-q" }
    let terminal = TerminalFacts.current()
    let language = Language(of: arguments, environment: terminal.environment)
    let console = Console(
      terminal: terminal,
      language: language,
      isQuiet: isQuiet,
      isColored: Self.asksForColor(arguments)
    )
    do {
      var reader = CommandLineReader(language: language)
      let request = try reader.read(arguments)
      if let warning = reader.warning { console.warn(warning) }
      let code = try run(request, on: console)
      try console.flush()
      return code.rawValue
    } catch {
      let error = CLIError(error)
      // If a signal is ending the program, this waits for the end and says nothing.
      try? Temporaries.uninterrupted { () throws(CLIError) in }
      // What was found before the error is part of the result.
      try? console.flush()
      if error != .readerLeft { console.complain(error.message) }
      return error.code.rawValue
    }
  }

  /// Whether colours are asked for whatever is at the end of the output.
  private static func asksForColor(_ arguments: [String]) -> Bool {
    let words = Array(arguments.prefix { $0 != "--" })
    let pairs = zip(words, words.dropFirst())
    return words.contains("--color=always") || pairs.contains { $0 == "--color" && $1 == "always" }
  }

  private static func run(_ request: Request, on console: Console) throws -> ExitCode {
    let plain = Invocation(ParsedArguments(), language: console.language)
    switch request {
    case .run(let command, let invocation):
      return try command.run(invocation, on: console)
    case .help(let command):
      return try Help(of: command, in: console.language).print(plain, on: console)
    case .overview:
      return try Help(of: nil, in: console.language).print(plain, on: console)
    case .version:
      try console.print(["explain \(version)"])
      return .success
    }
  }

  /// The words after the program's name.
  ///
  /// - Throws: Bad data if a word is not UTF-8: a repaired prompt would not be the one that was
  ///   typed.
  private static func commandLineWords() throws(CLIError) -> [String] {
    var words: [String] = []
    for index in 1..<max(1, Int(CommandLine.argc)) {
      guard let pointer = CommandLine.unsafeArgv[index] else { break }
      guard let word = String(validatingCString: pointer) else {
        throw CLIError(
          .badData,
          en: "argument \(index) is not valid UTF-8",
          ja: "\(index) 番目の引数は UTF-8 として正しくありません。"
        )
      }
      words.append(word)
    }
    return words
  }
}
