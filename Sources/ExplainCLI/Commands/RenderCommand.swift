import Files
import Traces

/// `explain render FILE`.
struct RenderCommand: Command {
  let name = "render"
  let summary = say(
    en: "write the page of a trace file, whoever recorded it",
    ja: "トレースのファイルからページを書きます（だれが記録したものでもかまいません）"
  )
  let arguments = [
    ArgumentSpec(
      "FILE",
      help: say(
        en: "a trace: safetensors under TransformerLens's names",
        ja: "トレース。TransformerLens の名前で記録した safetensors ファイル"
      ),
      offer: .files
    )
  ]
  let options = PageOutput.options
  let examples = ["explain render trace.safetensors -o page"]

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let file = invocation.arguments[0].text
    let trace = try Trace(contentsOf: file)
    guard !trace.tokens.isEmpty else {
      throw CLIError(
        .badData,
        en: "\(file): has no token to explain",
        ja: "\(file)：説明するトークンがありません。"
      )
    }
    try invocation.check(.layer, count: trace.layerCount, .layer)
    try invocation.check(.head, count: trace.model.headCount ?? 0, .head)
    try PageOutput.write(trace, invocation, on: console)
    return .success
  }
}
