import Graphics
import Traces

/// Where the weights are.
struct ParametersStage: StageTeller {
  let story: Story

  var stage: Stage {
    Stage(
      id: .parameters,
      title: say(en: "Where the weights are", ja: "重みはどこにあるか"),
      input: flow(nil, "", en: "every matrix met on this page", ja: "このページに出てきたすべての行列"),
      output: flow(nil, "", en: "one number: how many weights there are", ja: "重みの総数"),
      steps: [count, data]
    )
  }

  /// GPT-3, as its paper gives its sizes: 96 layers, 96 heads, width 12,288, MLP four times as wide.
  ///
  /// - SeeAlso: Brown et al. 2020, table 2.1, <https://arxiv.org/abs/2005.14165>; the vocabulary is GPT-2's.
  private static let gpt3 = ParameterCount(
    layers: 96,
    heads: 96,
    width: 12_288,
    mlpWidth: 4 * 12_288,
    vocabulary: 50_257
  )

  private var count: Step {
    step("count", en: "Eight kinds of matrices", ja: "8種類の行列") {
      if let parameters = story.trace.parameters {
        paragraph(
          en: """
            The weights stand in eight kinds of matrices. Multiply each shape out, times the number of such matrices, and add \
            up. GPT-3's are counted the same way beside them.
            """,
          ja: """
            重みは8種類の行列に入っています。それぞれ「行 × 列 × 枚数」を計算して足し合わせます。隣に、同じ数え方をした \
            GPT-3 の数を並べました。
            """
        )
        categoryTable(parameters)
        Block.figure(story.parametersFigure(parameters))
        ratio(parameters)
      } else {
        leftOut("parameters")
      }
    }
  }

  private func categoryTable(_ parameters: ParameterCount) -> Block {
    var (total, large) = (0, 0)
    let rows = zip(parameters.categories, Self.gpt3.categories).map { own, other -> [RichText] in
      total += own.weights
      large += other.weights
      return [
        name(of: own), RichText(stringLiteral: "\(own.rows) × \(own.columns) × \(own.matrices)"),
        grouped(own.weights), grouped(total), grouped(other.weights), grouped(large),
      ]
    }
    return .table(
      Table(
        title: say(en: "Weights by kind, with a running total", ja: "種類ごとの重みの数と累計"),
        columns: [
          column(en: "kind", ja: "種類"), numbers(en: "rows × columns × matrices", ja: "行 × 列 × 枚数"),
          numbers(en: "weights", ja: "重み"), numbers(en: "so far", ja: "累計"),
          numbers(en: "GPT-3", ja: "GPT-3"), numbers(en: "so far", ja: "累計"),
        ],
        rows: rows
      )
    )
  }

  /// The kind's name in the story's language.
  private func name(of category: ParameterCount.Category) -> RichText {
    let japanese = [
      "embedding": "埋め込み", "key": "キー", "query": "クエリ", "value": "バリュー", "output": "出力",
      "up-projection": "アップ射影", "down-projection": "ダウン射影", "unembedding": "逆埋め込み",
    ]
    return say(
      en: RichText(stringLiteral: category.name),
      ja: RichText(stringLiteral: japanese[category.name] ?? category.name)
    )
  }

  /// A whole number in groups of three digits.
  private func grouped(_ number: Int) -> RichText {
    var digits = String(number)
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return RichText(stringLiteral: ([digits] + groups).joined(separator: ","))
  }

  private func ratio(_ parameters: ParameterCount) -> Block {
    let times = Double(Self.gpt3.weights) / Double(max(1, parameters.weights))
    let ratio = Quantity(
      times,
      digits: times < 100 ? 1 : 0,
      origin: .derived("\(Self.gpt3.weights) / \(parameters.weights)")
    )
    return found(
      en: """
        \(grouped(parameters.weights)) weights here, \(grouped(Self.gpt3.weights)) in GPT-3: \(ratio) times as many. With \
        positions, gains and biases this model has \(grouped(parameters.parameters)) parameters\
        \(story.trace.model.isTied == true ? ", its embedding and unembedding being one matrix" : "").
        """,
      ja: """
        このモデルの重みは \(grouped(parameters.weights)) 個、GPT-3 は \(grouped(Self.gpt3.weights)) 個で、\(ratio) 倍です。\
        位置・ゲイン・バイアスまで含めると、このモデルのパラメータは \(grouped(parameters.parameters)) 個です\
        \(story.trace.model.isTied == true ? "（埋め込みと逆埋め込みは同じ行列です）" : "")。
        """
    )
  }

  private var data: Step {
    step("data", en: "Weights and data", ja: "重みとデータ") {
      paragraph(
        en: """
          The weights, blue and red, were learned once and are the same for every prompt: they are the machine. The data, grey, \
          is what passes through it on this run. Never mix the two up.
          """,
        ja: """
          青と赤の重みは、一度学習されたら、どのプロンプトでも同じで、これが機械そのものです。灰色のデータは、今回そこを\
          通り抜けたものです。この2つを混同しないでください。
          """
      )
      if let parameters = story.trace.parameters, let width = story.trace.model.dModel {
        let flowing = story.length * width
        let ratio = Quantity(
          Double(parameters.weights) / Double(max(1, flowing)),
          digits: 0,
          origin: .derived("\(parameters.weights) / (\(story.length) · \(width))")
        )
        found(
          en: """
            \(grouped(parameters.weights)) weights work on a stream of \(story.length) × \(width) = \(grouped(flowing)) numbers: \
            \(ratio) weights for every number that flows.
            """,
          ja: """
            \(grouped(parameters.weights)) 個の重みが、\(story.length) × \(width) = \(grouped(flowing)) 個の数の流れに働きかけます。\
            流れる数1つにつき、重みは \(ratio) 個です。
            """
        )
      }
    }
  }
}
