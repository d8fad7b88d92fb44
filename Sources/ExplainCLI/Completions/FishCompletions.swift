extension Completions {
  /// The lines of the script for fish.
  ///
  /// A function looks at the words before the cursor and says which command they call and how many
  /// arguments it has so far; the lines after it say what is offered where.
  var fish: [String] {
    let standard = Commands.standard.name
    let head = #"""
      function __explain_place
          set -l command none
          set -l count 0
          set -l waits 0
          set -l literal 0
          for word in (commandline -opc)[2..-1]
              if test $waits = 1
                  set waits 0
                  continue
              end
              if test $literal = 0
                  switch $word
                      case --
                          set literal 1
                          continue
                      case -
                      case \#(optionsWithValue.joined(separator: " "))
                          set waits 1
                          continue
                      case '-*'
                          continue
                  end
              end
              if test $command != none
                  set count (math $count + 1)
              else if test $literal = 0; and contains -- $word \#(names.joined(separator: " "))
                  set command $word
              else
                  set command \#(standard)
                  set count 1
              end
          end
          echo $command $count
      end

      function __explain_calls
          set -l place (__explain_place | string split ' ')
          test $place[1] = none; and set place[1] \#(standard)
          contains -- $place[1] $argv
      end

      function __explain_awaits
          test (__explain_place) = "$argv"
      end

      complete -c explain -f
      """#
    return head.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      + commands.map { command in
        "complete -c explain -n '__explain_awaits none 0' -a \(command.name)"
          + " -d \(Self.quoted(command.summary[language]))"
      } + options.map(fish) + commands.flatMap(fishArguments)
  }

  /// An option of some commands.
  private func fish(_ shared: SharedOption) -> String {
    let option = shared.option
    let isEverywhere = shared.commands.count == commands.count
    let condition = "__explain_calls " + shared.commands.joined(separator: " ")
    return "complete -c explain" + (isEverywhere ? "" : " -n '\(condition)'")
      + " -l \(option.name)" + (option.short.map { " -s \($0)" } ?? "")
      + (option.takesValue ? option.offer.inFish(asValue: true) : "")
      + " -d \(Self.quoted(option.help[language]))"
  }

  /// The arguments of a command for which something is offered.
  private func fishArguments(of command: any Command) -> [String] {
    command.arguments.enumerated().filter { $0.element.offer != .nothing }.map { place, argument in
      let condition =
        argument.isRepeated
        ? "__explain_calls \(command.name)" : "__explain_awaits \(command.name) \(place)"
      return "complete -c explain -n '\(condition)'" + argument.offer.inFish(asValue: false)
    }
  }

  /// A text as fish reads it as one word.
  private static func quoted(_ text: String) -> String {
    let escaped = text.reduce(into: "") { text, character in
      if character == "'" || character == "\\" { text.append("\\") }
      text.append(character)
    }
    return "'\(escaped)'"
  }
}

extension Offer {
  /// The switches of `complete` that offer it.
  ///
  /// - Parameter isValue: Whether it is an option's, after which a word has to follow.
  /// - Returns: The switches, each after a blank.
  fileprivate func inFish(asValue isValue: Bool) -> String {
    let words = words.isEmpty ? "" : " -a '\(words.joined(separator: " "))'"
    return switch paths {
    case .none: (isValue ? " -x" : "") + words
    case .files: (isValue ? " -r" : "") + " -F" + words
    case .folders: (isValue ? " -x" : "") + " -a '(__fish_complete_directories)'" + words
    }
  }
}
