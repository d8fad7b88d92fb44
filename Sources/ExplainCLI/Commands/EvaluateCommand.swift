import Graphics
import Tokenization
import Training
import Transformer

/// `explain evaluate`.
struct EvaluateCommand: Command {
  let name = "evaluate"
  let summary = say(
    en: "ask a model what it learned of the built-in world: analogies, facts, copying",
    ja: "組み込みの世界から何を学んだかを、モデルに試験します（類推、事実、文脈からの写し）"
  )
  let arguments: [ArgumentSpec] = []
  let options = specs(.model, world)
  let examples = [
    "explain evaluate", "explain evaluate --model built-in-ja",
    "explain evaluate --model my-model --world ja",
  ]

  /// The world of a model that does not say what it learned from.
  private static let standard = WorldPlan.Name.en
  private static let world: Option<WorldPlan.Name?> = Option(
    "world",
    .choice,
    help: say(
      en: "which built-in world is asked about, by its language",
      ja: "どの組み込みの世界について試験するか。世界を言語で指定します"
    ),
    otherwise: say(
      en: "that of the text the model learned from, or \(standard.rawValue)",
      ja: "モデルが学んだ文章の世界。わからなければ \(standard.rawValue)"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let model = try TextInput.model(at: invocation[.model], on: console)
    let name = invocation[Self.world]
    let plan =
      WorldPlan.all.first { plan in
        name.map { $0 == plan.name } ?? model.tokenCounts?.text.hasPrefix(plan.title + ",")
          ?? false
      } ?? Self.standard.plan
    for finding in Exam(of: model, in: World(plan)).findings() {
      let words = FindingWords(finding, in: console.language)
      let style = console.style(for: invocation)
      try console.print(TextWidth.wrap(words.line, to: style.width))
      guard let note = words.note else { continue }
      let room = max(8, style.width - 6)
      try console.print(TextWidth.wrap(note, to: room).map { "      \($0)" })
    }
    return .success
  }
}
