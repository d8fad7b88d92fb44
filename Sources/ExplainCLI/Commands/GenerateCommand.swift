import Formats
import Graphics
import Pages
import Transformer
import Walkthrough

/// `explain generate PROMPT`.
struct GenerateCommand: Command {
  let name = "generate"
  let summary = say(
    en: "go on writing: predict, sample, append, repeat, with every choice shown",
    ja: "文章の続きを書きます。予測し、選び、つなげることをくり返し、どのトークンがどう選ばれたかを毎回示します"
  )
  let arguments = [ArgumentSpec.prompt]
  let options =
    SamplingRequest.options(tokens)
    + specs(SamplingRequest.stop, candidates, versus, format, output, PageOutput.still)
    + specs(.model, .noSpecial, .language)
    + OptionSpec.interventions
  let examples = [
    "explain generate \"Once upon a time\"",
    "explain generate --temperature 0 --tokens 100 --quiet \"The king\"",
    "explain generate --top-k 5 --seed 7 --format json \"The king\"",
    "explain generate --temperature 0,0.7,1.5 --format html -o story \"The king\"",
  ]

  private static let tokens = SamplingRequest.tokens(default: 40)
  private static let candidates = Option(
    "candidates",
    .integer("N", 1...1_000_000),
    default: StoryPage.candidateCount,
    help: say(
      en: "how many of the likeliest tokens to show at each step",
      ja: "各段階で、確率の高いトークンを何個示すか"
    ),
    told: {
      say(
        en: "\($0); in the terminal the likeliest five, none below 0.0005",
        ja: "\($0)。端末では上位5個のうち 0.0005 以上のもの"
      )
    }
  )
  private static let format = Option.format(.text, .json, .html)
  private static let output = Option.output(
    "PATH",
    help: say(
      en: "the file for the result; for html a folder, or a file whose name ends in .html",
      ja: "結果を書くファイル。html ではフォルダー、または名前が .html で終わるファイル"
    ),
    otherwise: say(
      en: "standard output; for html “story” in the prompt's folder",
      ja: "標準出力。html ではプロンプトのフォルダーの中の story"
    )
  )
  private static let versus: Option<String?> = Option(
    "versus",
    .text("PATH", .filesOr(BuiltInModel.all.map(\.word))),
    help: say(
      en: "a second model, which goes on from the same prompt beside the first",
      ja: "2つ目のモデル。同じプロンプトの続きを、1つ目と並べて書きます"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let request = SamplingRequest(invocation, tokens: Self.tokens, on: console)
    let prompt = try PromptInput.read(invocation, mayBeEmpty: true)
    let paths = [invocation[.model]] + (invocation[Self.versus].map { [$0] } ?? [])
    let format = invocation[Self.format]
    let isQuiet = invocation[.quiet]
    let isStepped = format != .text || !isQuiet
    var writers: [Writer] = []
    for path in paths {
      let model =
        try path == nil
        ? invocation.model(for: prompt, on: console) : TextInput.model(at: path, on: console)
      let tokens = try TextInput.tokens(
        of: prompt,
        for: model,
        addingSpecialTokens: !invocation[.noSpecial],
        on: console
      )
      // A position may lie beyond the prompt: what is set there is set when it comes.
      let interventions = try invocation.interventionsOnLogits(of: model, length: nil)
      writers += request.sampling.map { sampling in
        Writer(
          model,
          prompt: tokens,
          sampling,
          interventions,
          stops: request.stop.map { [$0] } ?? [],
          candidates: isStepped ? invocation[Self.candidates] : 0
        )
      }
    }
    let path = invocation[Self.output]
    let lines = GeneratedTextLines(
      invocation.style(on: console, to: path),
      in: invocation.language,
      showing: invocation.given(Self.candidates)
    )
    let limit = request.tokenLimit
    switch format {
    case .json:
      let all = try writers.map { writer in
        let done = try writer.finished(limit: limit)
        return JSON(done.story, ending: done.ending)
      }
      try console.deliver((all.count == 1 ? all[0] : .array(all)).text + "\n", to: path)
    case .html:
      let stories = try writers.map { try $0.finished(limit: limit).story }
      // What is set from outside, a second model's text and an own end are those of this text alone.
      let isStill =
        invocation[PageOutput.still] || invocation[Self.versus] != nil || request.stop != nil
        || stories.isEmpty || prompt.isEmpty || stories.contains { !$0.interventions.isEmpty }
      let living = isStill ? nil : Living.carrying(writers[0].model, at: paths[0])
      let page = StoryPage(
        stories,
        in: invocation.language,
        asking: living.map { (prompt, $0) }
      ).html
      try StoryFolder(path, prompt: prompt).write(page, on: console)
    default:
      if writers.count > 1 {
        let stories = try writers.map { try $0.finished(limit: limit).story }
        let text = lines.columns(of: stories).map { $0 + "\n" }.joined()
        return try console.delivered(text, to: path)
      }
      let printer = StoryPrinter(writer: writers[0], lines: lines, limit: limit)
      guard path == nil || path == "-" else {
        var text = ""
        try printer.print(isQuiet: isQuiet) { part in text += part }
        return try console.delivered(text, to: path)
      }
      console.endsLineWhenInterrupted()
      try printer.print(isQuiet: isQuiet) { part in
        try console.write((isQuiet ? console.harmless(part) : part).utf8)
        try console.flush()
      }
    }
    return .success
  }
}

extension Console {
  fileprivate func delivered(_ text: String, to path: String?) throws -> ExitCode {
    try deliver(text, to: path)
    return .success
  }
}

/// Lets a model write, and prints what happens while it does.
private struct StoryPrinter {
  let writer: Writer
  let lines: GeneratedTextLines
  let limit: Int

  func print(isQuiet: Bool, _ emit: (String) throws -> Void) throws {
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
    try emit(joined(lines.closing(of: writer.story) + lines.next(after: writer.story)))
  }

  private func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }
}
