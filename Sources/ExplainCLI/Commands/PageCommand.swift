import Pages
import Transformer
import Walkthrough

/// `explain page PROMPT`, and `explain PROMPT`.
struct PageCommand: Command {
  let name = "page"
  let summary = "write the walkthrough page, its figures and its trace"
  let arguments = [ArgumentSpec.prompt]
  let options =
    [OptionSpec.pageFolder] + ModelRun.options + [.layer, .head, .language, .seed]
  let examples = [
    "explain \"The king and the queen\"",
    "explain page --model gpt2 --language ja -o my-page \"東京はどこ\"",
    "echo \"O Romeo, Romeo\" | explain -",
  ]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let run = try ModelRun(invocation, on: console)
    let trace = run.record(invocation.recordingOptions)
    let walkthrough = Walkthrough(
      of: trace,
      in: invocation.language,
      layer: invocation.integer(.layer),
      head: invocation.integer(.head)
    )
    let page = try PageFolder(invocation.text(.pageFolder), prompt: run.prompt)
      .write(walkthrough, of: trace)
    try console.print([page])
    console.note(
      "open it in a browser; the numbers behind it: explain inspect \(page.droppingFile)"
    )
    return .success
  }
}

extension ArgumentSpec {
  /// The text a model is given.
  static let prompt = ArgumentSpec(
    "PROMPT",
    help: "the text the model is given; - reads it from standard input"
  )
}

extension OptionSpec {
  /// Where a page goes.
  static let pageFolder = output(
    "FOLDER",
    help: "the folder for index.html, figures and trace.safetensors",
    defaultText: "output/, then the prompt's words"
  )
}

extension Invocation {
  /// The language of the explanation.
  var language: Language { text(.language).flatMap(Language.init) ?? .en }

  /// What to record for a walkthrough.
  var recordingOptions: RecordingOptions {
    var options = RecordingOptions()
    options.seed = UInt64(integer(.seed) ?? 0)
    return options
  }
}

extension String {
  /// The path of the folder a file's path ends in.
  fileprivate var droppingFile: String { OutputFolder.parent(of: self) }
}
