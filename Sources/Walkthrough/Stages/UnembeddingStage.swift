import Graphics
import Traces

/// From the followed token's final vector to a score for every token.
struct UnembeddingStage: StageTeller {
  static let id = StageID.unembedding
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    let last = max(0, story.trace.layerCount - 1)
    return Stage(
      id: Self.id,
      name: say(en: "Unembedding", ja: "逆埋め込み"),
      title: say(en: "The final vector meets the vocabulary", ja: "最後のベクトルを語彙と照らし合わせる"),
      input: flow(
        HookPoint.residPost(last).name,
        streamShape,
        en: "the residual stream after the last block",
        ja: "最後のブロックを出た残差ストリーム"
      ),
      output: flow(
        HookPoint.logits.name,
        shape((story.length, "T"), (story.trace.model.dVocab, "V")),
        en: "a score for every token at every position",
        ja: "すべての位置・すべてのトークンのロジット"
      ),
      steps: [lastVector, dotProduct, logits, otherPositions]
    )
  }

  private var norm: NormTeller { NormTeller(story: story, site: .final) }

  private var lastVector: Step {
    let last = max(0, story.trace.layerCount - 1)
    return step(
      "norm",
      en: "Everything needed must be here by now",
      ja: "必要な情報は、もうここにあるはず",
      follows: .token
    ) {
      whoPredicts
      if let stream = story.recorded(.residPost(last)), let scale = story.recorded(.scale(.final)) {
        norm.formula
        norm.example(stream: stream, scale: scale, at: story.followed)
        norm.observation(scale: scale)
      } else {
        leftOut(HookPoint.scale(.final).name)
      }
    }
  }

  /// What the followed vector's prediction is for: the prompt's next token, or training.
  private var whoPredicts: Block {
    let token = RichText([.token(story.token(story.followed))])
    return story.followed == story.length - 1
      ? paragraph(
        en: """
          To predict what follows the prompt, the model uses only the last vector, that of \(token). Whatever the prediction \
          needs must have moved into it.\(prepared.en)
          """,
        ja: """
          プロンプトの続きを予測するのに使うのは、末尾の \(token) のベクトルだけです。予測に必要なことは、すべてこの中に\
          集まっていなければなりません。\(prepared.ja)
          """
      )
      : paragraph(
        en: """
          To write on, the model needs the last vector alone; but in training this position, too, predicts the token after it. \
          Whatever that takes must have moved into the vector of \(token).\(prepared.en)
          """,
        ja: """
          続きを書くのに必要なのは末尾のベクトルだけですが、学習のときは、この位置も次のトークンを予測します。そのために必要なことは、\
          すべて \(token) のベクトルに集まっていなければなりません。\(prepared.ja)
          """
      )
  }

  /// The vector that meets W_U: after gain and bias, or as a trace from elsewhere has it.
  private var final: Recorded? {
    story.recorded(.normOut(.final)) ?? story.recorded(.normalized(.final))
  }

  private var dotProduct: Step {
    step("product", en: "One dot product for every token", ja: "トークン1つにつき内積1回", follows: .token) {
      if let final, let columns = story.recorded(.unembedColumn),
        let ids = story.recorded(.unembedID),
        let logits = story.recorded(.logits)
      {
        let size = story.trace.model.dVocab ?? 0
        paragraph(
          en: """
            The \(term: "unembedding matrix") \("W_U" as Math) has a column (in 3Blue1Brown's chapter, a row) for each of the \(size) tokens\(shared.en). The dot \
            product of the final vector with a token's column \(becomes.en) that token's \(term: "logit").
            """,
          ja: """
            \(term: "逆埋め込み行列") \("W_U" as Math) には、\(size) 個のトークンそれぞれに1本の列（動画では転置して行）があります\(shared.ja)。最後の正規化を通った\
            ベクトルと、ある列との内積\(becomes.ja)、その列のトークンの\(term: "ロジット")\(becomes.en.plain == "is" ? "です" : "になります")。
            """
        )
        logitEquation(
          of: .sub(.text("logit"), "t"),
          [norm.read, .op("·"), "W_U", .text("[:,"), "t", .text("]")]
        )
        Block.arithmetic(
          (0..<min(2, ids.columns)).map { writtenOut($0, final, columns, ids, logits) }
        )
        paragraph(
          en: """
            A single term says little: it depends on the basis, the axes along which the vectors are written. Turn both vectors \
            alike, and the terms are others while their sum\(becomes.en.plain == "is" ? ", the logit," : "") stays.
            """,
          ja: """
            項の一つ一つには、あまり意味がありません。ベクトルをどの基底（座標軸）で書くかによって変わるからです。2本のベクトルを一緒に\
            回転させると、項は別の数になりますが、その和\(becomes.en.plain == "is" ? "であるロジット" : "")は変わりません。
            """
        )
        Block.figure(
          story.logitContributionsFigure(
            final,
            columns,
            word: story.word(ids.id(story.followed, 0))
          )
        )
        runnerUp(ids, logits)
      } else {
        leftOut(Fact.unembedColumn.name)
      }
    }
  }

  /// That a norm stands before the unembedding.
  private var prepared: (en: RichText, ja: RichText) {
    norm.isShown
      ? (" A final \(norm.name) prepares it.", "最後の\(norm.name)で準備を整えます。") : ("", "")
  }

  /// That the columns of W_U are the rows of W_E, where they are.
  private var shared: (en: RichText, ja: RichText) {
    story.trace.model.isTied == true
      ? (
        ": its row of \("W_E" as Math), for in this model the two are one matrix",
        "（このモデルでは \("W_E" as Math) と同じ行列なので、それは \("W_E" as Math) の行と同じです）"
      ) : ("", "")
  }

  /// Whether a product is a logit, or something is done to it first.
  private var becomes: (en: RichText, ja: RichText) {
    if case .product(hasBias: false) = story.architecture.logits { return ("is", "が") }
    return ("becomes", "が")
  }

  /// How logits come from the final vector, in this model's way if it is known.
  @BlockList private func logitEquation(of result: Math, _ product: Math) -> [Block] {
    switch story.architecture.logits {
    case .product(let hasBias):
      equation(.row([result, .op("="), product] + (hasBias ? [.op("+"), "b_U"] : [])))
    case .capped(let cap):
      equation([
        result, .op("="), "c", .text(" "), .function("tanh"), .parens(.frac(product, "c")),
        .text("   "), "c", .op("="),
        .number(Decimal.text(cap, digits: cap == cap.rounded() ? 0 : 2)),
      ])
    case nil:
      untold(
        en: """
          whether anything is done to these products before they are the logits: a bias, a scale, a cap
          """,
        ja: "この積がロジットになる前に、バイアスや倍率や上限が加わるかどうか"
      )
    }
  }

  /// A token's logit, term by term.
  private func writtenOut(
    _ rank: Int,
    _ final: Recorded,
    _ columns: Recorded,
    _ ids: Recorded,
    _ logits: Recorded
  ) -> RichText {
    let i = story.followed
    let id = ids.id(i, rank)
    var line: RichText = "\(token: story.word(id)): "
    for n in 0..<min(3, columns.columns) {
      line =
        line + (n > 0 ? " + \(signed: final(i, n))" : "\(final(i, n))")
        + " · \(signed: columns(i, rank, n))"
    }
    guard 0..<logits.columns ~= id else { return line + " + …" }
    if case .product(hasBias: false) = story.architecture.logits {
      return line + " + … = \(logits(i, id))"
    }
    return line + " + … → \(logits(i, id))"
  }

  private func runnerUp(_ ids: Recorded, _ logits: Recorded) -> Block? {
    guard ids.columns > 1 else { return nil }
    let i = story.followed
    let (winner, second) = (ids.id(i, 0), ids.id(i, 1))
    guard 0..<logits.columns ~= winner, 0..<logits.columns ~= second else { return nil }
    guard logits(i, winner).value > logits(i, second).value else {
      return found(
        en: """
          \(token: story.word(winner)) and \(token: story.word(second)) have the same logit, \(logits(i, winner)).
          """,
        ja: """
          \(token: story.word(winner)) と \(token: story.word(second)) のロジットは同じで、\(logits(i, winner)) です。
          """
      )
    }
    let margin = Quantity(
      logits(i, winner).value - logits(i, second).value,
      origin: .derived("\(logits.place([i, winner])) - \(logits.place([i, second]))")
    )
    return found(
      en: """
        \(token: story.word(winner)) wins with a logit of \(logits(i, winner)); \(token: story.word(second)) is \(margin) \
        behind.
        """,
      ja: """
        1位は \(token: story.word(winner)) で、ロジットは \(logits(i, winner)) です。2位の \(token: story.word(second)) との差は \
        \(margin) です。
        """
    )
  }

  private var logits: Step {
    step("logits", en: "Any size, any sign", ja: "大きさも符号もさまざま", follows: .token) {
      if let logits = story.recorded(.logits) {
        paragraph(
          en: """
            One score for each of the \(logits.columns) tokens: the \(term: "logits"). They are no probabilities yet: they may be \
            negative, and they add up to nothing in particular.
            """,
          ja: """
            \(logits.columns) 個のトークンに1つずつ付いたスコア、これが\(term: "ロジット")です。まだ確率ではありません。負の数にも\
            なりますし、合計がいくつになるという決まりもありません。
            """
        )
        logitEquation(of: .text("logits"), [norm.read, .text(" "), "W_U"])
        Block.figure(story.logitHistogramFigure(logits))
        let row = logits.vector(story.followed)
        let (top, bottom) = (largest(1, of: row)[0], largest(1, of: row.map { -$0 })[0])
        let mean = Quantity(
          mean(row),
          origin: .derived("mean(t, \(logits.place([story.followed], "t")))")
        )
        found(
          en: """
            They run from \(logits(story.followed, bottom)) for \(token: story.word(bottom)) to \
            \(logits(story.followed, top)) for \(token: story.word(top)), with a mean of \(mean).
            """,
          ja: """
            最小は \(token: story.word(bottom)) の \(logits(story.followed, bottom))、最大は \(token: story.word(top)) の \
            \(logits(story.followed, top))、平均は \(mean) です。
            """
        )
        crowd(row, lowest: bottom)
      } else {
        leftOut(HookPoint.logits.name)
      }
    }
  }

  /// What stands at the lowest end, if a tenth of the vocabulary or more does: such a peak asks for a word.
  private func crowd(_ row: [Float], lowest: Int) -> Block? {
    let ids = row.indices.filter { row[$0] < row[lowest] + 1 }
    guard ids.count * 10 >= row.count else { return nil }
    let bytes = ids.count(where: { story.word($0).hasPrefix("<0x") })
    let areMostlyBytes = bytes * 2 > ids.count
    return found(
      en: """
        Within 1 of the lowest crowd \(ids.count.of("token"))\
        \(areMostlyBytes ? ", \(bytes) of them single bytes that make no character alone" : "").
        """,
      ja: """
        最小から 1 以内に \(ids.count) 個のトークンが集まっています\
        \(areMostlyBytes ? "。そのうち \(bytes) 個は、それだけでは文字にならないバイトです" : "")。
        """
    )
  }

  private var otherPositions: Step {
    step("positions", en: "The other positions predict too", ja: "ほかの位置も予測している") {
      if let chances = story.recorded(.probabilities) {
        paragraph(
          en: """
            Every other vector makes a prediction as well. In training they are all used: each is compared with the token that \
            truly came next. For writing on, only the last one is needed.
            """,
          ja: """
            ほかの位置のベクトルも、それぞれ次のトークンを予測しています。学習のときはそのすべてを、実際に次に来たトークンと比べます。\
            続きを書くときに必要なのは、最後の予測だけです。
            """
        )
        predictionTable(chances)
        score(chances)
      } else {
        leftOut(HookPoint.probabilities.name)
      }
    }
  }

  private func predictionTable(_ chances: Recorded) -> Block {
    let vocabulary = chances.columns
    let rows = story.shownPositions(limit: 24).map { position -> [RichText] in
      let guess = largest(1, of: chances.vector(position))[0]
      let next = position + 1 < story.length ? story.trace.tokens[position + 1] : nil
      let truth: RichText = next.map { "\(token: $0.text)" } ?? "?"
      let chance: RichText =
        next.map { 0..<vocabulary ~= $0.id ? "\(chances(position, $0.id, digits: 3))" : "–" } ?? "–"
      return [
        "\(token: story.token(position))",
        "\(token: story.word(guess)) \(chances(position, guess, digits: 3))", truth, chance,
      ]
    }
    return .table(
      Table(
        title: story.shownNote(limit: 24).map { shown in
          say(
            en: "Predicted and true next token at \(shown)",
            ja: "次のトークンの予測と、実際：\(shown)"
          )
        }
          ?? say(
            en: "Predicted and true next token at every position",
            ja: "各位置での次のトークンの予測と、実際"
          ),
        columns: [
          column(en: "after", ja: "トークン"), column(en: "predicted", ja: "次の予測"),
          column(en: "came", ja: "実際のトークン"), numbers(en: "its probability", ja: "実際のトークンの確率"),
        ],
        rows: rows
      )
    )
  }

  private func score(_ chances: Recorded) -> Block {
    let seen = story.trace.recordedPositions.dropLast()
    guard !seen.isEmpty else {
      return found(
        en: "With a single token there is no other position to compare.",
        ja: "トークンが1つだけなので、比べられるほかの位置はありません。"
      )
    }
    let right = seen.filter {
      largest(1, of: chances.vector($0))[0] == story.trace.tokens[$0 + 1].id
    }
    if seen.lowerBound > 0 {
      return found(
        en: """
          At the last \(seen.count.of("position")) before the end, the token that came next was the model's first guess \
          \(right.count.of("time")).
          """,
        ja: """
          末尾の手前の \(seen.count) 個の位置のうち、実際の次のトークンが予測の1位だった位置は \(right.count) 個です。
          """
      )
    }
    return found(
      en: """
        Within this prompt the token that came next was the model's first guess at \(right.count) of \
        \((story.length - 1).of("position")).
        """,
      ja: """
        このプロンプトの中で、実際の次のトークンが予測の1位だった位置は、\(story.length - 1) 個のうち \(right.count) 個です。
        """
    )
  }
}
