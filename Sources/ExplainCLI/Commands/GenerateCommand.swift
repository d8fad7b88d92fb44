import Graphics
import Pages
import Transformer
import Walkthrough

/// `explain generate PROMPT`.
struct GenerateCommand: Command {
  let name = "generate"
  let summary = "go on writing: predict, sample, append, repeat, with every choice shown"
  let arguments = [ArgumentSpec.prompt]
  let options =
    SamplingRequest.options + [SamplingRequest.stop, candidates, format, output, .model, .language]
  let examples = [
    "explain generate \"O Romeo, Romeo\"",
    "explain generate --temperature 0 --tokens 100 --quiet \"The king\"",
    "explain generate --top-k 5 --seed 7 --format json \"The king\"",
  ]

  private static let candidates = OptionSpec(
    "candidates",
    .integer(placeholder: "N", 1...1_000_000),
    help: "how many of the likeliest tokens to show at each step",
    defaultText: "20"
  )
  private static let format = OptionSpec.format("text", "json")
  private static let output = OptionSpec.output(
    "FILE",
    help: "the file for the result",
    defaultText: "standard output"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let request = try SamplingRequest(invocation, on: console)
    guard let sampling = request.sampling.first, request.sampling.count == 1 else {
      throw CLIError.usage("--temperature takes one number")
    }
    let input = try TextInput(
      PromptInput.read(invocation, mayBeEmpty: true),
      invocation,
      on: console
    )
    let isQuiet = invocation.has(.quiet)
    let isJSON = invocation.text(Self.format) == "json"
    let writer = Writer(
      input.model,
      prompt: input.tokens,
      sampling,
      stops: request.stop.map { [$0] } ?? [],
      candidates: isQuiet && !isJSON ? 0 : invocation.integer(Self.candidates) ?? 20
    )
    let path = invocation.text(Self.output)
    let page = Printer(
      lines: GeneratedTextLines(
        invocation.style(on: console, to: path),
        in: invocation.language
      ),
      limit: request.tokenLimit
    )
    if isJSON {
      let (story, ending) = try page.finish(writer)
      try console.deliver(JSON(story, ending: ending).text + "\n", to: path)
    } else if let path, path != "-" {
      var text = ""
      try page.print(writer, isQuiet: isQuiet) { part in text += part }
      try console.deliver(text, to: path)
    } else {
      console.endsLineWhenInterrupted()
      try page.print(writer, isQuiet: isQuiet) { part in
        try console.write((isQuiet ? console.harmless(part) : part).utf8)
        try console.flush()
      }
    }
    return .success
  }

  /// Lets a model write, and prints what happens while it does.
  private struct Printer {
    let lines: GeneratedTextLines
    let limit: Int

    /// Writes to the end without printing.
    func finish(_ writer: Writer) throws -> (GeneratedText, String?) {
      var writer = writer
      for _ in 0..<limit where !writer.isEnded { _ = try writer.write() }
      _ = writer.finish()
      return (writer.story, writer.ending)
    }

    func print(_ writer: Writer, isQuiet: Bool, _ emit: (String) throws -> Void) throws {
      var writer = writer
      if isQuiet {
        try emit(writer.story.text)
        for _ in 0..<limit where !writer.isEnded {
          let text = try writer.write()
          if !text.isEmpty { try emit(text) }
        }
        return try emit(writer.finish() + "\n")
      }
      try emit(joined(lines.opening(of: writer.story)))
      for number in 0..<limit where !writer.isEnded {
        _ = try writer.write()
        let step = writer.story.steps[number]
        try emit(joined(lines.lines(of: step, number: number + 1, in: writer.story)))
      }
      _ = writer.finish()
      try emit(joined(lines.closing(of: writer.story)))
    }

    private func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
  }
}
