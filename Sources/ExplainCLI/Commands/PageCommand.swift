import Traces
import Transformer
import Walkthrough

/// `explain page PROMPT`, and `explain PROMPT`.
struct PageCommand: Command {
  let name = "page"
  let summary = say(
    en: "write the walkthrough page, its figures and its trace",
    ja: "計算を順にたどるページと、その図、トレース（計算の記録）を書きます"
  )
  let arguments = [ArgumentSpec.prompt]
  let options = PageOutput.options + ModelRun.options + specs(.seed)
  let examples = [
    "explain \"The capital of Italy is\"",
    "explain page --model gpt2 --language ja -o my-page \"東京はどこ\"",
    "echo \"Once upon a time\" | explain -",
  ]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let run = try ModelRun(invocation, on: console)
    try PageOutput.write(
      run.recordWithReasons(invocation.recordingOptions),
      carrying: .files(of: run.model, at: invocation[.model]),
      invocation,
      on: console
    )
    return .success
  }
}

extension ArgumentSpec {
  /// The text a model is given.
  static let prompt = ArgumentSpec(
    "PROMPT",
    help: say(
      en: "the text the model is given; - reads it from standard input",
      ja: "モデルに渡す文章。- なら標準入力から読みます"
    )
  )
}

extension Invocation {
  /// The language of the explanation.
  var language: Language { self[.language] ?? localeLanguage }

  /// What to record for a walkthrough.
  var recordingOptions: RecordingOptions {
    var options = RecordingOptions()
    options.seed = self[.seed]
    options.budget = self[PageOutput.fullTrace] ? nil : TraceExcerpt.budget
    let (layer, head) = (self[.layer], self[.head])
    options.opensLayer = { Walkthrough.openedLayer(of: $0, layer: layer, head: head) }
    return options
  }
}
