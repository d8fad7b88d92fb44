import Graphics
import Walkthrough

/// A small walkthrough made by hand, with every kind of block, run and formula in it.
struct SampleWalkthrough {
  var prompt = "A <b> & \"c\" 東京🗼\n"
  var tokens = ["A", "·", " <b>", " &", "\"c\"", " 東京", "🗼\n"]
  var language = Language.en

  /// A number of a trace.
  static func recorded(_ value: Double, _ name: String, digits: Int = 2) -> Quantity {
    Quantity(value, digits: digits, origin: .trace(name))
  }

  static let derived = Quantity(1.5, digits: 1, origin: .derived("‖hook_embed[1]‖ < 2 & > 1"))
  static let illustrated = Quantity(3, digits: 0, origin: .illustration)

  var walkthrough: Walkthrough {
    Walkthrough(
      language: language,
      subject: Subject(
        prompt: prompt,
        tokens: tokens.enumerated().map { Subject.Token(id: 100 + $0.offset, text: $0.element) },
        followed: tokens.count - 1,
        model: say(en: "tiny, trained on <nothing>", ja: "tiny（学習データなし）"),
        map: figure("map", title: say(en: "The map", ja: "全体図"))
      ),
      stages: StageID.allCases.map(stage),
      next: [
        Prediction(
          id: 7,
          text: " & so",
          logit: Self.recorded(3.25, "logits[6,7]"),
          probability: Self.recorded(0.5, "probabilities[6,7]", digits: 4)
        ),
        Prediction(
          id: 8,
          text: "\n",
          probability: Self.recorded(0.125, "probabilities[6,8]", digits: 4)
        ),
      ]
    )
  }

  private func token(_ index: Int) -> String { tokens[index % tokens.count] }

  private func say(en: RichText, ja: RichText) -> RichText { Prose(en: en, ja: ja)[language] }

  private func stage(_ id: StageID) -> Stage {
    Stage(
      id: id,
      name: "\(id.rawValue)",
      isInBlock: [.attention, .mlp, .layers].contains(id),
      title: say(en: "The stage \(em: id.rawValue)", ja: "\(em: id.rawValue) の段階"),
      input: Flow(what: say(en: "what comes", ja: "入力"), shape: ""),
      output: Flow(
        what: say(en: "what goes", ja: "出力"),
        name: "blocks.0.hook_resid_pre",
        shape: "7 × 4"
      ),
      steps: id == .attention
        ? [runs, maths, tables] : [Step(id: "only", title: "W_E", blocks: [.paragraph("x")])]
    )
  }

  private var runs: Step {
    Step(
      id: "runs",
      title: say(en: "Every run", ja: "すべての部品"),
      blocks: [
        .paragraph(
          say(
            en: """
              Words & \(em: "more"), a \(term: "term"), \(code: "a<b>"), \(token: token(2)), \
              \(Self.recorded(-0.25, "hook_embed[1,0]")), \(Self.derived), \(Self.illustrated), \
              \(.sup("e", "x") as Math).
              """,
            ja: """
              言葉と\(em: "強調")、\(term: "用語")、\(code: "a<b>")、\(token: token(2))、\
              \(Self.recorded(-0.25, "hook_embed[1,0]"))、\(Self.derived)、\(Self.illustrated)、\
              \(.sup("e", "x") as Math)。
              """
          )
        ),
        .figure(
          figure(
            "tokens",
            title: say(en: "The tokens", ja: "トークン"),
            caption: "\(Self.recorded(2, "hook_embed[0,0]"))"
          )
        ),
        .found(say(en: "First.", ja: "1つめ。")),
        .found(say(en: "Second: \(token: token(5)).", ja: "2つめ：\(token: token(5))。")),
        .leftOut(say(en: "No \(code: "hook_q").", ja: "\(code: "hook_q") はありません。")),
      ]
    )
  }

  private var maths: Step {
    Step(
      id: "maths",
      title: say(en: "Every formula", ja: "すべての式"),
      blocks: [
        .equation([.sub("x", "i"), .op("="), .frac("a", .sqrt("d"))]),
        .equation([
          .function("softmax"), .parens(["q", .op("·"), .sup("k", "T")]), .op("="),
          .sum(under: "j", .sup(.sub("s", "ij"), .number("2"))), .op("+"), "W_E", .op(","),
          .text("with "), "x", .op("="), .quantity(Self.recorded(0.5, "hook_embed[0,1]")),
        ]),
        .arithmetic([
          "\(Self.recorded(0.5, "hook_embed[0,1]")) + \(Self.recorded(1, "hook_embed[0,2]")) = \(Self.derived)",
          "√4 = 2",
        ]),
      ]
    )
  }

  private var tables: Step {
    Step(
      id: "tables",
      title: say(en: "Every table", ja: "すべての表"),
      blocks: [.table(table(isBehindFigure: false)), .table(table(isBehindFigure: true))]
    )
  }

  private func table(isBehindFigure: Bool) -> Table {
    Table(
      title: say(en: "Of \(token: token(6))", ja: "\(token: token(6)) の表"),
      columns: [
        Table.Column(say(en: "token", ja: "トークン")),
        Table.Column(say(en: "value", ja: "値"), isNumeric: true),
        Table.Column(say(en: "count", ja: "個数"), isNumeric: true),
      ],
      rows: tokens.enumerated().map { index, token in
        let value = Double(index) - 2.5
        return ["\(token: token)", "\(Self.recorded(value, "logits[0,\(index)]"))", "\(index)"]
      },
      isBehindFigure: isBehindFigure
    )
  }

  private func figure(_ name: String, title: RichText, caption: RichText? = nil) -> Figure {
    let chips = tokens.enumerated().map { index, token in
      TokenStrip.Chip(token, id: Self.recorded(Double(index), "logits[1,\(index)]", digits: 0))
    }
    return Figure(
      name: name,
      scene: Scene(
        id: name,
        title: title.plain,
        description: "chips",
        mark: TokenStrip(chips, followed: tokens.count - 1),
        language: language.rawValue
      ),
      caption: caption
    )
  }
}
