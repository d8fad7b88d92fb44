package import Walkthrough

/// What there is to complete, for the scripts of all shells: the declarations of the commands, as
/// the parser and the help read them.
package struct Completions: Sendable {
  /// All commands.
  let commands = Commands.all
  /// What descriptions are told in.
  let language: Language

  /// Describes command lines in a language.
  package init(in language: Language) { self.language = language }

  /// The names of all commands.
  var names: [String] { commands.map(\.name) }

  /// The options that a word has to follow, as they are typed, letters too.
  var optionsWithValue: [String] {
    var list: [String] = []
    for option in commands.flatMap(\.allOptions) where option.takesValue {
      for typed in option.spellings where !list.contains(typed) { list.append(typed) }
    }
    return list
  }

  /// An option, and the commands that have it just so.
  struct SharedOption {
    let option: OptionSpec
    var commands: [String]
  }

  /// Every option once, with the commands that have it; one that means something else to some
  /// commands more than once.
  var options: [SharedOption] {
    var list: [SharedOption] = []
    for command in commands {
      for option in command.allOptions {
        if let index = list.firstIndex(where: { $0.option.isSame(as: option) }) {
          list[index].commands.append(command.name)
        } else {
          list.append(SharedOption(option: option, commands: [command.name]))
        }
      }
    }
    return list
  }
}

extension OptionSpec {
  /// The ways to type the option's name.
  var spellings: [String] { [typed] + (short.map { ["-\($0)"] } ?? []) }

  /// Whether two options are typed alike, and told alike.
  fileprivate func isSame(as other: OptionSpec) -> Bool {
    name == other.name && short == other.short && kind == other.kind && help == other.help
  }
}
