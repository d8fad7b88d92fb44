import Graphics
import Tokenization
import Training
import Transformer

/// `explain evaluate`.
struct EvaluateCommand: Command {
  let name = "evaluate"
  let summary = "ask a model what it learned of the built-in world: analogies, facts, copying"
  let arguments: [ArgumentSpec] = []
  let options: [OptionSpec] = [.model, world]
  let examples = [
    "explain evaluate", "explain evaluate --model built-in-ja",
    "explain evaluate --model my-model --world ja",
  ]

  private static let world = OptionSpec(
    "world",
    .choice(WorldPlan.all.map(\.name)),
    help: "which built-in world is asked about, by its language",
    defaultText: "that of the text the model learned from, or en"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let model = try TextInput.model(at: invocation.text(.model), on: console)
    let name = invocation.text(Self.world)
    let plan =
      WorldPlan.all.first { plan in
        name.map { $0 == plan.name } ?? model.tokenCounts?.text.hasPrefix(plan.title + ",") ?? false
      } ?? .english
    for finding in Exam(of: model, in: World(plan)).findings() {
      let isShare = finding.questionCount > 0
      func text(_ value: Double) -> String {
        isShare ? Decimal.text(100 * value, digits: 1) + " %" : Decimal.text(value, digits: 3)
      }
      let goal =
        switch finding.goal {
        case .atLeast(let goal): "at least \(text(goal))"
        case .atMost(let goal): "at most \(text(goal))"
        }
      let count = isShare ? " of \(finding.questionCount)" : ""
      let style = console.style(for: invocation)
      let line =
        "\(finding.name): \(text(finding.value))\(count) "
        + "(\(goal): \(finding.isReached ? "reached" : "missed"))"
      try console.print(TextWidth.wrap(line, to: style.width))
      if !finding.note.isEmpty {
        let room = max(8, style.width - 6)
        try console.print(TextWidth.wrap(finding.note, to: room).map { "      \($0)" })
      }
    }
    return .success
  }
}
