import Graphics
import Traces

// From queries and keys to an attention pattern.
extension AttentionStage {
  var scores: Step {
    let (layer, head) = (story.layer, story.head)
    return step(
      "scores",
      en: "Alignment is a dot product",
      ja: "向きが合うほど内積は大きい",
      follows: .head
    ) {
      if let q = story.recorded(story.scoring.queries), let k = story.recorded(story.scoring.keys) {
        paragraph(
          en: """
            Does a key answer a query? Multiply them number by number and add up: the \(term: "dot product") is positive \
            when both point roughly the same way, negative when they point against each other, and the larger in size the longer they \
            are. Here position i, which asks, is that of \(story.me), and j, which is looked at, that of \(story.attended).
            """,
          ja: """
            キーがクエリの答えになっているかは、成分どうしを掛けて足し合わせた\(term: "内積")で測ります。2本の向きがおおむね\
            そろっていれば正、逆向きなら負になり、2本が長いほど絶対値は大きくなります。ここでは、問いかける位置 i が \(story.me)、見られる位置 j が \(story.attended) です。
            """
        )
        whichMeet
        equation([
          .sub("q", "i"), .op("·"), .sub("k", "j"), .op("="),
          .sum(under: "n", [.sub("q", .text("i,n")), .sub("k", .text("j,n"))]),
        ])
        Block.arithmetic([dotProduct(q, k, from: story.followed, to: story.mostAttended)])
        Block.figure(story.queryAndKeyFigure(q, k, from: story.followed, to: story.mostAttended))
        Block.table(story.dotProductTable(q, k, from: story.followed, to: story.mostAttended))
        sign(q, k)
        largestTerm(q, k, head)
      } else {
        leftOut(HookPoint.q(layer).name, HookPoint.k(layer).name)
      }
    }
  }

  /// Which queries and keys meet, where they are not those that the matrices gave.
  private var whichMeet: Block? {
    let scoring = story.scoring
    guard scoring.queries != .q(story.layer) else { return nil }
    let isRotated = scoring.queries == .rotatedQ(story.layer)
    return paragraph(
      en: """
        q and k are the \(isRotated ? "rotated" : "normed") ones here: \(code: scoring.queries.name), \(code: scoring.keys.name).
        """,
      ja: """
        ここでの q と k は、\(isRotated ? "回転" : "正規化")したあとのものです（\(code: scoring.queries.name)、\
        \(code: scoring.keys.name)）。
        """
    )
  }

  /// `q · k` written out: the first terms, what the others come to, then the sum.
  private func dotProduct(_ q: Recorded, _ k: Recorded, from i: Int, to j: Int) -> RichText {
    let (head, width, sum) = (story.head, q.columns, product(q, k))
    let (query, key) = (q.vector(i, head), k.vector(j, head))
    var line: RichText = "q·k = "
    for n in 0..<min(3, width) {
      line =
        line + (n > 0 ? " + \(signed: q(i, head, n))" : "\(q(i, head, n))")
        + " · \(signed: k(j, head, n))"
    }
    guard width > 3 else { return line + " = \(sum)" }
    let rest = Quantity(
      dot(Array(query[3...]), Array(key[3...])),
      origin: .derived("sum(n >= 3, \(q.place([i, head], "n")) * \(k.place([j, head], "n")))")
    )
    let others = say(
      en: "(\((width - 3).of("other product")): \(rest))",
      ja: "（残り \(width - 3) 個の積：\(rest)）"
    )
    return line + say(en: " + … \(others) = \(sum)", ja: " + …\(others) = \(sum)")
  }

  /// What the sum's sign says of this pair.
  private func sign(_ q: Recorded, _ k: Recorded) -> Block {
    let isNegative = product(q, k).text.hasPrefix("−")
    // The first token sees itself alone; a page that follows another one tells the step anew.
    if story.length == 1 {
      return paragraph(
        en:
          "With a single token there is nothing to compare it with: all of the attention is its own.",
        ja: "トークンが1つしかないので、比べる相手がありません。注意はすべて自分自身に向かいます。"
      )
    }
    let against: (en: RichText, ja: RichText) = (
      """
      This sum is negative: the two point against each other rather than the same way. What counts is the comparison: no other \
      token that \(story.me) sees gets more of its attention in this head.
      """,
      """
      この内積は負なので、2本は同じ向きよりも逆向きに近いことになります。大事なのは比較です。このヘッドで \(story.me) の注意をこれより多く受け取る\
      トークンは、ほかにありません。
      """
    )
    let along: (en: RichText, ja: RichText) = (
      """
      This sum is not negative. What counts is the comparison: no other token that \(story.me) sees gets more of its attention in \
      this head.
      """,
      """
      この内積は負ではありません。大事なのは比較です。このヘッドで \(story.me) の注意をこれより多く受け取るトークンは、ほかにありません。
      """
    )
    return paragraph(
      en: "\(if: "productIsNegative", isNegative, against.en, else: along.en)",
      ja: "\(if: "productIsNegative", isNegative, against.ja, else: along.ja)"
    )
  }

  /// The dot product of the query and the key that are shown.
  private func product(_ q: Recorded, _ k: Recorded) -> Quantity {
    let (i, j, head) = (story.followed, story.mostAttended, story.head)
    return Quantity(
      dot(q.vector(i, head), k.vector(j, head)),
      origin: .derived("sum(n, \(q.place([i, head], "n")) * \(k.place([j, head], "n")))")
    )
  }

  private func largestTerm(_ q: Recorded, _ k: Recorded, _ head: Int) -> Block {
    let (i, j) = (story.followed, story.mostAttended)
    let products = zip(q.vector(i, head), k.vector(j, head)).map { Double($0) * Double($1) }
    let n = largest(1, of: products.map(abs))[0]
    let term = Quantity(
      products[n],
      origin: .derived("\(q.place([i, head, n])) * \(k.place([j, head, n]))")
    )
    return found(
      en:
        "Of the \(products.count.of("product")), number \(following: "largest", "\(n)") is the largest in size: \(following: "largestTerm", term).",
      ja:
        "\(products.count) 個の積のうち、絶対値が最も大きいのは番号 \(following: "largest", "\(n)") の積で、\(following: "largestTerm", term) です。"
    )
  }

  var scale: Step {
    let (layer, head) = (story.layer, story.head)
    return step(
      "scale",
      en: "Large d makes large sums",
      ja: "次元が高いと、内積は大きくなりがち",
      follows: .head
    ) {
      if let scores = story.recorded(.attnScoresUnmasked(layer)) ?? visibleScores(layer),
        let dHead = story.trace.model.dHead
      {
        let (i, j) = (story.followed, story.mostAttended)
        let divisor = Quantity(
          Double(dHead).squareRoot(),
          origin: .derived("sqrt(\(dHead))")
        )
        if story.isDividedByRoot {
          dividedByRoot(dHead, divisor)
          equation([
            .sub("s", .text("ij")), .op("="),
            .frac([.sub("q", "i"), .op("·"), .sub("k", "j")], .sqrt("d")),
          ])
          if let sum = queryTimesKey(i, j) {
            arithmetic("\(sum) ÷ \(divisor) = \(scores(head, i, j))")
          }
        } else {
          ScalingTeller(story: story).blocks
          if let sum = queryTimesKey(i, j) {
            arithmetic("q·k = \(sum) → \(scores(head, i, j))")
          }
        }
        if story.trace[.attnScoresUnmasked(layer)] != nil {
          Block.figure(story.scoresFigure(scores, isMasked: false))
        }
        found(
          en: """
            Of the keys up to \(story.me), the one with the highest score is \
            \(if: "attendedIsSelf", i == j, "its own", else: "that of \(story.attended)"): \
            \(following: "score", scores(head, i, j)).
            """,
          ja: """
            \(story.me) までのキーのうち、スコアが最も高いのは\
            \(if: "attendedIsSelf", i == j, "自分自身のキー", else: " \(story.attended) のキー")で、\
            \(following: "score", scores(head, i, j)) です。
            """
        )
      } else {
        leftOut(HookPoint.attnScoresUnmasked(layer).name)
      }
    }
  }

  private func dividedByRoot(_ dHead: Int, _ divisor: Quantity) -> Block {
    paragraph(
      en: """
        The more products are added up, the larger in size the sum tends to be, and softmax, which comes soon, would see little \
        but the largest score. So every score is divided by \(.sqrt("d") as Math), where d is how many numbers a query has: with \
        d = \(dHead), by \(divisor).
        """,
      ja: """
        足し合わせる積の個数 d が多いほど、和の絶対値は大きくなりがちです。そのままでは、このあと使うソフトマックスが、最大のスコア\
        だけをほぼ選んでしまいます。そこで、どのスコアも \(.sqrt("d") as Math) で割ります（ここでは d = \(dHead) なので \(divisor)）。
        """
    )
  }

  /// The dot product of a query and a key in the head that is opened up.
  private func queryTimesKey(_ i: Int, _ j: Int) -> Quantity? {
    guard let q = story.recorded(story.scoring.queries), let k = story.recorded(story.scoring.keys)
    else { return nil }
    return Quantity(
      dot(q.vector(i, story.head), k.vector(j, story.head)),
      origin: .derived(
        "sum(n, \(q.place([i, story.head], "n")) * \(k.place([j, story.head], "n")))"
      )
    )
  }

  /// The scores as a trace from elsewhere has them: only after the mask.
  private func visibleScores(_ layer: Int) -> Recorded? { story.recorded(.attnScores(layer)) }

  var mask: Step {
    let layer = story.layer
    return step(
      "mask",
      en: "No looking ahead",
      ja: "先を見てはいけない",
      follows: .head
    ) {
      if let scores = story.recorded(.attnScores(layer)) {
        paragraph(
          en: """
            In training, the model predicts the next token at every position at once. A position that saw what comes later \
            could simply copy the answer. So every score for a later position is set to −∞: the \(term: "causal mask").
            """,
          ja: """
            学習のときは、すべての位置で同時に次のトークンを予測します。自分より後ろが見えていたら、答えを写すだけで済んでしまいます。\
            そこで、後ろの位置に対するスコアをすべて −∞ にするのが\(term: "因果マスク")です。
            """
        )
        equation([
          .sub("s", .text("ij")), .op("="), .op("−"), .symbol("∞"), .text("   "), .text("j > i"),
        ])
        arithmetic("j ≤ i: \(scores(story.head, story.followed, story.mostAttended))")
        Block.figure(story.scoresFigure(scores, isMasked: true))
        let (ahead, behind) = hiddenScores(scores)
        let hidden = ahead + behind
        if behind > 0 {
          window(hidden: hidden, behind: behind)
        } else if hidden == 0 {
          found(
            en: "With a single token nothing lies ahead, so nothing is hidden.",
            ja: "トークンが1つだけなので、後ろの位置はなく、隠されるスコアもありません。"
          )
        } else {
          found(
            en: """
              Of \(scoreCount) scores recorded here, \(hidden.of("is", "are")) hidden. The first token sees only itself.
              """,
            ja: """
              記録された \(scoreCount) 個のスコアのうち \(hidden) 個が隠されます。最初のトークンに見えるのは自分自身だけです。
              """
          )
        }
      } else {
        leftOut(HookPoint.attnScores(layer).name)
      }
    }
  }

  /// How many scores of the head were recorded: for each position that looks, one for each position.
  private var scoreCount: Int { story.trace.recordedPositions.count * story.length }

  /// How many of the recorded scores of the head are masked: of later positions, and of earlier ones.
  private func hiddenScores(_ scores: Recorded) -> (ahead: Int, behind: Int) {
    let queries = story.trace.recordedPositions
    let behind = queries.reduce(0) { count, query in
      count
        + scores.vector(story.head, query).prefix(query + 1).count { Story.isMasked(Double($0)) }
    }
    return (queries.reduce(0) { $0 + story.length - 1 - $1 }, behind)
  }

  /// That a token sees only so far back.
  private func window(hidden: Int, behind: Int) -> Block {
    found(
      en: """
        Of \(scoreCount) scores recorded here, \(hidden.of("is", "are")) hidden, \(behind) of them of earlier tokens: here a \
        token sees only some of those before it, as with a \(term: "sliding window").
        """,
      ja: """
        記録された \(scoreCount) 個のスコアのうち \(hidden) 個が隠されます。そのうち \(behind) 個は前のトークンのものです。ここでは、\
        前のトークンの一部しか見えません（\(term: "スライディングウィンドウ")など）。
        """
    )
  }

  var softmax: Step {
    let (layer, head) = (story.layer, story.head)
    return step(
      "softmax",
      en: "Each row becomes shares of one whole",
      ja: "各行を、合計 1 の割合に直す",
      follows: .head
    ) {
      if let pattern = story.recorded(.pattern(layer)) {
        paragraph(
          en: """
            Each row is one token asking: \(em: "whom should I listen to?") The scores are made positive by \
            \(.sup("e", "s") as Math), hidden ones 0, and divided by their sum: \(term: "softmax"). The result, the \(term: "attention pattern"), \
            adds up to 1 in every row.
            """,
          ja: """
            各行は、1つのトークンが\(em: "どのトークンの話をどれだけ聞くか")を表します。スコア s を \
            \(.sup("e", "s") as Math) で正の数に変え（隠されたものは 0）、行の合計で割ります（\(term: "ソフトマックス")）。こうしてできる\(term: "アテンションパターン")は、どの行も\
            合計が 1 です。
            """
        )
        equation([
          .sub("p", .text("ij")), .op("="),
          .frac(
            .sup("e", .sub("s", .text("ij"))),
            .sum(under: "n", .sup("e", .sub("s", .text("in"))))
          ),
        ])
        if let scores = story.recorded(.attnScores(layer)) {
          SoftmaxArithmetic(scores: scores, pattern: pattern, head: head, row: story.followed)
            .lines(to: story.mostAttended, in: story)
        }
        Block.figure(story.patternFigure(pattern, layer: layer, head: head))
        Block.table(story.patternTable(pattern))
        let share = pattern(head, story.followed, story.mostAttended)
        found(
          en: """
            \(story.me) gives \(following: "share", share) of its attention to \
            \(if: "attendedIsSelf", story.isAttendedSelf, "itself", else: story.attended).
            """,
          ja: """
            \(story.me) は、注意（合計 1）のうち \(following: "share", share) を\
            \(if: "attendedIsSelf", story.isAttendedSelf, "自分自身", else: " \(story.attended) ")に向けています。
            """
        )
      } else {
        leftOut(HookPoint.pattern(layer).name)
      }
    }
  }
}

/// One row of a pattern in three moves: exponentiate, sum, divide.
private struct SoftmaxArithmetic {
  let scores: Recorded
  let pattern: Recorded
  let head: Int
  let row: Int

  func lines(to key: Int, in story: Story) -> Block {
    let visible = scores.vector(head, row).prefix(row + 1).map(Double.init)
    // As the model itself does, take away the largest score, unless the sum is a readable number without.
    let top = visible.max() ?? 0
    let shift = -2...10 ~= top ? 0 : top
    let whole = "max(j <= \(row), \(scores.place([head, row], "j")))"
    let less = shift == 0 ? "" : " - \(whole)"
    let sum = Quantity(
      visible.reduce(0) { $0 + exponential($1 - shift) },
      origin: .derived("sum(n <= \(row), exp(\(scores.place([head, row], "n"))\(less)))")
    )
    let exponent =
      shift == 0
      ? scores(head, row, key)
      : Quantity(
        visible[key] - shift,
        origin: .derived("\(scores.place([head, row, key]))\(less)")
      )
    let raised = Quantity(
      exponential(exponent.value),
      origin: .derived("exp(\(scores.place([head, row, key]))\(less))")
    )
    let shifted: [RichText] =
      shift == 0
      ? []
      : [
        """
        s − max = \(scores(head, row, key)) − \(signed: Quantity(top, origin: .derived(whole))) = \(exponent)
        """
      ]
    return .arithmetic(
      shifted + [
        "\(.sup("e", .quantity(exponent)) as Math) = \(raised)", "Σ = \(sum)",
        "\(raised) ÷ \(sum) = \(pattern(head, row, key))",
      ]
    )
  }
}
