import Graphics
import Pages
import Walkthrough

/// `explain steps PROMPT`.
struct StepsCommand: Command {
  let name = "steps"
  let summary = "tell every stage in the terminal, with its tables, or give their numbers as data"
  let arguments = [ArgumentSpec.prompt]
  let options =
    [stage, format, output] + ModelRun.options + [.layer, .head, .language, .seed]
  let examples = [
    "explain steps \"The capital of Italy is\"",
    "explain steps --stage attention --layer 0 --head 1 \"Once upon a time\"",
    "explain steps --format json \"To be or not to be\"",
  ]

  private static let stage = OptionSpec(
    "stage",
    .choice(StageID.allCases.map(\.rawValue)),
    help: "only this stage",
    defaultText: "all ten"
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
    let stages =
      invocation.text(Self.stage).flatMap(StageID.init).map { [$0] } ?? StageID.allCases
    let path = invocation.text(Self.output)
    let text =
      switch invocation.text(Self.format) {
      case "json":
        WalkthroughJSON(walkthrough, stages: stages).text + "\n"
      default:
        TerminalPage(walkthrough, terminal: invocation.style(on: console, to: path), stages: stages)
          .text
      }
    try console.deliver(text, to: path)
    return .success
  }
}
