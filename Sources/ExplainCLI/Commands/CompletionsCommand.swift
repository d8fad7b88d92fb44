import Walkthrough

/// `explain completions SHELL`.
struct CompletionsCommand: Command {
  let name = "completions"
  let summary = say(
    en: "print a script by which your shell completes commands, options and their values",
    ja: "コマンド、オプション、その値をシェルで補完するためのスクリプトを表示します"
  )
  let arguments = [
    ArgumentSpec(
      "SHELL",
      help: say(
        en: "your shell: \(shells.joined(separator: ", "))",
        ja: "使っているシェル（\(shells.joined(separator: "、"))）"
      ),
      offer: .words(shells)
    )
  ]
  let options: [OptionSpec] = []
  let examples = ["explain completions bash", "explain completions zsh --language ja"]

  private static let shells = Shell.allCases.map(\.rawValue)

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let word = invocation.arguments[0].text
    guard let shell = Shell(rawValue: word) else {
      let list = Self.shells.joined(separator: ", ")
      let suggestion = Spelling.suggestion(for: word, among: Self.shells)
      throw CLIError.usage(
        en: "there are no completions for “\(word)”, but for \(list)\(suggestion.en)",
        ja: "「\(word)」のための補完スクリプトはありません。あるのは \(list) です。\(suggestion.ja)"
      )
    }
    try console.write(shell.script(of: Completions(in: invocation.language)).utf8)
    return .success
  }
}
