extension Completions {
  /// The lines of the script for zsh, which leaves to `_arguments` what it does well.
  ///
  /// The command's name is taken out of the words, so that its arguments are counted from 1; where
  /// there is none, the first argument is a command's name or the prompt of a page.
  var zsh: [String] {
    let head = #"""
      _explain_commands() {
        local -a commands
        commands=(
      \#(commands.map { "    " + Self.quoted("\($0.name):\($0.summary[language])") }.joined(separator: "\n"))
        )
        _describe -t commands command commands
      }

      _explain_files_or() {
        _alternative "names:name:($*)" 'files:file:_files'
      }

      _explain() {
        local command=none word
        local -i index
        for ((index = 2; index < CURRENT; index++)); do
          word=$words[index]
          case $word in
            (\#(optionsWithValue.joined(separator: "|"))) index+=1 ;;
            (--) break ;;
            (-?*) ;;
            (\#(names.joined(separator: "|")))
              command=$word
              words[index]=()
              CURRENT=$((CURRENT - 1))
              break ;;
            (*) break ;;
          esac
        done
        case $command in
      """#
    let first = Self.quoted(
      "1:\(say(en: "command or prompt", ja: "コマンドかプロンプト")[language]):_explain_commands"
    )
    let cases =
      zshCase("none", Commands.standard, arguments: [first])
      + commands.flatMap { zshCase($0.name, $0, arguments: $0.arguments.enumerated().map(zsh)) }
    let tail = #"""
        esac
      }

      if [[ $funcstack[1] == _explain ]]; then
        _explain "$@"
      else
        compdef _explain explain
      fi
      """#
    return Self.lines(of: head) + cases + Self.lines(of: tail)
  }

  private static func lines(of text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// What holds after a command.
  private func zshCase(
    _ pattern: String,
    _ command: any Command,
    arguments: [String]
  ) -> [String] {
    let specs = command.allOptions.map(zsh) + arguments
    return ["    (\(pattern))", "      _arguments -s -S \\"]
      + specs.dropLast().map { "        \($0) \\" } + specs.suffix(1).map { "        \($0) ;;" }
  }

  /// An option as `_arguments` describes it.
  private func zsh(_ option: OptionSpec) -> String {
    let help = option.help[language].escaped("\\[]")
    var value = ""
    if let usage = option.valueUsage {
      let isChoice = if case .choice = option.kind { true } else { false }
      let message = isChoice ? option.name : usage
      value = ":\(message.escaped("\\:")):\(option.offer.inZsh)"
    }
    let told = "[\(help)]\(value)"
    let (mark, attached) = option.takesValue ? ("=", "+") : ("", "")
    if let short = option.short {
      return "'(-\(short) \(option.typed))'{-\(short)\(attached),\(option.typed)\(mark)}"
        + Self.quoted(told)
    }
    let again = if case .texts = option.kind { "*" } else { "" }
    return Self.quoted("\(again)\(option.typed)\(mark)\(told)")
  }

  /// An argument as `_arguments` describes it.
  private func zsh(_ place: Int, _ argument: ArgumentSpec) -> String {
    let place = argument.isRepeated ? "*" : "\(place + 1)"
    let colon = argument.isOptional ? "::" : ":"
    return Self.quoted("\(place)\(colon)\(argument.name):\(argument.offer.inZsh)")
  }

  /// A text as zsh reads it as one word.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''")
      + "'"
  }
}

extension Offer {
  /// The action that offers it; a blank where there is nothing to offer, so that the message alone is
  /// shown.
  fileprivate var inZsh: String {
    switch (words.isEmpty, paths) {
    case (true, .none): " "
    case (false, .none): "(\(words.joined(separator: " ")))"
    case (true, .files): "_files"
    case (true, .folders): "_files -/"
    case (false, _): " _explain_files_or \(words.joined(separator: " "))"
    }
  }
}

extension String {
  /// The text with a backslash before each of some characters.
  fileprivate func escaped(_ characters: String) -> String {
    reduce(into: "") { text, character in
      if characters.contains(character) { text.append("\\") }
      text.append(character)
    }
  }
}
