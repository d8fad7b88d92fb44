import Formats
import Graphics
import Pages
import Walkthrough

/// `explain words nearest|analogy|direction|map|compare WORD…`.
struct WordsCommand: Command {
  let name = "words"
  let summary = "ask word vectors: neighbours, analogies, directions, maps, dot products"
  let arguments = [
    ArgumentSpec("ACTION", help: WordAction.allCases.map(\.rawValue).joined(separator: ", ")),
    ArgumentSpec(
      "WORD",
      help: "a word, or a sum with blanks around its signs: \"king - man + woman\"",
      isRepeated: true
    ),
  ]
  let options =
    [format, output, PageOutput.still] + WordSource.options + WordOptions.ofActions + [.language]
  let examples = [
    "explain words nearest king",
    "explain words analogy \"king - man + woman\" --vectors glove.6B.50d.txt --expect queen",
    "explain words direction \"cats - cat\" one two three --vectors glove.6B.50d.txt",
    "explain words map \"queen - king\" \"woman - man\" --vectors glove.npy --format html -o map.html",
    "explain words compare king queen --matrix W_U",
  ]

  static let format = OptionSpec.format("text", "json", "csv", "svg", "html")
  private static let output = OptionSpec.output(
    "FILE",
    help: "the file for the result",
    defaultText: "standard output"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let words = invocation.arguments.map(\.text)
    guard let action = WordAction(rawValue: words[0]) else {
      let names = WordAction.allCases.map(\.rawValue)
      throw CLIError.usage(
        "explain words has no action “\(words[0])”, but \(names.joined(separator: ", "))"
          + Spelling.suggestion(for: words[0], among: names)
      )
    }
    try action.checkOptions(of: invocation)
    let source = try WordSource(invocation, on: console)
    let result = try action.result(of: Array(words.dropFirst()), in: source, invocation)
    let path = invocation.text(Self.output)
    let text =
      switch invocation.text(Self.format) ?? "text" {
      case "json": result.json.text + "\n"
      case "csv": result.csv
      case "svg": SVG.standalone(result.report.figure.scene)
      case "html":
        WordsPage(
          result.report,
          asking: source.asking(action, words.dropFirst(), in: invocation.language)
        ).html
      default:
        WordLines(result.report, terminal: invocation.style(on: console, to: path))
          .lines.map { $0 + "\n" }.joined()
      }
    try console.deliver(text, to: path)
    return .success
  }
}
