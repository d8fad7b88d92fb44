import Graphics
import Pages
import Walkthrough

/// `explain steps PROMPT`.
struct StepsCommand: Command {
  let name = "steps"
  let summary = say(
    en: "tell every stage in the terminal, with its tables, or give their numbers as data",
    ja: "すべての段階を表とともに端末に表示するか、その数をデータとして出力します"
  )
  let arguments = [ArgumentSpec.prompt]
  let options =
    specs(stage, step, format, output) + ModelRun.options + specs(.layer, .head, .language, .seed)
  let examples = [
    "explain steps \"The capital of Italy is\"",
    "explain steps --stage attention --layer 0 --head 1 \"Once upon a time\"",
    "explain steps --step 4.7 \"The capital of Italy is\"",
    "explain steps --format json \"To be or not to be\"",
  ]

  private static let stage: Option<StageID?> = Option(
    "stage",
    .choice,
    help: say(en: "only this stage", ja: "この段階だけ"),
    otherwise: say(en: "all of them", ja: "すべて")
  )
  private static let step: Option<String?> = Option(
    "step",
    .text("N.M"),
    help: say(
      en: "only this step, by its number in the walkthrough, such as 4.7",
      ja: "この番号のステップだけ（例：4.7）"
    )
  )
  private static let format = Option.format(.text, .json)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let run = try ModelRun(invocation, on: console)
    let walkthrough = Walkthrough(
      of: try run.recordWithReasons(invocation.recordingOptions),
      in: invocation.language,
      layer: invocation[.layer],
      head: invocation[.head]
    )
    let step = try invocation[Self.step].map { try number($0, in: walkthrough, invocation) }
    let stages = invocation[Self.stage].map { [$0] } ?? StageID.allCases
    let path = invocation[Self.output]
    let text =
      switch invocation[Self.format] {
      case .json:
        WalkthroughJSON(walkthrough, stages: stages).text + "\n"
      default:
        TerminalPage(
          walkthrough,
          terminal: invocation.style(on: console, to: path),
          stages: stages,
          step: step
        ).text
      }
    try console.deliver(text, to: path)
    return .success
  }

  /// The step that was asked for, if there is such a one.
  private func number(
    _ text: String,
    in walkthrough: Walkthrough,
    _ invocation: Invocation
  ) throws -> StepNumber {
    guard !invocation.has(Self.stage), invocation[Self.format] != .json else {
      throw CLIError.usage(
        en: "--step shows one step as text; leave out --stage and --format json",
        ja: "--step は1つのステップを文章で示します。--stage や --format json とは一緒に使えません"
      )
    }
    guard let number = StepNumber(text) else {
      throw CLIError.usage(
        en: "--step is a stage and a step, such as 4.7, not “\(text)”",
        ja: "--step には段階とステップの番号（例：4.7）を渡します。「\(text)」は違います"
      )
    }
    guard walkthrough[number] == nil else { return number }
    let stages = walkthrough.stages
    guard number.stage <= stages.count else {
      throw CLIError.usage(
        en: "there is no step \(text): the stages are 1 to \(stages.count)",
        ja: "ステップ \(text) はありません。段階は 1 から \(stages.count) までです"
      )
    }
    let count = stages[number.stage - 1].steps.count
    throw CLIError.usage(
      en:
        "there is no step \(text): stage \(number.stage) has the steps \(number.stage).1 to \(number.stage).\(count)",
      ja:
        "ステップ \(text) はありません。第\(number.stage)段階のステップは \(number.stage).1 から \(number.stage).\(count) までです"
    )
  }
}
