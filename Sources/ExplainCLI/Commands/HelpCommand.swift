/// `explain help [COMMAND]`.
struct HelpCommand: Command {
  let name = "help"
  let summary = "print help, for all commands or for one"
  let arguments = [ArgumentSpec("COMMAND", help: "the command to explain", isOptional: true)]
  let options: [OptionSpec] = []
  let examples = ["explain help", "explain help steps"]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    guard let word = invocation.arguments.first?.text else {
      return try Help(of: nil).print(invocation, on: console)
    }
    guard let command = Commands.named(word) else {
      let suggestion = Spelling.suggestion(for: word, among: Commands.all.map(\.name))
      throw CLIError.usage("unknown command “\(word)”\(suggestion)")
    }
    return try Help(of: command).print(invocation, on: console)
  }
}
