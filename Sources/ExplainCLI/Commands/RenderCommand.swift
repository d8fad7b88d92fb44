import Traces
import Walkthrough

/// `explain render FILE`.
struct RenderCommand: Command {
  let name = "render"
  let summary = "write the page of a trace file, whoever recorded it"
  let arguments = [
    ArgumentSpec("FILE", help: "a trace: safetensors under TransformerLens's names")
  ]
  let options: [OptionSpec] = [.pageFolder, .layer, .head, .language]
  let examples = ["explain render trace.safetensors -o page"]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let file = invocation.arguments[0].text
    let trace = try Trace(contentsOf: file)
    guard !trace.tokens.isEmpty else {
      throw CLIError(.badData, "\(file): has no token to explain")
    }
    try invocation.check(.layer, count: trace.layerCount, "layer")
    try invocation.check(.head, count: trace.model.headCount ?? 0, "head")
    let walkthrough = Walkthrough(
      of: trace,
      in: invocation.language,
      layer: invocation.integer(.layer),
      head: invocation.integer(.head)
    )
    let page = try PageFolder(invocation.text(.pageFolder), prompt: trace.prompt)
      .write(walkthrough, of: trace)
    try console.print([page])
    return .success
  }
}
