import Formats
import Attribution
import Graphics
import Pages
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// `explain why PROMPT`.
struct WhyCommand: Command {
  let name = "why"
  let summary = say(
    en: "tell why the model says this token: which head, which MLP, which word made it",
    ja: "モデルがなぜそのトークンを答えたか、どのヘッド、どの MLP、どの語が効いたかを示します"
  )
  let arguments = [ArgumentSpec.prompt]
  let options =
    WhyQuestion.options + specs(top, neurons, format, output) + ModelRun.options
    + specs(.language)
  let examples = [
    "explain why \"The capital of Italy is\"",
    "explain why \"The capital of Italy is\" --token \" Rome\" --against \" pasta\" --top 5",
    "explain why \"The capital of Italy is\" --ablate blocks.0.attn.head.2",
    "explain why \"The king\" --format svg -o why.svg",
  ]

  private static let top = Option(
    "top",
    .integer("N", 1...1000),
    default: 10,
    help: say(
      en: "how many rows tables and figures have; data has all",
      ja: "表と図の行数。データにはすべて入ります"
    )
  )
  private static let neurons = Option(
    flag: "neurons",
    help: say(
      en: "also tell what each neuron says directly",
      ja: "各ニューロンの直接の寄与も示します"
    )
  )
  private static let format = Option.format(.text, .json, .csv, .svg, .html)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let run = try ModelRun(invocation, on: console)
    guard !run.interventions.contains(where: { $0.sets(.probabilities) }) else {
      throw CLIError.probabilitiesSet
    }
    let configuration = run.model.transformer.configuration
    let attribution = Attribution(
      of: run.tokens,
      at: try WhyQuestion.position(invocation, length: run.tokens.count),
      by: run.model.transformer,
      run.interventions
    )
    guard attribution.logits.firstNonFinite == nil else {
      throw RunError.logitsNotFinite(model: run.model.name)
    }
    let question = try WhyQuestion(invocation, about: attribution, of: run.model)
    let count = configuration.layerCount * (configuration.headCount + 1)
    let progress = WorkProgress(
      of: say(
        en: "\(count) heads and MLPs, each switched off once",
        ja: "\(count) 個のヘッドと MLP を1つずつ切って計算しています"
      ),
      on: console
    )
    var reasons = attribution.reasons(of: question.contrast, run.model, prompt: run.prompt) {
      progress.show($0)
    }
    progress.clear()
    if !attribution.hasTerms {
      console.warn(
        en:
          "\(run.model.name) caps its logits, so that they are no sum of what the parts add: there are "
          + "no terms",
        ja: "\(run.model.name) はロジットに上限をかけるので、ロジットは各部分の寄与の和になりません。項の表はありません。"
      )
    }
    if invocation[Self.neurons], attribution.hasTerms {
      reasons.neurons = attribution.neurons(of: question.contrast)
    }
    let report = WhyReport(
      reasons,
      top: invocation[Self.top],
      in: invocation.language
    )
    let path = invocation[Self.output]
    let text = try invocation.text(
      of: report.article,
      as: Self.format,
      to: path,
      on: console,
      json: { JSON(reasons) },
      csv: { CSV.text(of: reasons) },
      scene: { () throws(CLIError) in report.figure.scene }
    )
    try console.deliver(text, to: path)
    return .success
  }
}
