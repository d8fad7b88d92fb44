import Files
import Traces
import Transformer

/// `explain trace PROMPT -o FILE`.
struct TraceCommand: Command {
  let name = "trace"
  let summary = "record a run into a trace file, and nothing else"
  let arguments = [ArgumentSpec.prompt]
  let options = [output, names] + ModelRun.options + [.seed]
  let examples = [
    "explain trace \"The capital of Italy is\" -o trace.safetensors",
    "explain trace \"Once upon a time\" -o patterns.safetensors --names \"blocks.*.hook_pattern,logits\"",
  ]

  private static let output = OptionSpec.output(
    "FILE",
    help: "the trace file, in the safetensors format",
    defaultText: nil
  )
  private static let names = OptionSpec(
    "names",
    .text(placeholder: "LIST"),
    help: "record only these: names or patterns with * and ?, separated by commas",
    defaultText: "everything"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    guard let file = invocation.text(Self.output) else {
      throw CLIError.usage("explain trace needs -o FILE: the trace's file")
    }
    guard file != "-" else {
      throw CLIError.usage("-o -: a trace is a file that is mapped, not a stream; give it a name")
    }
    let selection: NameSelection? =
      if let list = invocation.text(Self.names) { try NameSelection(list) } else { nil }
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
      throw CLIError.usage(
        "--names “\(unused)” is the name of nothing this model records"
          + Spelling.suggestion(for: unused, among: names)
      )
    }
    try OutputFile(path: file).replace { try trace.write(to: $0) }
    if let broken = trace.notFinite { console.warn("\(file): \(broken.sentence)") }
    try console.print(paths: [file])
    console.tellSize(of: [file])
    return .success
  }
}
