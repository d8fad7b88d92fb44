import Graphics
import Traces

/// Tells two runs beside each other.
public struct CompareReport: Sendable, Speaker {
  package let language: Language
  let runs: ComparedRuns
  private let shown: Int

  /// Tells a comparison.
  ///
  /// - Parameters:
  ///   - runs: What was compared.
  ///   - count: How many next tokens a table has.
  ///   - language: The language to tell it in.
  public init(_ runs: ComparedRuns, top count: Int, in language: Language) {
    (self.runs, shown, self.language) = (runs, count, language)
  }

  /// The report, step by step.
  public var article: Article {
    Article(
      language: language,
      id: "compare",
      title: say(en: "Two prompts, side by side", ja: "2つのプロンプトを並べて"),
      lead: [
        say(en: "A: “\(prompt(runs.a))”", ja: "A：「\(prompt(runs.a))」"),
        say(en: "B: “\(prompt(runs.b))”", ja: "B：「\(prompt(runs.b))」"),
      ] + notices,
      steps: [alignedStep, nextStep, lensStep, cosinesStep, patternsStep, patchingStep].compactMap {
        $0
      }
    )
  }

  /// The figure: the patching map if there is one, else the cosines.
  public var figure: Figure? { runs.patching.map { patchingFigure($0) } ?? cosinesFigure }

  private func prompt(_ trace: Trace) -> String {
    let text = VisibleText.plain(trace.prompt)
    return text.count <= 80 ? text : "…" + text.suffix(79)
  }

  private var notices: [RichText] {
    [changed("A", runs.a.interventions), changed("B", runs.b.interventions), modelsNotice]
      .compactMap { $0 }
  }

  private func changed(_ side: RichText, _ interventions: [Intervention]) -> RichText? {
    InterventionWords(interventions, in: language).notice.map { "\(side): \($0)" }
  }

  /// Says what two models have in common.
  private var modelsNotice: RichText? {
    guard runs.areOfTwoModels else { return nil }
    let unnamed = say(en: "a model without a name", ja: "名前のないモデル")
    let (a, b) = (
      runs.a.model.name.map { "\(code: VisibleText.plain($0))" as RichText } ?? unnamed,
      runs.b.model.name.map { "\(code: VisibleText.plain($0))" as RichText } ?? unnamed
    )
    return say(
      en: """
        A was run by \(a), B by \(b). Directions mean the same in two models only if one grew out of the other: else their \
        cosines, and layer against layer, say nothing.
        """,
      ja: """
        A は \(a)、B は \(b) で実行しました。2つのモデルで同じ向きが同じ意味を持つのは、一方からもう一方が学習された場合だけです。\
        そうでなければ、コサインや、レイヤーどうしの比較に意味はありません。
        """
    )
  }

  func derived(_ value: Double, digits: Int = 2, _ name: String) -> Quantity {
    Quantity(value, digits: digits, origin: .derived(name))
  }

  // MARK: - Tokens and answers

  private var alignedStep: Step {
    step("aligned", en: "Which tokens belong together", ja: "対応するトークン") {
      paragraph(
        en: """
          Equal tokens are paired from the end, then from the start, then in the order in which both prompts have them. Where \
          both prompts have as many tokens, what stands between two pairs is paired one by one, if it is as long in both.
          """,
        ja: """
          等しいトークンを、まず終わりから、次に先頭から、最後に両方に同じ順で現れるものの順に対応させます。\
          トークンの数が同じなら、対応の間に残った同じ長さの部分も、1つずつ対応させます。
          """
      )
      Block.table(
        Table(
          title: say(en: "Aligned tokens", ja: "対応するトークン"),
          columns: [
            numbers(en: "position in A", ja: "A の位置"), column(en: "token", ja: "トークン"),
            numbers(en: "position in B", ja: "B の位置"), column(en: "token", ja: "トークン"),
          ],
          rows: runs.alignment.pairs.suffix(40).map { pair in
            [
              "\(pair.a)", "\(token: runs.a.tokens[pair.a].text)", "\(pair.b)",
              "\(token: runs.b.tokens[pair.b].text)",
            ]
          }
        )
      )
    }
  }

  private var nextStep: Step? {
    let (first, second) = (
      ComparedRuns.next(of: runs.a, count: shown), ComparedRuns.next(of: runs.b, count: shown)
    )
    guard !first.isEmpty || !second.isEmpty else { return nil }
    return step("next", en: "What comes next", ja: "次に来るもの") {
      Block.table(
        Table(
          title: say(en: "The likeliest next tokens", ja: "次に来る確率の高いトークン"),
          columns: [
            column(en: "after A", ja: "A の後"), numbers(en: "probability", ja: "確率"),
            column(en: "after B", ja: "B の後"), numbers(en: "probability", ja: "確率"),
          ],
          rows: (0..<max(first.count, second.count)).map { row in
            cells(first, row, "a") + cells(second, row, "b")
          }
        )
      )
    }
  }

  private func cells(_ next: [ComparedRuns.Next], _ row: Int, _ side: String) -> [RichText] {
    guard row < next.count else { return ["", ""] }
    let name = "next.\(side)[\(row)].probability"
    return [
      "\(token: next[row].token.text)", "\(derived(next[row].probability, digits: 4, name))",
    ]
  }

  // MARK: - Vectors

  private var cosinesStep: Step? {
    guard let figure = cosinesFigure else { return nil }
    return step("vectors", en: "Where the vectors come apart", ja: "ベクトルが離れていくところ") {
      paragraph(
        en: """
          Each pair of tokens has a vector in both runs, and every layer adds to it. The cosine of the angle between the two says \
          how alike they point after each layer: 1 is the same direction, 0 a right angle.
          """,
        ja: """
          対応するトークンは、どちらの実行にもベクトルを持ち、どのレイヤーもそれに書き加えます。\
          2つのベクトルのなす角のコサインは、向きがどれだけ似ているかを示します。1 なら同じ向き、0 なら直角です。
          """
      )
      figure
    }
  }

  private var cosinesFigure: Figure? {
    guard let first = runs.layers.first, !first.cosines.isEmpty else { return nil }
    // A map has room for so many pairs: the last ones.
    let pairs = first.cosines.suffix(24).map { $0.pair }
    let layer = say(en: "layer", ja: "レイヤー").plain
    return map(
      Map(
        name: "compare-cosines",
        title: say(
          en: "Cosines of aligned vectors after each layer",
          ja: "各レイヤーの後の、対応するベクトルのコサイン"
        ),
        description: say(
          en: "A row for each layer, a column for each pair of tokens.",
          ja: "行はレイヤー、列は対応するトークンの組。"
        ),
        scale: .data(maximum: 1),
        key: say(en: "cosine", ja: "コサイン"),
        ends: ("0", "1"),
        rows: runs.layers.map { "\(layer) \($0.layer)" },
        columns: pairs.map { label($0) },
        cells: runs.layers.map { line in
          line.cosines.suffix(24).map { cell in
            .number(
              derived(cell.cosine, "layers[\(line.layer)].cosines[\(cell.pair.a),\(cell.pair.b)]")
            )
          }
        },
        titles: (layer, say(en: "token of B", ja: "B のトークン").plain)
      )
    )
  }

  /// A map of numbers: what the figures of a comparison have of their own.
  struct Map {
    var name: String
    var title: RichText, description: RichText
    var scale: ColorScale
    /// What the shades mean, and the numbers at their ends.
    var key: RichText
    var ends: (low: Caption, high: Caption)
    var rows: [String], columns: [String]
    var cells: [[Heatmap.Cell]]
    /// What the rows and the columns are.
    var titles: (rows: String, columns: String)
    var isMasked = false
  }

  /// The figure of a map.
  @inline(never)
  func map(_ map: Map) -> Figure {
    figure(
      map.name,
      title: map.title,
      description: map.description,
      key: ColorKey(
        map.scale,
        title: Caption(map.key.plain),
        low: map.ends.low,
        high: map.ends.high,
        masked: map.isMasked ? say(en: "masked", ja: "マスク").plain : nil
      ),
      Heatmap(
        rows: map.rows,
        columns: map.columns,
        cells: map.cells,
        scale: map.scale,
        rowTitle: map.titles.rows,
        columnTitle: map.titles.columns
      )
    )
  }

  private func label(_ pair: Alignment.Pair) -> String {
    VisibleText.show(runs.b.tokens[pair.b].text)
  }

  // MARK: - Patching

  /// Why nothing was put into the other run.
  private var noPatchingStep: Step {
    let (a, b) = (runs.a.tokens.count, runs.b.tokens.count)
    return step("patching", en: "Put a part of A into B", ja: "A の一部を B に入れる") {
      if a != b {
        paragraph(
          en: """
            A part is put into the same place, so both prompts need as many tokens: A has \(a), B has \(b).
            """,
          ja: "同じ場所に入れるので、トークン数の等しいプロンプトが必要です。A は \(a) 個、B は \(b) 個です。"
        )
      } else {
        paragraph(
          en: "A run in which something is set from outside is not put into another.",
          ja: "外から値を変えた実行は、ほかの実行に入れません。"
        )
      }
    }
  }

  private var patchingStep: Step? {
    guard let patching = runs.patching else { return runs.lacksPatching ? noPatchingStep : nil }
    let (token, against) = ("\(token: patching.token.text)" as RichText, patching.against.text)
    let (clean, corrupted) = (
      derived(patching.clean, "patching.clean"), derived(patching.corrupted, "patching.corrupted")
    )
    return step(
      "patching",
      en: "Put a part of A into B",
      ja: "A の一部を B に入れる"
    ) {
      if patching.grid.joined().allSatisfy({ $0 == patching.clean }) {
        found(
          en:
            "The two runs give the same difference, \(clean), and so does every patch: there is nothing here to bring back.",
          ja: "2つの実行の差はどちらも \(clean) で、どこを置き換えても変わりません。戻すべき違いがないのです。"
        )
      } else {
        paragraph(
          en: """
            The logit of \(token) minus that of \(token: against) is \(clean) after A and \(corrupted) after B. Now B is run again and \
            again, each time with one part of A's run in its place\(patching.part == .z ? ", a head's z at all positions," : ",") and all that follows is computed anew. Where the difference \
            comes near \(clean), that part carries A's answer.
            """,
          ja: """
            \(token) と \(token: against) のロジットの差は、A の後で \(clean)、B の後で \(corrupted) です。\
            ここで、B の実行の1か所\(patching.part == .z ? "（ヘッドの z は全位置）" : "")だけを A の実行のものに置き換え、その後を計算し直すことを繰り返します。\
            差が \(clean) に近づくところが、A の答えを運んでいます。
            """
        )
      }
      patchingFigure(patching)
    }
  }

  private func patchingFigure(_ patching: Patching) -> Figure {
    let (isHeads, layer) = (patching.part == .z, say(en: "layer", ja: "レイヤー").plain)
    let columns = isHeads ? (patching.grid.first?.count ?? 0) : runs.b.tokens.count
    let drawn = max(0, columns - 24)..<columns
    let values = patching.grid.joined().map { $0 } + [patching.clean, patching.corrupted]
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    return map(
      Map(
        name: "compare-patching",
        title: say(
          en: "The difference of logits in B with one \(patching.part.rawValue) of A",
          ja: "A の \(patching.part.rawValue) を1つ入れた B でのロジットの差"
        ),
        description: say(
          en:
            "A row for each layer; without a patch it is \(derived(patching.corrupted, "patching.corrupted").text).",
          ja: "行はレイヤー。置き換えなければ \(derived(patching.corrupted, "patching.corrupted").text)。"
        ),
        scale: .ranked(from: low, to: high),
        key: say(en: "logits", ja: "ロジット"),
        ends: (
          Caption(derived(low, "smallest of the figure")),
          Caption(derived(high, "largest of the figure"))
        ),
        rows: patching.grid.indices.map { "\(layer) \($0)" },
        columns: drawn.map { isHeads ? "\($0)" : VisibleText.show(runs.b.tokens[$0].text) },
        cells: patching.grid.enumerated().map { row, line in
          drawn.map { .number(derived(line[$0], "patching.grid[\(row)][\($0)]")) }
        },
        titles: (
          layer,
          isHeads
            ? say(en: "head", ja: "ヘッド").plain : say(en: "token of B", ja: "B のトークン").plain
        )
      )
    )
  }
}
