import ExplainCLI
import Foundation
import Testing
import Walkthrough

/// The scripts by which shells complete command lines, and what the shells make of them.
@Suite struct CompletionsCommandTests {
  private static func isInstalled(_ shell: String) -> Bool {
    ["/bin", "/usr/bin"].contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(shell)") }
  }

  private let explain: ExplainProcess

  init() throws {
    explain = try ExplainProcess()
    for name in ["a file.txt", "notes.txt"] {
      try Data().write(to: URL(filePath: explain.path(name)))
    }
    try FileManager.default.createDirectory(
      atPath: explain.path("folder"),
      withIntermediateDirectories: false
    )
  }

  /// A word as a shell reads it.
  private func quoted(_ word: String) -> String { "'\(word)'" }

  /// What is typed, the last word of it unfinished, and what the shell is to offer.
  struct Typed: Sendable, CustomTestStringConvertible {
    var words: [String]
    var offered: [String]

    init(_ words: String..., offers offered: [String]) {
      (self.words, self.offered) = (words, offered)
    }

    var testDescription: String { (["explain"] + words).joined(separator: " ") }
  }

  static let typed = [
    Typed("gen", offers: ["generate"]),
    Typed("", offers: Commands.all.map(\.name)),
    Typed("generate", "--te", offers: ["--temperature"]),
    Typed("generate", "--format", "", offers: ["text", "json", "html"]),
    Typed("generate", "--format", "j", offers: ["json"]),
    Typed("heatmap", "--format", "", offers: ["svg", "text", "csv", "json"]),
    // A prompt alone is a page's.
    Typed("Hello", "--fig", offers: ["--figures"]),
    Typed("Hello", "", offers: []),
    Typed("--sti", offers: ["--still"]),
    Typed("generate", "--fig", offers: []),
    // Options may come first, and their values are no commands.
    Typed("--layer", "0", "heat", offers: ["heatmap"]),
    Typed("-o", "steps", "--quiet", "heatmap", "--sca", offers: ["--scale"]),
    // The same name takes different words in different commands.
    Typed("page", "--language", "", offers: ["en", "ja", "en,ja", "ja,en"]),
    Typed("steps", "--language", "", offers: ["en", "ja"]),
    Typed("lesson", "so", offers: ["softmax-and-temperature"]),
    Typed("words", "near", offers: ["nearest"]),
    Typed("words", "nearest", "n", offers: []),
    Typed("completions", "", offers: ["bash", "fish", "zsh"]),
    Typed("help", "help", "", offers: []),
    Typed("render", "n", offers: ["notes.txt"]),
    Typed("render", "", offers: ["a file.txt", "folder", "notes.txt"]),
    Typed("train", "-o", "", offers: ["folder"]),
    Typed("--model", "", offers: ["a file.txt", "built-in", "built-in-ja", "folder", "notes.txt"]),
    Typed("why", "--token", "", offers: []),
  ]

  @Test(.enabled(if: isInstalled("bash")), arguments: typed)
  func `bash completes`(_ typed: Typed) throws {
    let words = (["explain"] + typed.words).map(quoted).joined(separator: " ")
    #expect(try bash(words, at: typed.words.count).sorted() == typed.offered.sorted())
  }

  /// Where `=` breaks words, as it does unless someone says otherwise, and where it does not.
  @Test(
    .enabled(if: isInstalled("bash")),
    arguments: [
      ("explain generate --format = j", 4, ["json"]), ("explain generate --format =", 3, ["html"]),
      ("explain generate --format=j", 2, ["--format=json"]),
      ("explain -- --f", 2, []), ("explain -- page --f", 3, []),
      ("explain render -- n", 3, ["notes"]),
    ]
  )
  func `bash completes after an equals sign, and nothing but arguments after two dashes`(
    _ words: String,
    _ place: Int,
    _ offered: [String]
  ) throws {
    let found = try bash(words, at: place)
    #expect(found.isEmpty == offered.isEmpty)
    for word in offered { #expect(found.contains { $0.hasPrefix(word) }, "\(found)") }
  }

  /// What bash would offer for the word at a place.
  private func bash(_ words: String, at place: Int) throws -> [String] {
    try #"""
    set -u
    eval "$("$explain" completions bash)"
    COMP_WORDS=(\#(words))
    COMP_CWORD=\#(place)
    _explain
    for word in ${COMPREPLY[@]+"${COMPREPLY[@]}"}; do printf '%s\n' "$word"; done
    """#.write(toFile: explain.path(".script"), atomically: true, encoding: .utf8)
    let outcome = try explain.shell("bash .script")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let found = outcome.output.split(separator: "\n").map(String.init)
    return found.filter { $0 != ".script" }
  }

  @Test(.enabled(if: isInstalled("fish")), arguments: typed)
  func `fish completes`(_ typed: Typed) throws {
    let line = (["explain"] + typed.words).joined(separator: " ")
    try #"""
    $explain completions fish | source
    complete -C '\#(line)' | string replace -r '\t.*' '' | string trim -r -c /
    """#.write(toFile: explain.path(".script"), atomically: true, encoding: .utf8)
    let outcome = try explain.shell("fish --no-config .script")
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let found = outcome.output.split(separator: "\n").map(String.init)
    #expect(Set(found) == Set(typed.offered))
  }

  @Test(arguments: ["bash -n", "zsh -n", "fish --no-execute"], Language.allCases)
  func `a shell reads its script without complaint`(_ check: String, _ language: Language) throws {
    let shell = String(check.prefix { $0 != " " })
    let outcome = try explain.shell(
      """
      "$explain" completions \(shell) --language \(language.rawValue) > .script || exit
      ! command -v \(shell) > .path || \(check) .script
      """
    )
    #expect(outcome.code == 0 && outcome.output.isEmpty && outcome.errors.isEmpty)
  }

  @Test(arguments: Shell.allCases)
  func `a script knows every command, option and word`(_ shell: Shell) throws {
    let script = try explain("completions", shell.rawValue).output
    #expect(try explain("completions", shell.rawValue).output == script)
    #expect(script == shell.script(of: Completions(in: .en)))
    for command in Commands.all {
      #expect(script.contains(command.name))
      for option in command.allOptions {
        #expect(script.contains(shell == .fish ? " -l \(option.name) " : option.typed))
        guard case .choice(let words) = option.kind else { continue }
        #expect(script.contains(words.joined(separator: " ")), "\(option.typed)")
      }
      for argument in command.arguments where !argument.offer.words.isEmpty {
        #expect(script.contains(argument.offer.words.joined(separator: " ")), "\(argument.name)")
      }
    }
  }

  /// The scripts write words as they are.
  @Test func `no word that is offered has to be quoted`() {
    for command in Commands.all {
      let choices = command.allOptions.flatMap { option in
        if case .choice(let words) = option.kind { words } else { [String]() }
      }
      let words = choices + command.arguments.flatMap(\.offer.words) + [command.name]
      for word in words { #expect(word.wholeMatch(of: /[A-Za-z0-9_.,-]+/) != nil, "\(word)") }
    }
  }

  @Test func `descriptions are in the language that is asked for`() throws {
    for shell in ["zsh", "fish"] {
      #expect(try explain("completions", shell).output.contains("how many tokens to write at most"))
      let japanese = try explain("completions", shell, "--language", "ja").output
      #expect(japanese.contains("書くトークンの数の上限"))
      #expect(!japanese.contains("how many tokens"))
      #expect(japanese.contains("# 今のシェルで使うには："))
    }
  }

  @Test(arguments: [
    ("completions", "explain completions needs a SHELL"),
    ("completions tcsh", "there are no completions for “tcsh”, but for bash, zsh, fish"),
    ("completions zhs", "did you mean “zsh”?"),
    ("completions zhs --language ja", "もしかして：「zsh」"),
  ])
  func `a shell that is not known is told of`(_ words: String, _ message: String) throws {
    let outcome = try explain.shell("\"$explain\" \(words)")
    #expect(outcome.code == 64 && outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1 && outcome.errors.contains(message), "\(outcome.errors)")
  }
}
