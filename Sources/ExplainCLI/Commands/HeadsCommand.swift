import Sampling
import Formats
import Graphics
import Pages
import Tensors
import Tokenization
import Traces
import Transformer
import Walkthrough

/// `explain heads`.
struct HeadsCommand: Command {
  let name = "heads"
  let summary = say(
    en: "score every head: previous token, duplicate token, induction, attention sink",
    ja: "すべてのヘッドの癖を採点します（1つ前のトークン、同じトークン、induction、attention sink）"
  )
  let arguments: [ArgumentSpec] = []
  let options = specs(
    length,
    sequences,
    format,
    output,
    .model,
    .noSpecial,
    .seed,
    .language
  )
  let examples = ["explain heads", "explain heads --model gpt2 --format svg -o heads.svg"]

  private static let length = Option(
    "length",
    .integer("N", 2...100_000),
    default: 50,
    help: say(
      en: "how many random tokens are read before they are repeated",
      ja: "くり返す前に読ませる、でたらめなトークンの数"
    ),
    told: {
      say(
        en: "\($0), or as many as twice fit the context window",
        ja: "\($0)。2回分が文脈長に収まらなければ、収まるだけ"
      )
    }
  )
  private static let sequences = Option(
    "sequences",
    .integer("N", 1...1000),
    default: 4,
    help: say(
      en: "over how many such sequences scores are means",
      ja: "平均をとる列の数"
    )
  )
  private static let format = Option.format(.text, .json, .csv, .svg, .html)
  private static let output = Option.output("FILE")

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let model = try TextInput.model(at: invocation[.model], on: console)
    let before = invocation[.noSpecial] ? [] : model.tokenizer.surrounding.before
    let scores = try scores(
      of: model,
      HeadScores(
        model: model.name,
        sequences: sequences(for: model, after: before, invocation),
        before: before.count,
        windows: (0..<model.transformer.configuration.layerCount).map {
          model.transformer.configuration.architecture.window(layer: $0)
        }
      )
    )
    let report = HeadsReport(scores, in: invocation.language)
    let path = invocation[Self.output]
    let text = try invocation.text(
      of: report.article,
      as: Self.format,
      to: path,
      on: console,
      json: { JSON(scores) },
      csv: { Self.csv(scores) },
      scene: { () throws(CLIError) in report.figure.scene }
    )
    try console.deliver(text, to: path)
    return .success
  }

  /// Random tokens, each repeated as a whole: no token stands twice in a half, and none is a special one.
  private func sequences(
    for model: Model,
    after before: [Int],
    _ invocation: Invocation
  ) throws(CLIError) -> [[Int]] {
    let configuration = model.transformer.configuration
    let special = Set(before).union(model.endTokens).union(model.endOfTextID.map { [$0] } ?? [])
    let known = (0..<configuration.dVocab).filter {
      !special.contains($0) && model.tokenizer.bytes(of: $0) != nil
    }
    let room = min((configuration.contextLength - before.count) / 2, known.count)
    let wish = invocation[Self.length]
    let length = invocation.has(Self.length) ? wish : min(wish, room)
    guard length <= room, length >= 2 else {
      let (asked, window) = ("\(Self.length.typed) \(length)", configuration.contextLength)
      throw .usage(
        en: "\(asked): twice \(max(2, length)) different tokens do not fit \(model.name), of which "
          + "the context window holds \(window) and the vocabulary \(known.count)",
        ja: "\(asked)：\(max(2, length)) 個の異なるトークンの2回分は \(model.name) に収まりません。文脈長は \(window)、"
          + "使えるトークンは \(known.count) 個です。"
      )
    }
    var generator = SeededGenerator(seed: invocation[.seed])
    return (0..<invocation[Self.sequences]).map { _ in
      var rest = known
      let half = (0..<length).map { _ in
        let place = Int(generator.unit() * Double(rest.count))
        rest.swapAt(place, rest.count - 1)
        return rest.removeLast()
      }
      return before + half + half
    }
  }

  /// Runs the model on each sequence and scores its heads.
  private func scores(of model: Model, _ prepared: HeadScores) throws(RunError) -> HeadScores {
    var scores = prepared
    let layers = 0..<model.transformer.configuration.layerCount
    let points = Set(layers.map { HookPoint.pattern($0) })
    var runs: [[String: Tensor]] = []
    for tokens in scores.sequences {
      var recorder = ActivationRecorder { points.contains($0) }
      let logits = model.transformer.logits(for: tokens, hook: &recorder)
      guard logits.firstNonFinite == nil else { throw .logitsNotFinite(model: model.name) }
      runs.append(recorder.activations)
    }
    for layer in layers {
      scores.add(layer, runs.compactMap { $0[HookPoint.pattern(layer).name] })
    }
    return scores
  }

  private static func csv(_ scores: HeadScores) -> String {
    scores.heads.reduce(CSV.row(["layer", "head"] + HeadScores.habits)) { text, head in
      text + CSV.row(["\(head.layer)", "\(head.head)"] + head.scores.map { "\($0)" })
    }
  }
}

extension JSON {
  /// `{model, sequences, baseline: {…}, threshold: {…}, windows: […], heads: [{layer, head, previous_token, …}]}`.
  fileprivate init(_ scores: HeadScores) {
    func habits(_ values: [Double]) -> [Member] {
      zip(HeadScores.habits, values).map { Member($0, .number($1)) }
    }
    self = [
      "model": .string(scores.model),
      "sequences": .array(scores.sequences.map { .array($0.map { .integer($0) }) }),
      "baseline": .members(habits(scores.baselines)),
      "threshold": .members(habits(scores.bars)),
      "windows": .array(scores.windows.map { $0.map { .integer($0) } ?? .null }),
      "heads": .array(
        scores.heads.map { head in
          .members(
            [Member("layer", .integer(head.layer)), Member("head", .integer(head.head))]
              + habits(head.scores)
          )
        }
      ),
    ]
  }
}
