import Graphics
import Pages
import Walkthrough

/// `explain steps PROMPT`.
struct StepsCommand: Command {
  let name = "steps"
  let summary = "tell every stage in the terminal, with its tables, or give their numbers as data"
  let arguments = [ArgumentSpec.prompt]
  let options =
    [stage, step, format, output] + ModelRun.options + [.layer, .head, .language, .seed]
  let examples = [
    "explain steps \"The capital of Italy is\"",
    "explain steps --stage attention --layer 0 --head 1 \"Once upon a time\"",
    "explain steps --step 4.7 \"The capital of Italy is\"",
    "explain steps --format json \"To be or not to be\"",
  ]

  private static let stage = OptionSpec(
    "stage",
    .choice(StageID.allCases.map(\.rawValue)),
    help: "only this stage",
    defaultText: "all"
  )
  private static let step = OptionSpec(
    "step",
    .text(placeholder: "N.M"),
    help: "only this step, by its number in the walkthrough, such as 4.7"
  )
  private static let format = OptionSpec.format("text", "json")
  private static let output = OptionSpec.output(
    "FILE",
    help: "the file for the result",
    defaultText: "standard output"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let run = try ModelRun(invocation, on: console)
    let walkthrough = Walkthrough(
      of: try run.recordWithReasons(invocation.recordingOptions),
      in: invocation.language,
      layer: invocation.integer(.layer),
      head: invocation.integer(.head)
    )
    let step = try invocation.text(Self.step).map { try number($0, in: walkthrough, invocation) }
    let stages =
      invocation.text(Self.stage).flatMap(StageID.init).map { [$0] } ?? StageID.allCases
    let path = invocation.text(Self.output)
    let text =
      switch invocation.text(Self.format) {
      case "json":
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
    guard invocation.text(Self.stage) == nil, invocation.text(Self.format) != "json" else {
      throw CLIError.usage("--step shows one step as text; leave out --stage and --format json")
    }
    guard let number = StepNumber(text) else {
      throw CLIError.usage("--step is a stage and a step, such as 4.7, not “\(text)”")
    }
    guard walkthrough[number] == nil else { return number }
    let stages = walkthrough.stages
    guard number.stage <= stages.count else {
      throw CLIError.usage("there is no step \(text): the stages are 1 to \(stages.count)")
    }
    let count = stages[number.stage - 1].steps.count
    throw CLIError.usage(
      "there is no step \(text): stage \(number.stage) has the steps \(number.stage).1 to "
        + "\(number.stage).\(count)"
    )
  }
}
