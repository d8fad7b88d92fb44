import Formats
import Graphics
import Pages
import Traces
import Walkthrough

/// `explain parameters [NAME|PATH]`.
struct ParametersCommand: Command {
  let name = "parameters"
  let summary = say(
    en: "count a model's parameters: where its weights are, and what they take",
    ja: "モデルのパラメータを数え、重みがどこに何個あり、どれだけの容量と計算が必要かを示します"
  )
  let arguments = [
    ArgumentSpec(
      "NAME",
      help: LocalizedText(same: ModelChoice.names.joined(separator: ", "))
        + say(
          en:
            ", or a checkpoint: the path of a folder or GGUF file, or a name in Hugging Face's cache "
            + "(default: \(ModelChoice.standard))",
          ja:
            "、またはチェックポイント（フォルダーか GGUF ファイルのパス、Hugging Face のキャッシュにある名前。既定：\(ModelChoice.standard)）"
        ),
      offer: .filesOr(ModelChoice.names),
      isOptional: true
    )
  ]
  let options =
    specs(output, format, PageOutput.still, .language) + OwnSizes.options + specs(columns)
  let examples = [
    "explain parameters",
    "explain parameters gpt-2 --format json",
    "explain parameters gpt-2 --width 1536",
    "explain parameters my-checkpoint --format html -o parameters.html",
  ]

  private static let output = Option.output("FILE")
  private static let format = Option.format(.text, .json, .csv, .svg, .html)
  /// What `--width` is elsewhere.
  private static let columns = Option.width.named("columns")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let named = try ModelChoice.model(
      invocation.arguments.first?.text ?? ModelChoice.standard,
      on: console
    )
    let own = try OwnSizes.model(invocation, base: named)
    let account = ParameterAccount(
      of: own ?? named,
      beside: own == nil ? nil : named,
      in: invocation.language
    )
    let path = invocation[Self.output]
    let result =
      switch invocation[Self.format] {
      case .json: Self.json(account).text + "\n"
      case .csv: Self.csv(account)
      case .svg: SVG.standalone(account.figure.scene)
      case .html: page(of: account, named, own, invocation).html
      case .text:
        TerminalArticle(
          account.article,
          terminal: invocation.reading(.width, from: Self.columns).style(on: console, to: path)
        ).lines.map { $0 + "\n" }.joined()
      }
    try console.deliver(result, to: path)
    return .success
  }

  /// The page; of a published model, and of sizes beside it, with a form for other sizes, which needs the program alone.
  private func page(
    of account: ParameterAccount,
    _ named: CountedModel,
    _ own: CountedModel?,
    _ invocation: Invocation
  ) -> ArticlePage {
    guard CountedModel.published.contains(named), !invocation[PageOutput.still] else {
      return ArticlePage(account.article)
    }
    let sizes = (own ?? named).sizes
    return ArticlePage(
      account.article,
      asking: (
        .sizes(SizesForm(sizes, in: invocation.language)),
        Living(program: BuiltInModel.program, model: nil)
      )
    )
  }

  /// The model's count; with sizes of one's own, the named model's under `beside`.
  private static func json(_ account: ParameterAccount) -> JSON {
    guard case .members(let members) = account.model.json, let other = account.other else {
      return account.model.json
    }
    return .members(members + [JSON.Member("beside", other.json)])
  }

  /// A row for each category.
  private static func csv(_ account: ParameterAccount) -> String {
    let heading = [
      "model", "name", "rows", "columns", "matrices", "weights", "running_total", "share",
      "distinct_weights",
    ]
    let models = [account.model] + (account.other.map { [$0] } ?? [])
    return models.reduce(into: CSV.row(heading)) { text, model in
      let count = model.count
      for (category, total) in zip(count.categories, count.runningTotals) {
        text += CSV.row([
          CSV.safe(model.name), category.name, "\(category.rows)", "\(category.columns)",
          "\(category.matrices)", "\(category.weights)", "\(total)",
          "\(Double(category.weights) / Double(count.weights))",
          "\(count.distinctWeights(of: category))",
        ])
      }
    }
  }
}
