import Graphics
import Traces

// From queries and keys to an attention pattern.
extension AttentionStage {
  var scores: Step {
    let (layer, head) = (story.layer, story.head)
    return step("scores", en: "Alignment is a dot product", ja: "向きが合うほど内積は大きい") {
      if let q = story.recorded(.q(layer)), let k = story.recorded(.k(layer)) {
        paragraph(
          en: """
            Does a key answer a query? Multiply them number by number and add up: the \(term: "dot product") is large when \
            both point the same way. Here for \(token: story.token(story.followed)) and \(token: story.token(mostAttended)).
            """,
          ja: """
            キーはクエリの答えになっているでしょうか。数どうしを掛けて足し合わせたものが\(term: "内積")で、向きがそろって\
            いるほど大きくなります。ここでは \(token: story.token(story.followed)) と \
            \(token: story.token(mostAttended)) の場合です。
            """
        )
        equation([
          .sub("q", "i"), .op("·"), .sub("k", "j"), .op("="),
          .sum(under: "n", [.sub("q", .text("i,n")), .sub("k", .text("j,n"))]),
        ])
        Block.arithmetic([dotProduct(q, k, from: story.followed, to: mostAttended)])
        Block.figure(story.queryAndKeyFigure(q, k, from: story.followed, to: mostAttended))
        Block.table(story.dotProductTable(q, k, from: story.followed, to: mostAttended))
        largestTerm(q, k, head)
      } else {
        leftOut(HookPoint.q(layer).name, HookPoint.k(layer).name)
      }
    }
  }

  /// `q · k` written out: the first terms, then the sum.
  private func dotProduct(_ q: Recorded, _ k: Recorded, from i: Int, to j: Int) -> RichText {
    let (head, width) = (story.head, q.columns)
    var line: RichText = "q·k = "
    for n in 0..<min(3, width) {
      line = line + (n > 0 ? " + " : "") + "\(q(i, head, n)) · \(k(j, head, n))"
    }
    let sum = Quantity(
      dot(q.vector(i, head), k.vector(j, head)),
      origin: .derived("Σₙ \(q.name)[\(i),\(head),n] · \(k.name)[\(j),\(head),n]")
    )
    return line + (width > 3 ? " + … = \(sum)" : " = \(sum)")
  }

  private func largestTerm(_ q: Recorded, _ k: Recorded, _ head: Int) -> Block {
    let (i, j) = (story.followed, mostAttended)
    let products = zip(q.vector(i, head), k.vector(j, head)).map { Double($0) * Double($1) }
    let n = largest(1, of: products.map(abs))[0]
    let term = Quantity(
      products[n],
      origin: .derived("\(q.name)[\(i),\(head),\(n)] · \(k.name)[\(j),\(head),\(n)]")
    )
    return found(
      en: "Of the \(products.count) products, number \(n) counts most: \(term).",
      ja: "\(products.count) 個の積のうち、最も効いているのは \(n) 番目の \(term) です。"
    )
  }

  var scale: Step {
    let (layer, head) = (story.layer, story.head)
    return step("scale", en: "Large d makes large sums", ja: "次元が増えると和も大きくなる") {
      if let scores = story.recorded(.attnScoresUnmasked(layer)) ?? visibleScores(layer),
        let dHead = story.trace.model.dHead
      {
        let (i, j) = (story.followed, mostAttended)
        let divisor = Quantity(
          Double(dHead).squareRoot(),
          origin: .derived("√d with d = \(dHead)")
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
          scaledOtherwise
          if let sum = queryTimesKey(i, j) {
            arithmetic("q·k = \(sum) → \(scores(head, i, j))")
          }
        }
        if story.trace[.attnScoresUnmasked(layer)] != nil {
          Block.figure(story.scoresFigure(scores, isMasked: false))
        }
        let row = scores.vector(head, i).prefix(i + 1)
        let best = largest(1, of: Array(row))[0]
        found(
          en: """
            The best answer to \(token: story.token(i)) is \(token: story.token(best)), with a score of \
            \(scores(head, i, best)).
            """,
          ja: """
            \(token: story.token(i)) に最もよく答えるのは \(token: story.token(best)) で、スコアは \
            \(scores(head, i, best)) です。
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
        A sum of \(dHead) products grows with their number, and softmax would then see nothing but the largest. So every score \
        is divided by \(.sqrt("d") as Math), which is \(divisor) here.
        """,
      ja: """
        \(dHead) 個の積の和は、個数とともに大きくなります。そのままではソフトマックスが最大のものしか見なくなるので、どのスコアも \
        \(.sqrt("d") as Math)（ここでは \(divisor)）で割ります。
        """
    )
  }

  private var scaledOtherwise: Block {
    paragraph(
      en: """
        A sum of many products grows with their number. GPT-2 as published divides it by \(.sqrt("d") as Math); the scores of \
        this model are scaled in another way.
        """,
      ja: """
        多くの積の和は、個数とともに大きくなります。公開された GPT-2 は \(.sqrt("d") as Math) で割りますが、このモデルのスコアは\
        別の方法で調整されています。
        """
    )
  }

  /// The dot product of a query and a key in the head that is opened up.
  private func queryTimesKey(_ i: Int, _ j: Int) -> Quantity? {
    guard let q = story.recorded(.q(story.layer)), let k = story.recorded(.k(story.layer)) else {
      return nil
    }
    return Quantity(
      dot(q.vector(i, story.head), k.vector(j, story.head)),
      origin: .derived(
        "Σₙ \(q.name)[\(i),\(story.head),n] · \(k.name)[\(j),\(story.head),n]"
      )
    )
  }

  /// The scores as a trace from elsewhere has them: only after the mask.
  private func visibleScores(_ layer: Int) -> Recorded? { story.recorded(.attnScores(layer)) }

  var mask: Step {
    let layer = story.layer
    return step("mask", en: "No looking ahead", ja: "先を見てはいけない") {
      if let scores = story.recorded(.attnScores(layer)) {
        paragraph(
          en: """
            In training, the model predicts the next token at every position at once. A position that saw what comes later \
            would only copy the answer. So all scores ahead of a position are set to −∞: the \(term: "causal mask").
            """,
          ja: """
            学習では、すべての位置で同時に次のトークンを予測します。後ろが見えていたら、答えを写すだけになってしまいます。\
            そこで、先にある位置へのスコアをすべて −∞ にするのが\(term: "因果マスク")です。
            """
        )
        equation([
          .sub("s", .text("ij")), .op("="), .op("−"), .symbol("∞"), .text("   "), .text("j > i"),
        ])
        Block.figure(story.scoresFigure(scores, isMasked: true))
        let hidden = story.length * (story.length - 1) / 2
        found(
          en:
            "\(hidden) of \(story.length * story.length) scores are hidden. The first token sees only itself.",
          ja: """
            \(story.length * story.length) 個のスコアのうち \(hidden) 個が隠されます。最初のトークンに見えるのは自分だけです。
            """
        )
      } else {
        leftOut(HookPoint.attnScores(layer).name)
      }
    }
  }

  var softmax: Step {
    let (layer, head) = (story.layer, story.head)
    return step("softmax", en: "Each row becomes shares of one whole", ja: "各行を「1」の分け前にする") {
      if let pattern = story.recorded(.pattern(layer)) {
        paragraph(
          en: """
            Each row is one token asking: \(em: "whom should I listen to?") The scores are made positive by \
            \(.sup("e", "s") as Math) and divided by their sum. The result, the \(term: "attention pattern"), adds up to 1 in \
            every row.
            """,
          ja: """
            どの行も、1つのトークンの\(em: "「誰の話を聞けばよいか」")という問いです。スコアを \(.sup("e", "s") as Math) で\
            正の数にし、合計で割ります。こうしてできる\(term: "アテンションパターン")は、どの行も合計が 1 です。
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
            .lines(to: mostAttended, in: story)
        }
        Block.figure(story.patternFigure(pattern, layer: layer, head: head))
        Block.table(story.patternTable(pattern))
        let top = mostAttended
        found(
          en: """
            \(token: story.token(story.followed)) gives \(pattern(head, story.followed, top)) of its attention to \
            \(token: story.token(top))\(top == story.followed ? ", which is itself" : "").
            """,
          ja: """
            \(token: story.token(story.followed)) は、注意の \(pattern(head, story.followed, top)) を\
            \(token: story.token(top))\(top == story.followed ? "（自分自身）" : "")に向けています（全体で 1）。
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
    // As the model itself does, take away the largest score where e^x would be huge or vanish.
    let top = visible.max() ?? 0
    let shift = abs(top) > 15 ? top : 0
    let name = "\(scores.name)[\(head),\(row),·]"
    let less = shift == 0 ? "" : " − max"
    let sum = Quantity(
      visible.reduce(0) { $0 + exponential($1 - shift) },
      origin: .derived("Σ e^(\(name)\(less))")
    )
    let exponent =
      shift == 0
      ? scores(head, row, key)
      : Quantity(
        visible[key] - shift,
        origin: .derived("\(scores.name)[\(head),\(row),\(key)] − max \(name)")
      )
    let raised = Quantity(
      exponential(exponent.value),
      origin: .derived("e^(\(scores.name)[\(head),\(row),\(key)]\(less))")
    )
    let shifted: [RichText] =
      shift == 0
      ? []
      : [
        """
        \(scores(head, row, key)) − \(Quantity(top, origin: .derived("max \(name)"))) = \(exponent)
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
