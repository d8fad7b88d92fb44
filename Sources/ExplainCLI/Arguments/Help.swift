import Graphics
import Walkthrough

/// The help text, made from the descriptions that the parser uses.
struct Help {
  /// The command to explain; all of them if there is none.
  let command: (any Command)?
  /// What it is told in.
  let language: Language

  init(of command: (any Command)?, in language: Language) {
    (self.command, self.language) = (command, language)
  }

  /// Prints the help on standard output.
  func print(_ invocation: Invocation, on console: Console) throws(CLIError) -> ExitCode {
    let style = console.style(for: invocation)
    try console.print(lines(width: min(style.width, 100)).map(style.plain))
    return .success
  }

  /// The help as lines of at most `width` columns.
  func lines(width: Int) -> [String] {
    guard let command else { return overview(width) }
    let summary = said(en: ": ", ja: "：") + command.summary[language]
    var lines = TextWidth.wrap("explain \(command.name)\(summary)", to: width)
    lines += ["", said(en: "Usage: ", ja: "使い方：") + Self.usage(of: command)[language]]
    if !command.arguments.isEmpty {
      lines += ["", said(en: "Arguments:", ja: "引数：")]
      lines += table(command.arguments.map { ($0.name, $0.help[language]) }, width)
    }
    lines += ["", said(en: "Options:", ja: "オプション：")]
    lines += table((command.options + command.commonOptions).map(row), width)
    if !command.examples.isEmpty {
      lines += ["", said(en: "Examples:", ja: "例：")] + command.examples.map { "  " + $0 }
    }
    return lines
  }

  /// The command line of a command: `explain steps [OPTIONS] PROMPT`.
  static func usage(of command: any Command) -> LocalizedText {
    let arguments = command.arguments.map { " " + $0.usage }.joined()
    return say(
      en: "explain \(command.name) [OPTIONS]\(arguments)",
      ja: "explain \(command.name) [オプション]\(arguments)"
    )
  }

  private func said(en: String, ja: String) -> String { say(en: en, ja: ja)[language] }

  private func overview(_ width: Int) -> [String] {
    var lines = TextWidth.wrap(
      said(
        en: "explain opens a GPT up: it runs your prompt and shows every step to the next token.",
        ja: "explain は GPT の中を開いて見せます。プロンプトを実際に計算し、次のトークンが決まるまでの各段階を示します。"
      ),
      to: width
    )
    lines += ["", said(en: "Usage:", ja: "使い方：")]
    let same = "explain \(Commands.standard.name) PROMPT"
    let standard = ("PROMPT", said(en: "same as: \(same)", ja: "\(same) と同じ"))
    let commands = Commands.all.map { command in
      let arguments = command.arguments.map(\.usage)
      return (([command.name] + arguments).joined(separator: " "), command.summary[language])
    }
    lines += table(([standard] + commands).map { ("explain " + $0.0, $0.1) }, width)
    lines += ["", said(en: "Options of every command:", ja: "すべてのコマンドに共通のオプション：")]
    lines += table(OptionSpec.common.map(row), width)
    lines += [""]
    lines += TextWidth.wrap(
      said(
        en:
          "A PROMPT of several words is quoted; - reads it from standard input; after -- a word is a "
          + "prompt whatever it looks like. More about a command: explain help COMMAND.",
        ja: "空白を含む PROMPT は引用符で囲みます。- なら標準入力から読みます。-- の後の語は、どんな形でもプロンプトとして"
          + "扱います。各コマンドの説明は explain help COMMAND で読めます。"
      ),
      to: width
    )
    return lines
  }

  private func row(_ option: OptionSpec) -> (String, String) {
    let short = option.short.map { "-\($0), " } ?? "    "
    let standard = option.defaultText.map { said(en: " (default: \($0.en))", ja: "（既定：\($0.ja)）") }
    return (short + option.usage, option.help[language] + (standard ?? ""))
  }

  /// What is typed, on as many lines as its choices take.
  private static func broken(_ typed: String, to width: Int) -> [String] {
    guard TextWidth.columns(of: typed) > width else { return [typed] }
    let indent = String(repeating: " ", count: 8)
    var lines = [""]
    for choice in typed.split(separator: "|", omittingEmptySubsequences: false) {
      let last = lines[lines.count - 1]
      let longer = last.isEmpty ? String(choice) : "\(last)|\(choice)"
      if last.isEmpty || longer.count < width {
        lines[lines.count - 1] = longer
      } else {
        lines[lines.count - 1] = last + "|"
        lines.append(indent + choice)
      }
    }
    return lines
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
      return Self.broken(head, to: width) + lines.map { String(repeating: " ", count: column) + $0 }
    }
  }
}
