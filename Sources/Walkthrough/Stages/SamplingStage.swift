import Graphics
import Traces

/// From probabilities to the next token, and on.
struct SamplingStage: StageTeller {
  static let id = StageID.sampling
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Sampling", ja: "サンプリング"),
      title: say(en: "Sample, append, repeat", ja: "選んで、つなげて、繰り返す"),
      input: flow(
        HookPoint.probabilities.name,
        shape((story.trace.model.dVocab, "V")),
        en: "a probability for every token",
        ja: "すべてのトークンの確率"
      ),
      output: flow(
        nil,
        shape((story.length + 1, "T + 1")),
        en: "the prompt, one token longer",
        ja: "トークンが1つ増えた文章"
      ),
      steps: [draw, cut, again, window]
    )
  }

  private var draw: Step {
    step("draw", en: "Chance, but weighted", ja: "確率どおりのくじ引き") {
      if let turn = story.trace.continuation?.steps.first {
        let number = recordedDraw(turn, 0)
        paragraph(
          en: """
            Lay all tokens side by side on the line from 0 to 1, each as wide as it is likely. A random number falls somewhere; \
            the token it falls on is next. Here the seed \(String(seed)) gave \(number).
            """,
          ja: """
            0 から 1 までの線の上に、すべてのトークンを、確率に等しい幅をとって並べます。そこに乱数を1つ落とし、当たったトークンを次の\
            トークンとします。乱数の種（シード）を \(String(seed)) にすると、\(number) が出ました。
            """
        )
        if story.recorded(.logits) != nil { Block.panel(.draw) }
        if let figure = story.drawFigure(turn) { Block.figure(figure) }
        let isFavourite = turn.candidates.first?.tokenID == turn.tokenID
        let (low, high) = (edge(turn.low, "low", of: turn), edge(turn.high, "high", of: turn))
        found(
          en: """
            \(number) lies between \(low) and \(high): the share of \(token: story.word(turn.tokenID))\
            \(isFavourite ? ", the likeliest token" : ", not the likeliest token").
            """,
          ja: """
            \(number) は \(low) と \(high) のあいだ、つまり \(token: story.word(turn.tokenID)) の区間に落ちました。\
            \(isFavourite ? "最も確率の高いトークンです" : "最も確率の高いトークンではありません")。
            """
        )
        story.reading.caution.map { Block.found($0) }
      } else {
        leftOut("continuation")
      }
    }
  }

  private var seed: UInt64 { story.trace.continuation?.seed ?? 0 }

  private func recordedDraw(_ turn: Continuation.Step, _ index: Int) -> Quantity {
    Quantity(
      turn.draw,
      digits: digits(toTellApart: turn),
      origin: .derived("continuation.draw[\(index)]")
    )
  }

  private func edge(_ value: Double, _ name: String, of turn: Continuation.Step) -> Quantity {
    Quantity(
      value,
      digits: digits(toTellApart: turn),
      origin: .derived("continuation.\(name)[0]")
    )
  }

  /// So many digits that a draw does not look like the edges of the share it fell into.
  private func digits(toTellApart turn: Continuation.Step) -> Int {
    let shown = { (value: Double, digits: Int) in Decimal.text(value, digits: digits) }
    return (3..<9).first { digits in
      shown(turn.draw, digits) != shown(turn.low, digits)
        && shown(turn.draw, digits) != shown(turn.high, digits)
    } ?? 9
  }

  private var cut: Step {
    step("cut", en: "Cutting the tail", ja: "確率の低い裾を切る") {
      if let chances = story.recorded(.probabilities) {
        paragraph(
          en: """
            The many unlikely tokens together can weigh a lot. \(term: "Top-k") keeps the k likeliest, \(term: "top-p") the \
            fewest that together reach p; what remains is scaled up to 1 again.
            """,
          ja: """
            一つ一つは確率の低いトークンでも、数が多ければ、合計は無視できない大きさになります。\(term: "top-k") は上位 k 個だけを、\
            \(term: "top-p") は合計が p に達するまでの上位だけを残します。残ったものは、合計が再び 1 になるように割り直します。
            """
        )
        if story.recorded(.logits) != nil { Block.panel(.tail) }
        tails(chances)
        tailFound(chances)
      } else {
        leftOut(HookPoint.probabilities.name)
      }
    }
  }

  private static let (k, p) = (3, 0.9)

  /// The probabilities of the last position, largest first, with their ids.
  private func ranked(_ chances: Recorded) -> [(id: Int, value: Double)] {
    let row = chances.vector(story.length - 1)
    return largest(row.count, of: row).map { ($0, Double(row[$0])) }
  }

  /// How many of the likeliest tokens it takes to reach p.
  private func nucleus(_ ranked: [(id: Int, value: Double)]) -> Int {
    var sum = 0.0
    for (index, entry) in ranked.enumerated() {
      sum += entry.value
      if sum >= Self.p { return index + 1 }
    }
    return ranked.count
  }

  private func tails(_ chances: Recorded) -> Block {
    let ranked = ranked(chances)
    let last = story.length - 1
    func kept(_ rank: Int, of count: Int) -> RichText {
      guard rank < count else { return "–" }
      let whole = ranked.prefix(count).reduce(0) { $0 + $1.value }
      let quantity = Quantity(
        ranked[rank].value / whole,
        digits: 3,
        origin: .derived(
          "\(chances.formula([last], "\(ranked[rank].id)"))"
            + " / top(\(count), t, \(chances.formula([last], "t")))"
        )
      )
      return "\(quantity)"
    }
    let nucleus = nucleus(ranked)
    let rows = ranked.indices.prefix(6).map { rank -> [RichText] in
      [
        "\(token: story.word(ranked[rank].id))",
        "\(chances(last, ranked[rank].id, digits: 3))",
        kept(rank, of: Self.k), kept(rank, of: nucleus),
      ]
    }
    return .table(
      Table(
        title: say(
          en: "What remains of the \(rows.count) likeliest of \(ranked.count) tokens",
          ja: "\(ranked.count) 個のトークンのうち上位 \(rows.count) 個と、そのうち残るもの"
        ),
        columns: [
          column(en: "token", ja: "トークン"), numbers(en: "probability", ja: "確率"),
          numbers(en: "top-k, k = 3", ja: "top-k（k = 3）"),
          numbers(en: "top-p, p = 0.9", ja: "top-p（p = 0.9）"),
        ],
        rows: rows
      )
    )
  }

  private func tailFound(_ chances: Recorded) -> Block {
    let ranked = ranked(chances)
    let count = nucleus(ranked)
    let chance = chances.formula([story.length - 1], "t")
    let tail = Quantity(
      ranked.dropFirst(Self.k).reduce(0) { $0 + $1.value },
      digits: 3,
      origin: .derived("sum(t, \(chance)) - top(\(Self.k), t, \(chance))")
    )
    return found(
      en: """
        Behind the first \(Self.k), the tail of \((max(0, ranked.count - Self.k)).of("token")) holds \(tail). To reach p = 0.9 \
        it takes \(count) of all \(ranked.count).
        """,
      ja: """
        上位 \(Self.k) 個より後ろの \(max(0, ranked.count - Self.k)) 個を合わせると \(tail) になります。合計が p = 0.9 に達するには、\
        \(ranked.count) 個のうち上位 \(count) 個が必要です。
        """
    )
  }

  private var again: Step {
    step("again", en: "That is all a GPT does", ja: "GPT がするのはこれだけ") {
      if let continuation = story.trace.continuation, !continuation.steps.isEmpty {
        paragraph(
          en: """
            The chosen token is appended, and all of this runs again with a prompt one token longer. Predict, sample, \
            append, repeat: so a model that predicts one token writes a story.
            """,
          ja: """
            選ばれたトークンを末尾につなげ、トークン1つ分長くなった文章で、ここまでのすべてをもう一度行います。予測し、選び、つなげ、\
            また繰り返す。トークンを1つ予測するだけのモデルが、こうして物語を書いていきます。
            """
        )
        turns(continuation)
        let written = continuation.steps.map { story.word($0.tokenID) }.joined()
        found(
          en: "After the prompt, the model went on: \(token: written).",
          ja: "プロンプトの続きに、モデルは \(token: written) と書きました。"
        )
        if let end = continuation.endedBy {
          found(
            en: "There it stopped: \(token: story.word(end)) is a token that ends a text.",
            ja: "そこで終わりです。\(token: story.word(end)) は、文章の終わりを示すトークンです。"
          )
        }
      } else {
        leftOut("continuation")
      }
    }
  }

  private func turns(_ continuation: Continuation) -> Block {
    let rows = continuation.steps.enumerated().map { index, turn -> [RichText] in
      var candidates: RichText = ""
      for (rank, candidate) in turn.candidates.prefix(3).enumerated() {
        let chance = Quantity(
          candidate.probability,
          digits: 3,
          origin: .derived("continuation.probability[\(index),\(rank)]")
        )
        candidates =
          candidates + (rank > 0 ? comma : "") + "\(token: story.word(candidate.tokenID)) \(chance)"
      }
      return [
        "\(index + 1)", candidates, "\(recordedDraw(turn, index))",
        "\(token: story.word(turn.tokenID))",
      ]
    }
    return .table(
      Table(
        title: say(
          en:
            "The next \(continuation.steps.count.of("token")), at temperature \(Decimal.text(continuation.temperature, digits: 1))",
          ja:
            "これに続く \(continuation.steps.count) 個のトークン（温度 \(Decimal.text(continuation.temperature, digits: 1))）"
        ),
        columns: [
          numbers(en: "turn", ja: "回"), column(en: "the likeliest three", ja: "確率の高い候補（上位3個）"),
          numbers(en: "draw", ja: "乱数"), column(en: "chosen", ja: "選ばれたトークン"),
        ],
        rows: rows
      )
    )
  }

  private var window: Step {
    step("window", en: "So many tokens and no more", ja: "一度に見えるのはここまで") {
      if let context = story.trace.model.contextLength {
        limit(context)
        inLayers
        Block.figure(story.windowFigure(context: context))
        found(
          en:
            "This prompt fills \(story.length) of \(context) places; free: \(max(0, context - story.length)).",
          ja: """
            このプロンプトは \(context) 個の位置のうち \(story.length) 個を使っています。残りは \(max(0, context - story.length)) 個です。
            """
        )
      } else {
        leftOut("model.n_ctx")
      }
    }
  }

  /// How far the layers look, where all of them have a window of their own.
  private var inLayers: Block? {
    guard let reach = story.reach, let window = story.trace.model.architecture.window(ofLayer: 0)
    else { return nil }
    return paragraph(
      en: """
        Within that, a layer's heads look only so far back: those of layer 0 at \(window.of("token")), their own among them. What \
        stands further back arrives through other tokens, layer by layer; from more than \(reach.of("token")) back, nothing does.
        """,
      ja: """
        そのうえ、どのレイヤーのヘッドも、近くしか見ません。レイヤー 0 では、自分を含めて \(window) トークンです。それより前のことは、\
        ほかのトークンを経て、レイヤーごとに伝わってきます。ただし、\(reach) トークンより前からは何も届きません。
        """
    )
  }

  /// Why there is a limit, where learned positions set it.
  private func limit(_ context: Int) -> Block {
    story.recorded(.posEmbed) == nil
      ? paragraph(
        en: """
          The model sees at most \(context) tokens at once, its \(term: "context window"). When a text grows longer, its \
          beginning is out of sight.
          """,
        ja: """
          モデルが一度に見られるのは最大 \(context) トークンで、この範囲を\(term: "コンテキストウィンドウ")、その長さを文脈長と呼びます。文章がそれより\
          長くなると、はじめのほうは見えなくなります。
          """
      )
      : paragraph(
        en: """
          The model sees at most \(context) tokens at once, its \(term: "context window"): \("W_pos" as Math) has no more rows. \
          When a text grows longer, its beginning is out of sight.
          """,
        ja: """
          モデルが一度に見られるのは最大 \(context) トークンで、この範囲を\(term: "コンテキストウィンドウ")、その長さを文脈長と呼びます。\
          \("W_pos" as Math) の行が \(context) 行しかないからです。文章がそれより長くなると、はじめのほうは見えなくなります。
          """
      )
  }
}
