package import Walkthrough

/// What a command line asks for.
package enum Request: Sendable {
  /// A command, with its arguments and options.
  case run(any Command, Invocation)
  /// The help of one command.
  case help(any Command)
  /// The help of all commands.
  case overview
  /// The version.
  case version
}

/// Finds the command in a command line and reads the rest as that command's arguments and options.
///
/// `explain PROMPT` is `explain page PROMPT`: a first word that is no command is a prompt.
package struct CommandLineReader {
  let commands: [any Command]
  /// The command for a first word that is none.
  let standard: any Command

  /// Something worth telling although it is no error.
  package private(set) var warning: LocalizedText?

  /// What is spoken where a command line does not say.
  let language: Language

  /// Makes a reader that knows all commands.
  package init(language: Language = .en) {
    self.language = language
    commands = Commands.all
    standard = Commands.standard
  }

  /// Reads the words after the program's name.
  ///
  /// - Throws: A usage error.
  package mutating func read(_ words: [String]) throws(CLIError) -> Request {
    let found = scan(words)
    var words = words
    var command = standard
    var isNamed = false
    if let index = found.firstArgument,
      let named = commands.first(where: { $0.name == words[index] })
    {
      (command, isNamed) = (named, true)
      words.remove(at: index)
    }
    if found.asksForHelp { return isNamed ? .help(command) : .overview }
    if found.asksForVersion { return .version }
    let parsed: ParsedArguments
    do throws(CLIError) {
      parsed = try ArgumentParser(options: command.allOptions).parse(words)
    } catch {
      throw explained(error, of: words, for: command, first: isNamed ? nil : found.firstArgument)
    }
    try checkCount(parsed.arguments, for: command, isNamed: isNamed)
    if !isNamed, let word = parsed.arguments.first, !word.isLiteral, let near = nearest(word.text) {
      warning = say(
        en: "took “\(word.text)” as the prompt; for the command, type: explain \(near)",
        ja: "「\(word.text)」をプロンプトとして扱いました。コマンドなら explain \(near) と入力してください。"
      )
    }
    return .run(command, Invocation(parsed, language: language))
  }

  // MARK: A first look

  private struct Scan {
    var firstArgument: Int?
    var asksForHelp = false
    var asksForVersion = false
  }

  /// Looks for the first argument and for `--help`, knowing only which options take a value: they
  /// mean the same everywhere.
  private func scan(_ words: [String]) -> Scan {
    let options = commands.flatMap(\.allOptions)
    var scan = Scan()
    var index = 0
    while index < words.count, words[index] != "--" {
      let word = words[index]
      // `-qh` asks for help as `-h` does.
      let letters = word.hasPrefix("--") ? "" : word.dropFirst(word.hasPrefix("-") ? 1 : word.count)
      let flags = letters.prefix { letter in
        options.contains { $0.short == letter && !$0.takesValue }
      }
      if word == Option.help.typed || flags.contains("h") { scan.asksForHelp = true }
      if word == Option.version.typed { scan.asksForVersion = true }
      let option = options.first { $0.typed == word || $0.short.map { "-\($0)" } == word }
      if !word.hasPrefix("-") || word == "-", scan.firstArgument == nil {
        scan.firstArgument = index
      }
      let takesNext = option?.takesValue == true && !(words.dropFirst(index + 1).first == "--")
      index += takesNext ? 2 : 1
    }
    return scan
  }

  private func nearest(_ word: String) -> String? {
    Spelling.nearest(to: word, among: commands.map(\.name))
  }

  // MARK: Errors that know about the other commands

  private func checkCount(
    _ arguments: [Argument],
    for command: any Command,
    isNamed: Bool
  ) throws(CLIError) {
    let wanted = command.arguments
    let usage = Help.usage(of: command)
    let example = command.examples.first ?? "explain --help"
    if arguments.count < wanted.filter({ !$0.isOptional }).count {
      let name = wanted[arguments.count].name
      throw .usage(
        en: isNamed
          ? "explain \(command.name) needs \(Self.article(before: name)) \(name): \(usage.en)"
          : "a \(name) is needed, for example: \(example) (explain help lists the commands)",
        ja: isNamed
          ? "explain \(command.name) には \(name) が必要です：\(usage.ja)"
          : "\(name) が必要です。たとえば：\(example)（コマンドの一覧は explain help）"
      )
    }
    // A trace given as if it were a prompt would be explained as the text of its path.
    if !isNamed, let first = arguments.first, !first.isLiteral, first.text.hasSuffix(".safetensors")
    {
      throw .usage(
        en: "“\(first.text)” names a file, not a prompt; did you mean “render” or “inspect”?",
        ja: "「\(first.text)」はプロンプトではなくファイルの名前です。もしかして：「render」、「inspect」"
      )
    }
    guard arguments.count > wanted.count, wanted.last?.isRepeated != true else { return }
    if !isNamed, !arguments[0].isLiteral, let near = nearest(arguments[0].text) {
      throw Self.unknown(arguments[0].text, Spelling.suggestion([near]))
    }
    let words = arguments.map(\.text).joined(separator: " ")
    if wanted.last?.name == "PROMPT" {
      let call = isNamed ? "explain \(command.name)" : "explain"
      let quoted = Self.quoted(words)
      throw .usage(
        en: "a prompt of several words must be quoted: \(call) \(quoted)",
        ja: "空白を含むプロンプトは引用符で囲んでください：\(call) \(quoted)"
      )
    }
    throw .usage(
      en: "explain \(command.name) takes \(wanted.count) argument\(wanted.count == 1 ? "" : "s"), "
        + "not \(arguments.count): \(usage.en)",
      ja: "explain \(command.name) が取る引数は \(wanted.count) 個ですが、\(arguments.count) 個あります：\(usage.ja)"
    )
  }

  /// Says of an unknown option which command has it, or of a misspelt command what it should be.
  private func explained(
    _ error: CLIError,
    of words: [String],
    for command: any Command,
    first: Int?
  ) -> CLIError {
    let said = error.message.en
    guard said.hasPrefix("unknown option"), !said.contains("did you mean") else { return error }
    let known = command.allOptions.map(\.typed)
    let unknown = words.prefix { $0 != "--" }.map { String($0.prefix { $0 != "=" }) }
      .first { $0.hasPrefix("--") && !known.contains($0) }
    guard let unknown else { return error }
    let owners = commands.filter { $0.allOptions.contains { $0.typed == unknown } }.map(\.name)
    guard !owners.isEmpty else { return error }
    if let first, let near = nearest(words[first]), owners.contains(near) {
      return Self.unknown(words[first], Spelling.suggestion([near]))
    }
    if OptionSpec.interventions.contains(where: { $0.typed == unknown }),
      command.arguments.first?.name == "FILE"
    {
      return .usage(
        en:
          "\(unknown): a trace tells of one run and has no model that could run again; give the prompt "
          + "to a command that runs one, such as explain page or explain why",
        ja: "\(unknown)：トレースは1回の計算の記録で、もう一度計算するためのモデルを含みません。explain page や "
          + "explain why のようにモデルを動かすコマンドに、プロンプトを渡してください。"
      )
    }
    let list = owners.map { "explain \($0)" }.joined(separator: ", ")
    return .usage(
      en: "explain \(command.name) has no option \(unknown); these have: \(list)",
      ja: "explain \(command.name) に \(unknown) というオプションはありません。あるのは次のコマンドです：\(list)"
    )
  }

  /// A word that is no command.
  static func unknown(_ word: String, _ suggestion: LocalizedText) -> CLIError {
    .usage(
      en: "unknown command “\(word)”\(suggestion.en)",
      ja: "「\(word)」というコマンドはありません。\(suggestion.ja)"
    )
  }

  private static func article(before name: String) -> String {
    name.first.map { "AEIO".contains($0) } == true ? "an" : "a"
  }

  /// Words as a shell reads them as one, cut where they are long.
  private static func quoted(_ words: String) -> String {
    let short = words.count > 60 ? words.prefix(60) + "…" : words[...]
    return short.contains("\"") || short.contains("$") || short.contains("`")
      ? "'\(short)'" : "\"\(short)\""
  }
}
