/// A subcommand: what the command line and the help need to know of it, and what it does.
package protocol Command: Sendable {
  /// The word that calls it.
  var name: String { get }
  /// What it does: a clause without a full stop.
  var summary: LocalizedText { get }
  /// Its arguments, in order.
  var arguments: [ArgumentSpec] { get }
  /// Its options beside those that every command has.
  var options: [OptionSpec] { get }
  /// Command lines that show its use.
  var examples: [String] { get }

  /// Does the work.
  ///
  /// - Parameters:
  ///   - invocation: The arguments, as many as `arguments` asks for, and the options.
  ///   - console: Where the result and notes go.
  /// - Returns: How it ended, if nothing went wrong.
  /// - Throws: ``CLIError``, or an error of another target that ``CLIError`` knows how to
  ///   translate.
  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode
}

extension Command {
  /// Every option the command accepts.
  package var allOptions: [OptionSpec] { options + commonOptions }

  /// The options of every command, but for those whose names mean something else to this one.
  var commonOptions: [OptionSpec] {
    let own = options.map(\.name)
    return OptionSpec.common.filter { !own.contains($0.name) }
  }
}

/// All subcommands, in the order of the help.
package enum Commands {
  /// The list.
  package static let all: [any Command] = [
    PageCommand(), SiteCommand(), StepsCommand(), HeatmapCommand(), TraceCommand(), RenderCommand(),
    InspectCommand(), WhyCommand(), CompareCommand(), HeadsCommand(), GenerateCommand(),
    ChatCommand(), ScoreCommand(),
    LessonCommand(), WordsCommand(), ParametersCommand(), TrainCommand(), EvaluateCommand(),
    CompletionsCommand(), HelpCommand(),
  ]

  /// The command for a first word that is none.
  static let standard: any Command = PageCommand()

  static func named(_ name: String) -> (any Command)? { all.first { $0.name == name } }
}
