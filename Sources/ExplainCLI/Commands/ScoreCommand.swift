import Engine
import Formats
import Graphics
import Pages
import Platform
import Traces
import Transformer
import Walkthrough

/// `explain score FILE|TEXT`.
struct ScoreCommand: Command {
  let name = "score"
  let summary = say(
    en: "tell how well the model foresees a text: each token's probability, rank, surprisal",
    ja: "モデルが文章をどれだけ予測できるかを、各トークンの確率、順位、驚き（ビット）で示します"
  )
  let arguments = [
    ArgumentSpec(
      "TEXT",
      help: say(
        en: "a text, or a file, whose text is scored as it is; - reads standard input",
        ja: "文章、またはファイル（中の文章をそのまま採点します）。- なら標準入力から読みます"
      ),
      offer: .files
    )
  ]
  let options =
    specs(format, output, PageOutput.still, .model, .noSpecial, .language)
    + OptionSpec.interventions
  let examples = [
    "explain score \"To be, or not to be\"",
    "explain score --format json sonnet.txt",
    "explain score --format html -o score.html sonnet.txt",
  ]

  private static let format = Option.format(.text, .csv, .json, .html)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let text = try PromptInput.readTextOrFile(invocation)
    let input = try TextInput(text, invocation, on: console)
    let interventions = try invocation.interventionsOnLogits(
      of: input.model,
      length: input.tokens.count
    )
    let progress = WorkProgress(
      of: say(
        en: "reading \(input.tokens.count) tokens",
        ja: "\(input.tokens.count) 個のトークンを読んでいます"
      ),
      on: console
    )
    var score = try TextScore(of: text, tokens: input.tokens, by: input.model, interventions) {
      progress.show($0)
    }
    progress.clear()
    score.interventions = interventions
    let path = invocation[Self.output]
    switch invocation[Self.format] {
    case .json: try console.deliver(JSON(score).text + "\n", to: path)
    case .csv: try console.deliver(Self.csv(score), to: path)
    case .html:
      // What is switched off is so for the text that was given; the page's program scores without.
      let isStill = invocation[PageOutput.still] || !interventions.isEmpty
      let living = isStill ? nil : Living.carrying(input.model, at: invocation[.model])
      let page = ScorePage(score, in: invocation.language, asking: living.map { (text, $0) })
      try console.deliver(page.html, to: path)
    default:
      let style = invocation.style(on: console, to: path)
      let lines = TextScoreLines(style, in: invocation.language).lines(of: score)
      try console.deliver(lines.map { $0 + "\n" }.joined(), to: path)
    }
    return .success
  }

  private static func csv(_ score: TextScore) -> String {
    let head =
      [
        "token_id", "token", "probability", "rank", "surprisal_bits", "character",
        "training_count",
      ] + CSV.interventionsHead(score.interventions)
    return score.tokens.enumerated().reduce(CSV.row(head)) { text, entry in
      let (position, token) = (entry.offset, entry.element)
      let prediction = token.prediction
      return text
        + CSV.row(
          [
            "\(token.token.id)", CSV.safe(token.token.text),
            prediction.map { "\($0.probability)" } ?? "", prediction.map { "\($0.rank)" } ?? "",
            prediction.map { "\($0.surprisal)" } ?? "",
            score.notes.character(at: position).map(CSV.safe) ?? "",
            score.notes.count(at: position).map(String.init) ?? "",
          ] + CSV.cell(score.interventions)
        )
    }
  }
}

extension TextScore {
  /// Scores a text, and tells which share of it is read.
  ///
  /// - Throws: `badData` if the model's predictions are not numbers.
  init(
    of text: String,
    tokens: [Int],
    by model: Model,
    _ interventions: [Intervention] = [],
    progress: (Double) -> Void = { _ in }
  ) throws(CLIError) {
    guard
      let predictions = model.transformer.predictions(
        of: tokens,
        interventions,
        progress: progress
      )
    else {
      throw CLIError(RunError.logitsNotFinite(model: model.name))
    }
    let all =
      [Prediction?.none]
      + predictions.map { .init(probability: $0.probability, rank: $0.rank) }
    self.init(
      model: model.name,
      tokens: zip(tokens, all).map { Token(token: model.textToken($0), prediction: $1) },
      notes: model.notes(of: tokens, in: text)
    )
    vocabularySize = model.transformer.configuration.dVocab
    contextLength = model.transformer.configuration.contextLength
  }
}

extension JSON {
  /// `{tokens: [{token_id, token, probability, rank, surprisal_bits, character, training_count}],
  /// perplexity, …}`; `null` for the first token, which nothing predicts, and for what is not known.
  fileprivate init(_ score: TextScore) {
    let tokens = score.tokens.enumerated().map { position, token -> JSON in
      let prediction = token.prediction
      return .members(
        [
          Member("token_id", .integer(token.token.id)),
          Member("token", .string(token.token.text)),
          Member("probability", prediction.map { .number($0.probability) } ?? .null),
          Member("rank", prediction.map { .integer($0.rank) } ?? .null),
          Member("surprisal_bits", prediction.map { .number($0.surprisal) } ?? .null),
        ] + JSON.notes(score.notes, at: position)
      )
    }
    self = [
      "model": .string(score.model),
      "interventions": JSON(score.interventions),
      "tokens": .array(tokens),
      "perplexity": score.perplexity.map { .number($0) } ?? .null,
      "bits_per_token": score.meanSurprisal.map { .number($0) } ?? .null,
      "training_tokens": score.notes.total.map { .integer($0) } ?? .null,
    ]
  }
}

extension PromptInput {
  /// The text of an invocation whose first argument is one, or names a file that holds one.
  ///
  /// - Throws: What is wrong with the text or the file.
  fileprivate static func readTextOrFile(_ invocation: Invocation) throws(CLIError) -> String {
    guard let argument = invocation.arguments.first, argument.text != "-" || argument.isLiteral,
      !argument.isLiteral, access(argument.text, F_OK) == 0
    else { return try read(invocation) }
    let path = argument.text
    guard !isFolder(path) else {
      throw CLIError(
        .noInput,
        en: "\(path): is a folder; give a file, or a text after --",
        ja: "\(path)：フォルダーです。ファイルを指定するか、文章なら -- の後に書いてください。"
      )
    }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let reason = systemReason()
      throw CLIError(
        .noInput,
        en: "\(path): cannot be opened: \(reason.en)",
        ja: "\(path)：開けません（\(reason.ja)）。"
      )
    }
    defer { close(descriptor) }
    let contents = Descriptor(number: descriptor).readToEnd(limit: limit)
    return try decode(contents, from: LocalizedText(same: path), keepsLineEnd: true)
  }
}
