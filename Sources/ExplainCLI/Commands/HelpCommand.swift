/// `explain help [COMMAND]`.
struct HelpCommand: Command {
  let name = "help"
  let summary = say(
    en: "print help, for all commands or for one",
    ja: "全コマンドの一覧、または1つのコマンドの説明を表示します"
  )
  /// Worked out when it is asked for: this command is one of all.
  var arguments: [ArgumentSpec] {
    [
      ArgumentSpec(
        "COMMAND",
        help: say(en: "the command to explain", ja: "説明を読みたいコマンド"),
        offer: .words(Commands.all.map(\.name)),
        isOptional: true
      )
    ]
  }
  let options: [OptionSpec] = []
  let examples = ["explain help", "explain help steps"]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    guard let word = invocation.arguments.first?.text else {
      return try Help(of: nil, in: console.language).print(invocation, on: console)
    }
    guard let command = Commands.named(word) else {
      let suggestion = Spelling.suggestion(for: word, among: Commands.all.map(\.name))
      throw CommandLineReader.unknown(word, suggestion)
    }
    return try Help(of: command, in: console.language).print(invocation, on: console)
  }
}
