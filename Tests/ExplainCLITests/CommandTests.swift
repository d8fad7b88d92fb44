import ExplainCLI
import Testing

@Suite struct CommandTests {
  @Test func `names of commands differ`() {
    let names = Commands.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  /// The command line is first read without knowing the command: that works only if an option takes
  /// a value either everywhere or nowhere.
  @Test func `an option takes a value in every command or in none`() {
    var kinds: [String: Bool] = [:]
    for option in Commands.all.flatMap(\.allOptions) {
      let takesValue = option.kind != .flag
      for name in ["--\(option.name)"] + (option.short.map { ["-\($0)"] } ?? []) {
        #expect(kinds[name, default: takesValue] == takesValue, "\(name)")
        kinds[name] = takesValue
      }
    }
  }

  @Test(arguments: Commands.all.map(\.name))
  func `a command's options and letters differ`(_ name: String) throws {
    let command = try #require(Commands.all.first { $0.name == name })
    let names = command.allOptions.map(\.name)
    #expect(Set(names).count == names.count)
    let letters = command.allOptions.compactMap(\.short)
    #expect(Set(letters).count == letters.count)
  }

  @Test(arguments: Commands.all.flatMap(\.examples))
  func `examples are accepted`(_ example: String) throws {
    let line = example.split(separator: "| ").last.map(String.init) ?? example
    var words: [String] = []
    for (index, part) in line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
    {
      if index.isMultiple(of: 2) {
        words += part.split(separator: " ").map(String.init)
      } else {
        words.append(String(part))
      }
    }
    #expect(words.first == "explain")
    var reader = CommandLineReader()
    guard case .run = try reader.read(Array(words.dropFirst())) else {
      Issue.record("not a call of a command")
      return
    }
    #expect(reader.warning == nil)
  }
}
