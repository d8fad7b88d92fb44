import Files
import Formats
import Graphics
import Pages
import Tensors
import Traces

/// `explain inspect FILE`.
struct InspectCommand: Command {
  let name = "inspect"
  let summary = "list what is in a trace or a checkpoint, print one tensor, or check a trace's laws"
  let arguments = [
    ArgumentSpec("FILE", help: "a safetensors file, or a folder that holds some")
  ]
  let options = [tensor, check, format]
  let examples = [
    "explain inspect trace.safetensors",
    "explain inspect trace.safetensors --tensor blocks.0.attn.hook_pattern --format json",
    "explain inspect trace.safetensors --check",
  ]

  private static let tensor = OptionSpec(
    "tensor",
    .text(placeholder: "NAME"),
    help: "print the values of this tensor"
  )
  private static let check = OptionSpec(
    "check",
    .flag,
    help: "check the laws that every trace obeys; exit code 65 if one is broken"
  )
  private static let format = OptionSpec.format("text", "csv", "json")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let path = invocation.arguments[0].text
    let format = invocation.text(Self.format) ?? "text"
    let style = console.style(for: invocation)
    if invocation.has(Self.check) {
      guard !invocation.has(Self.tensor) else {
        throw CLIError.usage("--check and --tensor ask for different things; give one of them")
      }
      return try checkLaws(of: path, format, style, on: console)
    }
    let contents = try TensorFiles(at: path)
    if let name = invocation.text(Self.tensor) {
      let listing = TensorListing(name: name, tensor: try contents.tensor(named: name))
      switch format {
      case "json": try console.write((listing.json.text + "\n").utf8)
      case "csv": try listing.writeCSV(on: console)
      default: try console.print(listing.lines(style))
      }
      return .success
    }
    let summary = FileSummary(of: contents)
    switch format {
    case "json": try console.write((summary.json.text + "\n").utf8)
    case "csv": try console.write(summary.csv.utf8)
    default: try console.print(summary.lines(style))
    }
    return .success
  }

  private func checkLaws(
    of path: String,
    _ format: String,
    _ style: TerminalStyle,
    on console: Console
  ) throws -> ExitCode {
    let path = try TensorFiles.traceFile(at: path)
    let report = CheckReport(of: try Trace(contentsOf: path))
    switch format {
    case "json": try console.write((report.json.text + "\n").utf8)
    case "csv": try console.write(report.csv.utf8)
    default: try console.print(report.lines(style))
    }
    let broken = report.brokenCount
    guard broken == 0 else {
      throw CLIError(
        .badData,
        "\(path): \(broken) of \(report.checks.count) laws \(broken == 1 ? "is" : "are") broken"
      )
    }
    return .success
  }
}
