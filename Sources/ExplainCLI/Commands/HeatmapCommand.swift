import Formats
import Graphics
import Pages
import Tensors
import Traces
import Transformer
import Walkthrough

/// `explain heatmap PROMPT`.
struct HeatmapCommand: Command {
  let name = "heatmap"
  let summary = say(
    en: "draw attention patterns: what each head of each layer looks at",
    ja: "アテンションパターン（各レイヤーの各ヘッドがどこに注目するか）を描きます"
  )
  let arguments = [ArgumentSpec.prompt]
  let options =
    specs(output, format, scale) + ModelRun.options + specs(.layer, .head, .language)
  let examples = [
    "explain heatmap \"The capital of Italy is\"",
    "explain heatmap --layer 0 --head 1 --format text \"Once upon a time\"",
    "explain heatmap --scale row \"To be or not to be\"",
    "explain heatmap --format json \"To be or not to be\"",
  ]

  private static let output = Option.output(
    "PATH",
    help: say(
      en: "a folder for SVG files; for other formats a file",
      ja: "SVG ファイルを書くフォルダー。ほかの形式ではファイル"
    ),
    otherwise: say(
      en: "heatmaps in the prompt's folder; standard output",
      ja: "プロンプトのフォルダーの中の heatmaps。ほかの形式では標準出力"
    )
  )
  private static let format = Option.format(.svg, .text, .csv, .json)
  private static let scale: Option<AttentionScale?> = Option(
    "scale",
    .choice,
    help: say(
      en: "how shares become shades: in proportion, by square root, or each row up to its largest",
      ja: "割合を濃淡にする方法（比例、平方根、行ごとの最大値まで）"
    ),
    otherwise: say(
      en: "linear up to 12 tokens, sqrt for longer prompts",
      ja: "12 トークンまでは linear、それより長ければ sqrt"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let form = invocation[Self.format]
    if invocation.has(Self.scale), form != .svg, form != .text {
      throw CLIError.usage(
        en: "--scale says how shades are drawn; --format \(form.rawValue) has none",
        ja: "--scale は濃淡の描き方です。--format \(form.rawValue) に濃淡はありません。"
      )
    }
    let run = try ModelRun(invocation, on: console)
    var options = RecordingOptions()
    options.recordsFacts = false
    let layers = run.model.transformer.configuration.layerCount
    let patterns = Set((0..<layers).map { HookPoint.pattern($0).name })
    options.keeps = patterns.contains
    let trace = try run.record(options)

    let heatmaps = AttentionHeatmaps(
      of: trace,
      in: invocation.language,
      scale: invocation[Self.scale]
    )
    let heads = heatmaps.heads.filter {
      $0.layer == invocation[.layer] ?? $0.layer
        && $0.head == invocation[.head] ?? $0.head
    }
    let path = invocation[Self.output]
    switch form {
    case .text:
      let style = invocation.style(on: console, to: path)
      let notice = heatmaps.notice.map {
        TextWidth.wrap(style.plain("! " + $0), to: style.width) + [""]
      }
      let lines =
        (notice ?? []) + heads.flatMap { heatmaps[$0].scene.lines(style) + [""] }.dropLast()
      try console.deliver(lines.map { $0 + "\n" }.joined(), to: path)
    case .csv:
      try console.deliver(Self.csv(heads, trace), to: path)
    case .json:
      try console.deliver(Self.json(heads, trace).text + "\n", to: path)
    default:
      try writeFigures(heads, heatmaps, trace, to: path, on: console)
    }
    return .success
  }

  private func writeFigures(
    _ heads: [AttentionHeatmaps.Head],
    _ heatmaps: AttentionHeatmaps,
    _ trace: Trace,
    to path: String?,
    on console: Console
  ) throws {
    if let path, path == "-" || path.hasSuffix(".svg") {
      guard heads.count == 1 else {
        throw CLIError.usage(
          en:
            "-o \(path): one file holds one head; choose it with --layer and --head, or give a folder",
          ja: "-o \(path)：1つのファイルに描くのは1つのヘッドです。--layer と --head で選ぶか、フォルダーを指定してください。"
        )
      }
      return try console.deliver(SVG.standalone(heatmaps[heads[0]].scene), to: path)
    }
    var figures = heads.map { heatmaps[$0] }
    if heads.count == heatmaps.heads.count, let overview = heatmaps.overview {
      figures.insert(overview, at: 0)
    }
    let files = try HeatmapFolder(path, prompt: trace.prompt).write(figures, of: trace)
    try console.print(paths: files)
  }

  // MARK: The values

  /// `[{layer, head, tokens, pattern: [[…]], interventions}]`; a row is a token that looks, a column one that it
  /// looks at.
  private static func json(_ heads: [AttentionHeatmaps.Head], _ trace: Trace) -> JSON {
    .array(
      heads.compactMap { head in
        trace[.pattern(head.layer)].map { pattern in
          [
            "layer": .integer(head.layer),
            "head": .integer(head.head),
            "tokens": .array(trace.tokens.map { .string($0.text) }),
            "pattern": JSON(pattern.slice(head.head)),
            "interventions": JSON(trace.interventions),
          ]
        }
      }
    )
  }

  private static func csv(_ heads: [AttentionHeatmaps.Head], _ trace: Trace) -> String {
    var text = CSV.row(
      ["layer", "head", "from", "from_token", "to", "to_token", "attention"]
        + CSV.interventionsHead(trace.interventions)
    )
    for head in heads {
      guard let pattern = trace[.pattern(head.layer)] else { continue }
      for query in trace.tokens.indices {
        let row = pattern.slice(head.head, query).values
        for key in row.indices {
          text += CSV.row(
            [
              "\(head.layer)", "\(head.head)", "\(query)", CSV.safe(trace.tokens[query].text),
              "\(key)", CSV.safe(trace.tokens[key].text), CSV.number(row[key]),
            ] + CSV.cell(trace.interventions)
          )
        }
      }
    }
    return text
  }
}

extension Invocation {
  /// How to draw a result that goes to a file, or to standard output if none or `-` is given.
  ///
  /// A file is drawn as the options say, not as the terminal that happens to be there would have
  /// it.
  func style(on console: Console, to path: String?) -> TerminalStyle {
    path == nil || path == "-"
      ? console.style(for: self) : TerminalFacts().style(for: self)
  }
}

extension Console {
  /// Writes a result to a file, or to standard output if none or `-` is given.
  func deliver(_ text: String, to path: String?) throws {
    guard let path, path != "-" else { return try write(text.utf8) }
    try OutputFile(path: path).replace { try OutputFile(path: $0).write(text) }
    try print(paths: [path])
  }
}
