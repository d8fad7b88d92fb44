import Files
import Traces
import Transformer

/// `explain trace PROMPT -o FILE`.
struct TraceCommand: Command {
  let name = "trace"
  let summary = say(
    en: "record a run into a trace file, and nothing else",
    ja: "1回の計算をトレースのファイルに記録します（ほかには何も書きません）"
  )
  let arguments = [ArgumentSpec.prompt]
  let options = specs(output, names) + ModelRun.options + specs(.seed)
  let examples = [
    "explain trace \"The capital of Italy is\" -o trace.safetensors",
    "explain trace \"Once upon a time\" -o patterns.safetensors --names \"blocks.*.hook_pattern,logits\"",
  ]

  private static let output = Option.output(
    "FILE",
    help: say(
      en: "the trace file, in the safetensors format",
      ja: "トレースのファイル（safetensors 形式）"
    ),
    otherwise: nil
  )
  private static let names: Option<String?> = Option(
    "names",
    .text("LIST"),
    help: say(
      en: "record only these: names or patterns with * and ?, separated by commas",
      ja: "これだけを記録します。名前、または * と ? を使ったパターンを、コンマで区切って並べます"
    ),
    otherwise: say(en: "everything", ja: "すべて")
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    guard let file = invocation[Self.output] else {
      throw CLIError.usage(
        en: "explain trace needs -o FILE: the trace's file",
        ja: "explain trace には -o FILE（トレースのファイル）が必要です。"
      )
    }
    guard file != "-" else {
      throw CLIError.usage(
        en: "-o -: a trace is a file that is mapped, not a stream; give it a name",
        ja: "-o -：トレースはファイルとして読むもので、標準出力には流せません。名前を付けてください。"
      )
    }
    let selection: NameSelection? =
      if let list = invocation[Self.names] { try NameSelection(list) } else { nil }
    let run = try ModelRun(invocation, on: console)
    var options = invocation.recordingOptions
    options.budget = nil
    if let selection {
      let layers = run.model.transformer.configuration.layerCount
      let unknown = selection.unused(among: HookPoint.readable(layerCount: layers).map(\.name))
      options.keeps = selection.contains
      // What is no hook point may be a fact; which facts there are is known once they are recorded.
      options.recordsFacts = !unknown.isEmpty
    }
    // Of a choice of tensors there is nothing more than what was chosen.
    let trace = try selection == nil ? run.recordWithReasons(options) : run.record(options)
    if let unused = selection?.unused(among: trace.tensors.keys).first {
      let names = trace.tensors.keys.sorted() + HookPoint.all(layerCount: 1).map(\.name)
      let suggestion = Spelling.suggestion(for: unused, among: names)
      throw CLIError.usage(
        en: "--names “\(unused)” is the name of nothing this model records\(suggestion.en)",
        ja: "--names の「\(unused)」にあたるものを、このモデルは記録しません。\(suggestion.ja)"
      )
    }
    try OutputFile(path: file).replace { try trace.write(to: $0) }
    if let broken = trace.notFinite {
      console.warn(en: "\(file): \(broken.sentence.en)", ja: "\(file)：\(broken.sentence.ja)")
    }
    try console.print(paths: [file])
    console.tellSize(of: [file])
    return .success
  }
}
