import Graphics
import Traces

/// From logits to probabilities.
struct SoftmaxStage: StageTeller {
  static let id = StageID.softmax
  let story: Story

  var stage: Stage {
    let size = shape((story.trace.model.dVocab, "V"))
    return Stage(
      id: Self.id,
      name: say(en: "Softmax", ja: "ソフトマックス"),
      title: say(en: "Softmax makes probabilities", ja: "ソフトマックスで確率にする"),
      input: flow(
        HookPoint.logits.name,
        size,
        en: "the logits of the last position",
        ja: "最後の位置のロジット"
      ),
      output: flow(
        HookPoint.probabilities.name,
        size,
        en: "a probability for every token",
        ja: "すべてのトークンの確率"
      ),
      steps: [notYet, threeMoves, temperature]
    )
  }

  private var last: Int { story.length - 1 }

  private var notYet: Step {
    step("logits", en: "Not yet probabilities", ja: "まだ確率ではない") {
      if let logits = story.recorded(.logits) {
        let row = logits.vector(last)
        let sum = Quantity(
          row.reduce(0) { $0 + Double($1) },
          origin: .derived("sum(t, \(logits.place([last], "t")))")
        )
        paragraph(
          en: """
            Probabilities lie between 0 and 1 and add up to 1. Logits keep to no such rule: all \(row.count) of these sum to \
            \(sum). What counts is their order, and by how much they differ.
            """,
          ja: """
            確率は 0 から 1 のあいだにあり、合計は 1 です。ロジットにはそのような決まりがなく、ここでは \(row.count) 個の合計が \(sum) です。\
            意味があるのは、大小の順番と、互いの差です。
            """
        )
        Block.figure(story.topLogitsFigure(logits))
        let negative = row.count(where: { $0 < 0 })
        found(
          en: "Of the \(row.count) logits, \(negative.of("is", "are")) negative.",
          ja: "\(row.count) 個のロジットのうち、\(negative) 個が負の数です。"
        )
      } else {
        leftOut(HookPoint.logits.name)
      }
    }
  }

  private var threeMoves: Step {
    step("moves", en: "Exponentiate, sum, divide", ja: "e の累乗にして、足して、割る") {
      if let logits = story.recorded(.logits), let chances = story.recorded(.probabilities) {
        paragraph(
          en: """
            \(.sup("e", "x") as Math) makes every number positive and larger ones much larger. Divided by the sum, they are \
            shares of one whole: \(term: "softmax"). The largest logit is taken away first, so that no number gets too large; \
            that changes no share.
            """,
          ja: """
            \(.sup("e", "x") as Math) は、どんな数も正の数に変え、大きい数ほどずっと大きくします。それぞれを合計で割り、足して 1 になる\
            割合にするのが\(term: "ソフトマックス")です。数が大きくなりすぎないように先に最大のロジットを引きますが、割合は変わりません。
            """
        )
        equation([
          .sub("p", "t"), .op("="),
          .frac(.sup("e", .sub("x", "t")), .sum(under: "n", .sup("e", .sub("x", "n")))),
        ])
        moves(logits, chances)
        Block.figure(story.probabilitiesFigure(chances))
        half(chances)
      } else {
        leftOut(HookPoint.logits.name, HookPoint.probabilities.name)
      }
    }
  }

  /// Three columns: the logit, what it becomes under e^x, its share.
  private func moves(_ logits: Recorded, _ chances: Recorded) -> Block {
    let row = logits.vector(last).map(Double.init)
    let order = largest(6, of: row)
    let top = row[order[0]]
    let sum = row.reduce(0) { $0 + exponential($1 - top) }
    let rows = order.map { id -> [RichText] in
      let raised = Quantity(
        exponential(row[id] - top),
        digits: 4,
        origin: .derived("exp(\(logits.place([last, id])) - \(logits.place([last, order[0]])))")
      )
      return [
        "\(token: story.word(id))", "\(logits(last, id))", "\(raised)",
        "\(chances(last, id, digits: 4))",
      ]
    }
    let total = Quantity(
      sum,
      digits: 4,
      origin: .derived(
        "sum(t, exp(\(logits.place([last], "t")) - \(logits.place([last, order[0]]))))"
      )
    )
    let one = Quantity(
      chances.vector(last).reduce(0) { $0 + Double($1) },
      digits: 4,
      origin: .derived("sum(t, \(chances.formula([last], "t")))")
    )
    return .table(
      Table(
        title: say(
          en: """
            Softmax in three moves: the \(order.count) likeliest of \(row.count) tokens (the last row sums over all of them)
            """,
          ja: "ソフトマックスの3つの手順：\(row.count) 個のトークンのうち上位 \(order.count) 個（最後の行は語彙全体の合計）"
        ),
        columns: [
          column(en: "token", ja: "トークン"), numbers(en: "logit x", ja: "ロジット x"),
          numbers(en: "e^(x − max)", ja: "e^(x − 最大値)"), numbers(en: "÷ sum", ja: "÷ 合計"),
        ],
        rows: rows + [["Σ", "", "\(total)", "\(one)"]]
      )
    )
  }

  private func half(_ chances: Recorded) -> Block {
    let row = chances.vector(last).map(Double.init)
    let order = largest(row.count, of: row)
    var sum = 0.0
    var count = 0
    while count < order.count, sum < 0.5 {
      sum += row[order[count]]
      count += 1
    }
    let share = Quantity(
      sum,
      digits: 3,
      origin: .derived("top(\(count), t, \(chances.formula([last], "t")))")
    )
    return found(
      en: """
        \(count == 1 ? "One token" : "\(count) tokens") of \(row.count) hold\(count == 1 ? "s" : "") \(share) of the whole; \
        the likeliest is \(token: story.word(order[0])) with \(chances(last, order[0], digits: 3)).
        """,
      ja: """
        \(row.count) 個のトークンのうち上位 \(count) 個だけで、確率の合計 1 のうち \(share) を占めます。最も確率が高いのは \
        \(token: story.word(order[0])) で、\(chances(last, order[0], digits: 3)) です。
        """
    )
  }

  private static let temperatures = [0, 0.5, 1, 1.5, 2, 5]

  private var temperature: Step {
    step("temperature", en: "Flatter or sharper, same order", ja: "平らにしても鋭くしても、順番は同じ") {
      if let logits = story.recorded(.logits) {
        paragraph(
          en: """
            Dividing the logits by a \(term: "temperature") T before softmax changes how bold the choice is. Below 1 the favourite \
            gains, above 1 the others together do; towards T = 0 the largest takes all. Some services stop at 2; that limit is a choice, \
            not a law.
            """,
          ja: """
            ソフトマックスの前にロジットを\(term: "温度") T で割ると、選び方の大胆さが変わります。T が 1 より低いと本命がさらに\
            有利になり（0 に近づけると最大のものがすべてを独占します）、高いとほかの候補にも確率が回ります。T の上限を 2 とするサービスもありますが、それは\
            取り決めであって、数学的な限界ではありません。
            """
        )
        equation([
          .sub("p", "t"), .op("="),
          .frac(
            .sup("e", [.sub("x", "t"), .text("/"), "T"]),
            .sum(under: "n", .sup("e", [.sub("x", "n"), .text("/"), "T"]))
          ),
        ])
        Block.panel(.temperature)
        temperatureTable(logits)
        flatter(logits)
      } else {
        leftOut(HookPoint.logits.name)
      }
    }
  }

  /// Softmax of the last position's logits at a temperature, over the whole vocabulary.
  private func shares(_ row: [Double], at temperature: Double) -> [Double] {
    let top = row.max() ?? 0
    guard temperature > 0 else {
      // Equally large ones share what the limit leaves.
      let winners = row.count(where: { $0 == top })
      return row.map { $0 == top ? 1 / Double(max(1, winners)) : 0 }
    }
    let raised = row.map { exponential(($0 - top) / temperature) }
    let sum = raised.reduce(0, +)
    return raised.map { $0 / sum }
  }

  private func share(_ logits: Recorded, _ id: Int, at temperature: Double, _ all: [Double])
    -> Quantity
  {
    Quantity(
      all[id],
      digits: 3,
      origin: .derived(logits.softmax([last], "\(id)", at: temperature))
    )
  }

  private func temperatureTable(_ logits: Recorded) -> Block {
    let row = logits.vector(last).map(Double.init)
    let order = largest(6, of: row)
    let all = Self.temperatures.map { shares(row, at: $0) }
    let rows = order.map { id in
      [RichText([.token(story.word(id))])]
        + zip(Self.temperatures, all).map { temperature, shares -> RichText in
          "\(share(logits, id, at: temperature, shares))"
        }
    }
    return .table(
      Table(
        title: say(
          en: """
            The \(order.count) likeliest of \(row.count) tokens at six temperatures (T = 0: the limit)
            """,
          ja: "\(row.count) 個のトークンのうち上位 \(order.count) 個を6つの温度で（T = 0 は極限）"
        ),
        columns: [column(en: "token", ja: "トークン")]
          + Self.temperatures.map { temperature in
            let label = temperature == temperature.rounded() ? 0 : 1
            let text = "T = \(Decimal.text(temperature, digits: label))"
            return Table.Column(RichText(stringLiteral: text), isNumeric: true)
          },
        rows: rows
      )
    )
  }

  private func flatter(_ logits: Recorded) -> Block {
    let row = logits.vector(last).map(Double.init)
    let winner = largest(1, of: row)[0]
    let cold = share(logits, winner, at: 0.5, shares(row, at: 0.5))
    let hot = share(logits, winner, at: 2, shares(row, at: 2))
    return found(
      en: """
        The favourite, \(token: story.word(winner)), holds \(cold) at T = 0.5 and \(hot) at T = 2.
        """,
      ja: "本命である \(token: story.word(winner)) の確率は、T = 0.5 では \(cold)、T = 2 では \(hot) です。"
    )
  }
}
