import Files
import Formats
import Attribution
import Graphics
import Pages
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// `explain compare A B`.
struct CompareCommand: Command {
  let name = "compare"
  let summary = say(
    en: "put two prompts, or two traces, side by side: tokens, answers, vectors, patching",
    ja: "2つのプロンプト（またはトレース）の、トークン、予測、ベクトルを並べて比べ、パッチングもします"
  )
  let arguments = [
    ArgumentSpec(
      "A",
      help: say(en: "a prompt, or a trace file", ja: "プロンプト、またはトレースのファイル"),
      offer: .files
    ),
    ArgumentSpec(
      "B",
      help: say(
        en: "the prompt, or the trace file, to compare it with",
        ja: "比べる相手のプロンプト、またはトレースのファイル"
      ),
      offer: .files,
      isOptional: true
    ),
  ]
  let options =
    specs(patch) + WhyQuestion.pairOptions
    + specs(.layer, .head, versus, top, format, output, .model, .noSpecial, .language)
  let examples = [
    "explain compare \"The machine learning model\" \"The fashion model\"",
    "explain compare \"The capital of Italy is\" \"The capital of Japan is\" --patch resid_pre",
  ]

  private static let patch: Option<Patching.Part?> = Option(
    "patch",
    .choice,
    help: say(
      en: "put this of A into B, one place at a time, and tell how much of A's answer comes back",
      ja: "A のこの値を1か所ずつ B に入れ、A の答えがどれだけ戻るかを示します"
    )
  )
  private static let versus: Option<String?> = Option(
    "versus",
    .text("DIR", .filesOr(BuiltInModel.all.map(\.word))),
    help: say(
      en:
        "run B with this model, the same before or after training, say; without B the prompt is A's",
      ja: "B をこのモデルで実行します（たとえば学習の前や後の同じモデル）。B がなければ A と同じプロンプトを使います"
    ),
    otherwise: say(en: "the same model", ja: "同じモデル")
  )
  private static let top = Option(
    "top",
    .integer("N", 1...1000),
    default: 10,
    help: say(
      en: "how many of the likeliest next tokens to tell",
      ja: "次に来る確率の高いトークンを何個示すか"
    )
  )
  private static let format = Option.format(.text, .json, .svg, .html)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    var sides = Array(invocation.arguments.prefix(2))
    let versus = invocation[Self.versus]
    if sides.count == 1, versus != nil, !sides[0].isTraceFile { sides.append(sides[0]) }
    guard sides.count == 2 else {
      throw CLIError.usage(
        en:
          "there is nothing to compare it with: give a second prompt, or another model with --versus",
        ja: "比べる相手がありません。2つ目のプロンプトを渡すか、--versus で別のモデルを指定してください。"
      )
    }
    guard versus == nil || !sides[1].isTraceFile else {
      throw CLIError.usage(
        en: "--versus runs B again, which a trace file is a run of already; give a prompt",
        ja: "--versus は B を実行しますが、トレースのファイルはすでに実行の記録です。プロンプトを渡してください。"
      )
    }
    let prompts = sides.filter { !$0.isTraceFile }.map { $0.text }
    var models: [Model?] = [nil, nil]
    if !sides[0].isTraceFile || (versus == nil && !sides[1].isTraceFile) {
      models[0] = try invocation.model(for: prompts.joined(), on: console)
    }
    models[1] = try versus.map { try TextInput.model(at: $0, on: console) } ?? models[0]
    let traces = try zip(sides, models).map { try trace($0, of: $1, invocation) }
    if let configuration = (models[0] ?? models[1])?.transformer.configuration {
      try invocation.check(.layer, count: configuration.layerCount, .layer)
      try invocation.check(.head, count: configuration.headCount, .head)
    }
    var put: Patching?
    if let part = invocation[Self.patch] {
      guard versus == nil else {
        throw CLIError.usage(
          en: "--patch puts a part of one run into another of the same model; leave out --versus",
          ja: "--patch は、同じモデルの一方の実行の一部をもう一方に入れます。--versus を外してください。"
        )
      }
      guard let model = models[0], !sides.contains(where: { $0.isTraceFile }) else {
        throw CLIError.usage(
          en: "--patch runs the model again, which a trace file does not have; give two prompts",
          ja: "--patch はモデルをもう一度動かしますが、トレースのファイルにモデルはありません。プロンプトを2つ渡してください。"
        )
      }
      put = try patching(part, traces[0], traces[1], model, invocation)
    }
    let runs = ComparedRuns(
      traces[0],
      traces[1],
      layer: invocation[.layer],
      head: invocation[.head],
      patching: put
    )
    let count = invocation[Self.top]
    let report = CompareReport(runs, top: count, in: invocation.language)
    let path = invocation[Self.output]
    let text = try invocation.text(
      of: report.article,
      as: Self.format,
      to: path,
      on: console,
      json: { JSON(runs, top: count) },
      scene: { () throws(CLIError) in
        guard let figure = report.figure else {
          throw CLIError(
            .badData,
            en: "nothing to draw: the runs have no vectors of one width in common",
            ja: "描くものがありません。2つの計算に、同じ幅のベクトルがないためです。"
          )
        }
        return figure.scene
      }
    )
    try console.deliver(text, to: path)
    return .success
  }

  /// The run of a prompt, or the one that a file tells of.
  private func trace(_ side: Argument, of model: Model?, _ invocation: Invocation) throws -> Trace {
    guard !side.isTraceFile, let model else {
      let trace = try Trace(contentsOf: side.text)
      guard !trace.tokens.isEmpty else {
        throw CLIError(
          .badData,
          en: "\(side.text): has no token",
          ja: "\(side.text)：トークンがありません。"
        )
      }
      return trace
    }
    guard !side.text.isEmpty else {
      throw CLIError.usage(
        en: "a prompt is empty; there is nothing to compare",
        ja: "空のプロンプトがあります。比べるものがありません。"
      )
    }
    let surrounding = invocation[.noSpecial] ? SurroundingTokens() : model.tokenizer.surrounding
    let tokens = surrounding.around(model.tokenizer.encode(side.text))
    let sizes = model.transformer.configuration
    guard !tokens.isEmpty else {
      throw CLIError(
        .badData,
        en: "the vocabulary of \(model.name) has no token for any of “\(side.text)”",
        ja: "\(model.name) の語彙には「\(side.text)」を表せるトークンが1つもありません。"
      )
    }
    guard tokens.count <= sizes.contextLength, tokens.allSatisfy({ $0 < sizes.dVocab }) else {
      throw CLIError(
        .badData,
        en:
          "“\(side.text)” has \(tokens.count) tokens, but the context window of \(model.name) holds "
          + "\(sizes.contextLength)",
        ja:
          "「\(side.text)」は \(tokens.count) トークンあり、\(model.name) の文脈長 \(sizes.contextLength) を超えています。"
      )
    }
    return try model.recordForComparison(
      side.text,
      tokens: tokens,
      patternsOf: invocation[.layer]
    )
  }

  private func patching(
    _ part: Patching.Part,
    _ a: Trace,
    _ b: Trace,
    _ model: Model,
    _ invocation: Invocation
  ) throws(CLIError) -> Patching {
    guard a.tokens.count == b.tokens.count else {
      throw CLIError(
        .badData,
        en:
          "--patch needs prompts of as many tokens: A has \(a.tokens.count), B has \(b.tokens.count)",
        ja:
          "--patch にはトークン数の等しいプロンプトが必要です。A は \(a.tokens.count) 個、B は \(b.tokens.count) 個です。"
      )
    }
    let (first, second) = (
      ComparedRuns.next(of: a, count: 2), ComparedRuns.next(of: b, count: 1)
    )
    let defaults = (first.map { $0.token.id }, second.map { $0.token.id })
    let contrast = try WhyQuestion.pair(invocation, defaults.0, defaults.1, model)
    return model.patching(part, of: a, into: b, contrast)
  }
}

extension Argument {
  /// Whether it names a trace rather than being a prompt.
  fileprivate var isTraceFile: Bool { !isLiteral && text.hasSuffix(".safetensors") }
}

extension JSON {
  /// `{a: {prompt, tokens}, b, aligned, next: {a, b}, lens: [{depth, a, b}], layers: [{layer, cosines}],
  /// patterns: {layer, head, moved, a, b}, patching}`.
  fileprivate init(_ runs: ComparedRuns, top count: Int) {
    func list(_ next: [ComparedRuns.Next]) -> JSON {
      .array(
        next.map { next in
          .members(JSON.token(next.token) + [Member("probability", .number(next.probability))])
        }
      )
    }
    func next(_ trace: Trace) -> JSON { list(ComparedRuns.next(of: trace, count: count)) }
    func rows(_ matrix: Tensor) -> JSON {
      .array((0..<matrix.rows).map { .array(matrix.slice($0).values.map { .number(Double($0)) }) })
    }
    self = [
      "a": JSON.side(runs.a),
      "b": JSON.side(runs.b),
      "aligned": .array(runs.alignment.pairs.map { [.integer($0.a), .integer($0.b)] }),
      "next": ["a": next(runs.a), "b": next(runs.b)],
      "layers": .array(
        runs.layers.map { line in
          [
            "layer": .integer(line.layer),
            "cosines": .array(
              line.cosines.map { cell in
                [
                  "a": .integer(cell.pair.a), "b": .integer(cell.pair.b),
                  "cosine": .number(cell.cosine),
                ]
              }
            ),
          ]
        }
      ),
      "lens": .array(
        runs.lens.enumerated().map { depth, both in
          ["depth": .integer(depth), "a": list(both.a), "b": list(both.b)]
        }
      ),
      "patterns": runs.patterns.map { patterns in
        [
          "layer": .integer(patterns.layer), "head": .integer(patterns.head),
          "moved": .number(patterns.moved), "a": rows(patterns.a), "b": rows(patterns.b),
        ]
      } ?? .null,
      "patching": runs.patching.map { patching in
        [
          "site": .string(patching.part.rawValue),
          "token": .members(JSON.token(patching.token)),
          "against": .members(JSON.token(patching.against)),
          "clean": .number(patching.clean), "corrupted": .number(patching.corrupted),
          "grid": .array(patching.grid.map { .array($0.map { .number($0) }) }),
        ]
      } ?? .null,
    ]
  }

  private static func side(_ trace: Trace) -> JSON {
    [
      "prompt": .string(trace.prompt),
      "tokens": .array(trace.tokens.map { .members(token($0)) }),
      "interventions": JSON(trace.interventions),
    ]
  }

  private static func token(_ token: TraceToken) -> [Member] {
    [Member("token_id", .integer(token.id)), Member("token", .string(token.text))]
  }
}
