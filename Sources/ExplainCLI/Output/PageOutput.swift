import Pages
import Traces
import Walkthrough

/// Where a page goes: its folder, one HTML file, or standard output.
struct PageOutput {
  /// The option that says so.
  static let option = OptionSpec.output(
    "PATH",
    help: "the folder for index.html, figures and trace.safetensors; or the page alone: "
      + "FILE.html, or - for standard output",
    defaultText: "output/, then the prompt's words"
  )

  /// The options of every command that writes a page.
  static let options: [OptionSpec] = [option, .layer, .head, .language]

  /// Tells a trace and writes the page of it.
  ///
  /// - Throws: What writing throws.
  static func write(_ trace: Trace, _ invocation: Invocation, on console: Console) throws {
    let walkthrough = Walkthrough(
      of: trace,
      in: invocation.language,
      layer: invocation.integer(.layer),
      head: invocation.integer(.head)
    )
    let path = invocation.text(option)
    if let path, path == "-" || path.hasSuffix(".html") {
      return try console.deliver(HTMLPage(walkthrough).html, to: path)
    }
    let page = try PageFolder(path, prompt: trace.prompt).write(walkthrough, of: trace)
    try console.print(paths: [page])
    let folder = OutputFolder.parent(of: page)
    console.note("open it in a browser; the numbers behind it: explain inspect \(folder)")
  }
}
