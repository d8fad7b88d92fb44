extension Completions {
  /// The lines of the script for bash, from version 3.2 on, which macOS has.
  ///
  /// The function looks at the words before the cursor as `CommandLineReader` does: the first one
  /// that is no option, and no option's value, is the command or else the prompt of a page.
  var bash: [String] {
    let standard = Commands.standard.name
    return #"""
      _explain() {
        local current=${COMP_WORDS[COMP_CWORD]} command='' option='' literal='' prefix=''
        local words='' paths='' word line
        local -i index count=0
        COMPREPLY=()
        for ((index = 1; index < COMP_CWORD; index++)); do
          word=${COMP_WORDS[index]}
          if [[ -n $option ]]; then
            [[ $word == '=' ]] || option=''
            continue
          fi
          if [[ -z $literal ]]; then
            case $word in
              --) literal=1; continue ;;
              \#(optionsWithValue.joined(separator: "|"))) option=$word; continue ;;
              -?*) continue ;;
            esac
          fi
          if [[ -n $command ]]; then
            count+=1
            continue
          fi
          case $literal$word in
            \#(names.joined(separator: "|"))) command=$word ;;
            *) command=\#(standard); count=1 ;;
          esac
        done
        if [[ -n $option ]]; then
          [[ $current == '=' ]] && current=''
        elif [[ -z $literal && $current == --*=* ]]; then
          option=${current%%=*}
          prefix=$option=
          current=${current#*=}
        fi
        if [[ -n $option ]]; then
          case ${command:-\#(standard)}:$option in
      \#(lines(bashValues, indent: 6))
          esac
        elif [[ -z $literal && $current == -* ]]; then
          case ${command:-\#(standard)} in
      \#(lines(bashOptions, indent: 6))
          esac
        elif [[ -z $literal$command ]]; then
          words='\#(names.joined(separator: " "))'
        else
          case ${command:-\#(standard)}:$count in
      \#(lines(bashArguments, indent: 6))
          esac
        fi
        while IFS= read -r line; do
          [[ -n $line ]] && COMPREPLY+=("$prefix$line")
        done < <(
          [[ -n $words ]] && compgen -W "$words" -- "$current"
          [[ $paths == files ]] && compgen -f -- "$current"
          [[ $paths == folders ]] && compgen -d -- "$current"
        )
        [[ -n $paths ]] && compopt -o filenames 2>/dev/null
        return 0
      }
      complete -F _explain explain
      """#.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func lines(_ cases: [String], indent: Int) -> String {
    cases.map { String(repeating: " ", count: indent) + $0 }.joined(separator: "\n")
  }

  /// What is offered after an option: a line for each offer, with the options that have it.
  ///
  /// An option stands there once for all commands; those to which it means something else come
  /// before that, since the first line counts.
  private var bashValues: [String] {
    var special = OfferedPatterns()
    var general = OfferedPatterns()
    let all = options
    var done: Set<String> = []
    for option in all.map(\.option) where option.takesValue && done.insert(option.name).inserted {
      let same = all.filter { $0.option.name == option.name }
      let usual = usualOffer(of: same)
      for typed in option.spellings {
        for shared in same where shared.option.offer != usual {
          for command in shared.commands { special.add("\(command):\(typed)", shared.option.offer) }
        }
        if usual != .nothing { general.add("*:\(typed)", usual) }
      }
    }
    return special.lines + general.lines
  }

  /// What most of the commands offer for an option.
  private func usualOffer(of options: [SharedOption]) -> Offer {
    let offers = options.map(\.option.offer)
    func commands(offering offer: Offer) -> Int {
      options.filter { $0.option.offer == offer }.reduce(0) { $0 + $1.commands.count }
    }
    return offers.max { commands(offering: $0) < commands(offering: $1) } ?? .nothing
  }

  /// The options of each command.
  private var bashOptions: [String] {
    commands.map { command in
      let typed = command.allOptions.map(\.typed).joined(separator: " ")
      return "\(command.name)) words='\(typed)' ;;"
    }
  }

  /// What is offered for the arguments of each command.
  private var bashArguments: [String] {
    commands.flatMap { command in
      command.arguments.enumerated().filter { $0.element.offer != .nothing }.map {
        place,
        argument in
        let count = argument.isRepeated ? "*" : "\(place)"
        return "\(command.name):\(count)) \(argument.offer.inBash) ;;"
      }
    }
  }
}

/// Patterns of a `case` by what is offered for them, in the order of their first.
private struct OfferedPatterns {
  private var list: [(offer: Offer, patterns: [String])] = []

  mutating func add(_ pattern: String, _ offer: Offer) {
    if let index = list.firstIndex(where: { $0.offer == offer }) {
      list[index].patterns.append(pattern)
    } else {
      list.append((offer, [pattern]))
    }
  }

  var lines: [String] {
    list.map { "\($0.patterns.joined(separator: "|"))) \($0.offer.inBash) ;;" }
  }
}

extension Offer {
  /// The offer as the script's function takes it.
  fileprivate var inBash: String {
    let words = words.isEmpty ? nil : "words='\(words.joined(separator: " "))'"
    let paths: String? =
      switch paths {
      case .none: nil
      case .files: "paths=files"
      case .folders: "paths=folders"
      }
    return [words, paths].compactMap(\.self).joined(separator: " ")
  }
}
