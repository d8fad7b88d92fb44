import Formats
import Graphics
import Pages
import Walkthrough

/// `explain words nearest|analogy|direction|map|compare WORD…`.
struct WordsCommand: Command {
  let name = "words"
  let summary = say(
    en: "ask word vectors: neighbours, analogies, directions, maps, dot products",
    ja: "単語ベクトルを調べます（近い語、類推、方向、地図、内積）"
  )
  let arguments = [
    ArgumentSpec(
      "ACTION",
      help: LocalizedText(same: WordAction.allCases.map(\.rawValue).joined(separator: ", ")),
      offer: .words(WordAction.allCases.map(\.rawValue))
    ),
    ArgumentSpec(
      "WORD",
      help: say(
        en: "a word, or a sum with blanks around its signs: \"king - man + woman\"",
        ja: "単語、または符号の前後に空白を入れた式：\"king - man + woman\"、\"王 - 男 + 女\""
      ),
      isRepeated: true
    ),
  ]
  let options =
    specs(format, output, PageOutput.still) + WordSource.options + WordOptions.ofActions
    + specs(.language)
  let examples = [
    "explain words nearest king",
    "explain words analogy \"king - man + woman\" --vectors glove.6B.50d.txt --expect queen",
    "explain words direction \"cats - cat\" one two three --vectors glove.6B.50d.txt",
    "explain words map \"queen - king\" \"woman - man\" --vectors glove.npy --format html -o map.html",
    "explain words compare king queen --matrix W_U",
  ]

  static let format = Option.format(.text, .json, .csv, .svg, .html)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let words = invocation.arguments.map(\.text)
    guard let action = WordAction(rawValue: words[0]) else {
      let names = WordAction.allCases.map(\.rawValue)
      let list = names.joined(separator: ", ")
      let suggestion = Spelling.suggestion(for: words[0], among: names)
      throw CLIError.usage(
        en: "explain words has no action “\(words[0])”, but \(list)\(suggestion.en)",
        ja: "explain words に「\(words[0])」という操作はありません。あるのは \(list) です。\(suggestion.ja)"
      )
    }
    try action.checkOptions(of: invocation)
    let source = try WordSource(invocation, on: console)
    let result = try action.result(of: Array(words.dropFirst()), in: source, invocation)
    let path = invocation[Self.output]
    let text =
      switch invocation[Self.format] {
      case .json: result.json.text + "\n"
      case .csv: result.csv
      case .svg: SVG.standalone(result.report.figure.scene)
      case .html:
        WordsPage(
          result.report,
          asking: source.asking(action, words.dropFirst(), in: invocation.language)
        ).html
      case .text:
        WordLines(result.report, terminal: invocation.style(on: console, to: path))
          .lines.map { $0 + "\n" }.joined()
      }
    try console.deliver(text, to: path)
    return .success
  }
}
