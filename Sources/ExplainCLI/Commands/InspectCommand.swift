import Files
import Formats
import Graphics
import Pages
import Tensors
import Traces
import Walkthrough

/// `explain inspect FILE`.
struct InspectCommand: Command {
  let name = "inspect"
  let summary =
    "list what is in a trace or a checkpoint, print one tensor, check a trace's laws, or show how a number came about"
  let arguments = [
    ArgumentSpec("FILE", help: "a safetensors file, or a folder that holds some")
  ]
  let options = [tensor, check, why, depth, top, madeBy, OptionSpec.language, format]
  let examples = [
    "explain inspect trace.safetensors",
    "explain inspect trace.safetensors --tensor blocks.0.attn.hook_pattern --format json",
    "explain inspect trace.safetensors --check",
    "explain inspect trace.safetensors --why 'blocks.0.attn.hook_pattern[2,4,3]'",
    "explain inspect trace.safetensors --why 'logits[4,7]' --depth 3 --top 2",
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
  private static let why = OptionSpec(
    "why",
    .text(placeholder: "CELL"),
    help: "print how this number came about: NAME[i,j], or another expression as in data-derived"
  )
  private static let depth = OptionSpec(
    "depth",
    .integer(placeholder: "N", 1...100),
    help: "follow it back so many steps, as a tree",
    defaultText: "1: what the number itself is made of"
  )
  private static let top = OptionSpec(
    "top",
    .integer(placeholder: "N", 1...1_000_000),
    help: "tell so many terms of a sum one by one, the largest, and the others together",
    defaultText: "10; 2 with --depth; all in JSON"
  )
  private static let madeBy = OptionSpec(
    "model",
    .text(placeholder: "PATH"),
    help:
      "the model that made the trace, whose weights --why reads; --check then tests every number's formula",
    defaultText: "the built-in teaching model, where it made the trace"
  )
  private static let format = OptionSpec.format("text", "csv", "json")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let path = invocation.arguments[0].text
    let format = invocation.text(Self.format) ?? "text"
    let style = console.style(for: invocation)
    let asked = [Self.check, Self.tensor, Self.why].filter { invocation.has($0) }.map(\.typed)
    guard asked.count < 2 else {
      let names = "\(asked.dropLast().joined(separator: ", ")) and \(asked.last ?? "")"
      throw CLIError.usage("\(names) ask for different things; give one of them")
    }
    if let cell = invocation.text(Self.why) {
      return try tellWhy(cell, path, invocation, style, on: console)
    }
    for option in [Self.depth, Self.top, .language] where invocation.has(option) {
      throw CLIError.usage("\(option.typed) goes with --why")
    }
    if invocation.has(Self.check) {
      return try checkLaws(of: path, invocation, style, on: console)
    }
    guard !invocation.has(Self.madeBy) else {
      throw CLIError.usage("--model goes with --why or --check")
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

  private func tellWhy(
    _ cell: String,
    _ path: String,
    _ invocation: Invocation,
    _ style: TerminalStyle,
    on console: Console
  ) throws -> ExitCode {
    guard invocation.text(Self.format) != "csv" else {
      throw CLIError.usage("--why comes as text or json")
    }
    let isJSON = invocation.text(Self.format) == "json"
    let trace = try Trace(contentsOf: try TensorFiles.traceFile(at: path, for: Self.why.typed))
    let question = try CellQuestion(
      cell,
      of: trace,
      modelAt: invocation.text(Self.madeBy),
      on: console
    )
    let depth = invocation.integer(Self.depth) ?? 1
    let limit = invocation.integer(Self.top) ?? (isJSON ? nil : depth > 1 ? 2 : 10)
    let (json, lines): (JSON, [String])
    do throws(DerivationError) {
      if let (name, place) = question.cell {
        let account = try CellAccount(
          of: name,
          at: place,
          in: trace,
          invocation.language,
          from: question.numbers,
          limit: limit,
          depth: depth
        )
        let report = CellReport(
          account: account,
          hasWeights: question.model != nil,
          words: CellReportWords(language: invocation.language)
        )
        (json, lines) = (account.json, report.lines(style))
      } else {
        let arithmetic = try Arithmetic(
          of: question.expression,
          from: question.numbers,
          limit: limit
        )
        (json, lines) = (
          arithmetic.json, CellReport.lines(arithmetic, style, in: invocation.language)
        )
      }
    } catch { throw question.failure(error) }
    if isJSON {
      try console.write((json.text + "\n").utf8)
    } else {
      try console.print(lines)
    }
    return .success
  }

  private func checkLaws(
    of path: String,
    _ invocation: Invocation,
    _ style: TerminalStyle,
    on console: Console
  ) throws -> ExitCode {
    let path = try TensorFiles.traceFile(at: path)
    let trace = try Trace(contentsOf: path)
    let model = try invocation.text(Self.madeBy).map {
      try CellQuestion.model(of: trace, at: $0, on: console)
    }
    let report = CheckReport(of: trace, by: model ?? nil)
    switch invocation.text(Self.format) {
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
