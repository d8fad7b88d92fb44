import Graphics
import Platform
import Traces

// Figures along a line: ids, shares, the window, the nonlinearity, a distribution, additions by layer.

extension Story {
  /// Where the prompt's ids stand among all.
  func vocabularyLineFigure(size: Int) -> Figure {
    let positions = lastDifferentTokens(limit: 16)
    let all = Set(trace.tokens.map { $0.id }).count
    return figure(
      "vocabulary",
      title: say(en: "The prompt's ids in the vocabulary", ja: "語彙の中でのプロンプトの ID"),
      description: say(
        en:
          "A line from 0 to \(size - 1) with different tokens of the prompt on it: \(positions.count).",
        ja: "0 から \(size - 1) までの数直線に、プロンプトのトークン \(positions.count) 種類を置いたもの。"
      ),
      caption: positions.count == all ? nil : partOfTokens(positions.count, of: all),
      NumberLine(
        positions.map { position in
          NumberLine.Item(
            label(position),
            Quantity(
              Double(trace.tokens[position].id),
              digits: 0,
              origin: .derived("token_ids[\(position)]")
            ),
            isFollowed: position == followed
          )
        },
        range: 0...Double(max(1, size - 1)),
        low: "0",
        high: "\(size - 1)"
      )
    )
  }

  /// The followed position, then the last ones of different tokens.
  func lastDifferentTokens(limit: Int) -> [Int] {
    var seen: Set<Int> = []
    return Array(
      ([followed] + trace.tokens.indices.reversed())
        .filter { seen.insert(trace.tokens[$0].id).inserted }.prefix(limit)
    )
  }

  /// Says which of the prompt's different tokens ``lastDifferentTokens(limit:)`` are.
  func partOfTokens(_ shown: Int, of all: Int) -> RichText {
    say(
      en:
        "Drawn are \(shown) of the prompt's \(all) different tokens: the followed one and the last ones.",
      ja: "プロンプトに出てくる \(all) 種類のトークンのうち、選択中のものと末尾に近いもの、合わせて \(shown) 種類を描いています。"
    )
  }

  /// How much of the context window the prompt fills.
  func windowFigure(context: Int) -> Figure {
    figure(
      "window",
      title: say(en: "The context window", ja: "コンテキストウィンドウ"),
      description: say(
        en: "\(length) of \(context) places are taken.",
        ja: "\(context) 個の位置のうち \(length) 個を使っています。"
      ),
      NumberLine(
        [
          NumberLine.Item(
            say(en: "this prompt", ja: "このプロンプト").plain,
            Quantity(Double(length), digits: 0, origin: .derived("count(p, token_ids[p] >= 0)")),
            isFollowed: true
          )
        ],
        range: 0...Double(max(context, length)),
        low: "0",
        high: "\(context)"
      )
    )
  }

  /// The shares of the likeliest tokens and where the random number fell.
  func drawFigure(_ turn: Continuation.Step) -> Figure? {
    guard !turn.candidates.isEmpty else { return nil }
    return figure(
      "draw",
      title: say(en: "Where the random number fell", ja: "乱数が落ちた場所"),
      description: say(
        en: """
          The \(turn.candidates.count) likeliest tokens laid end to end from 0; the number chose \
          \(token: word(turn.tokenID)).
          """,
        ja: """
          確率の高い \(turn.candidates.count) 個のトークンを、0 から順に並べたもの。乱数は \(token: word(turn.tokenID)) に\
          当たりました。
          """
      ),
      CumulativeLine(
        turn.candidates.enumerated().map { rank, candidate in
          CumulativeLine.Segment(
            VisibleText.show(word(candidate.tokenID)),
            Quantity(
              candidate.probability,
              digits: 3,
              origin: .derived("continuation.probability[0,\(rank)]")
            )
          )
        },
        drawn: Quantity(turn.draw, digits: 3, origin: .derived("continuation.draw[0]")),
        restLabel: say(en: "all others", ja: "そのほか").plain
      )
    )
  }

  /// The nonlinearity, made of this run's own points, so that nothing is drawn that was not computed.
  ///
  /// Of all positions' neurons every so-manieth is taken, of these again the ends and some three dozen between, as
  /// evenly spread as they lie.
  private func activationCurve(_ pre: Recorded, _ post: Recorded) -> [Point] {
    let (x, y) = (pre.values, post.values)
    let ends = largest(1, of: x) + largest(1, of: x.map { -$0 })
    let points = (Array(stride(from: 0, to: x.count, by: max(1, x.count / 509))) + ends).map {
      Point(Double(x[$0]), Double(y[$0]))
    }
    .rising { $0.y }.rising { $0.x }
    guard let first = points.first, let last = points.last else { return [] }
    let step = (last.x - first.x) / 36
    var curve = [first]
    for point in points where point.x - (curve.last ?? first).x >= step { curve.append(point) }
    return curve.last == last ? curve : curve + [last]
  }

  /// The nonlinearity with this token's neurons on it.
  func activationCurveFigure(_ pre: Recorded, _ post: Recorded) -> Figure {
    let (x, y) = (pre.vector(followed), post.vector(followed))
    let order = risingOrder(of: x.map { Double($0) })
    let curve = activationCurve(pre, post)
    let top = largest(2, of: y)
    let named = top + (order.first.map { top.contains($0) ? [] : [$0] } ?? [])
    return figure(
      "activation",
      title: say(
        en:
          "The activation function, and \(named.count) of the \(x.count) neurons for \(token: token(followed))",
        ja: "活性化関数と、\(token: token(followed)) に対するニューロン \(x.count) 個のうち \(named.count) 個"
      ),
      description: say(
        en: """
          Layer \(layer): before on the horizontal axis, after on the vertical one. The curve goes through \(curve.count) \
          of this run's neurons.
          """,
        ja: """
          レイヤー \(layer)。横軸が活性化関数を通す前、縦軸が通した後の値です。曲線は、今回の計算のニューロン \(curve.count) 個を\
          通ります。
          """
      ),
      Curve(
        points: curve,
        dots: named.enumerated().map { rank, n in
          Curve.Dot(
            x: Double(x[n]),
            y: Double(y[n]),
            "\(n): \(pre(followed, n)) → \(post(followed, n))",
            isFollowed: rank == 0
          )
        },
        xTitle: Caption(say(en: "before", ja: "通す前").plain),
        yTitle: Caption(say(en: "after", ja: "通した後").plain)
      )
    )
  }

  /// All logits of the followed position as a distribution.
  func logitHistogramFigure(_ logits: Recorded) -> Figure {
    let row = logits.vector(followed)
    let order = largest(row.count, of: row)
    let ends = [order[0], order[order.count - 1]]
    return figure(
      "logit-histogram",
      title: say(en: "All \(row.count) logits", ja: "\(row.count) 個のロジットの分布"),
      description: say(
        en: """
          From \(logits(followed, ends[1])) to \(logits(followed, ends[0])), counted in equal steps.
          """,
        ja: """
          \(logits(followed, ends[1])) から \(logits(followed, ends[0])) までを等間隔に区切って数えたもの。
          """
      ),
      Histogram(
        Histogram.Bins(of: row.map(Double.init)),
        notes: ends.map { id in
          Histogram.Note(Double(row[id]), "\(token: word(id)) \(logits(followed, id))")
        },
        xTitle: Caption(say(en: "logit", ja: "ロジット").plain),
        countTitle: Caption(say(en: "tokens", ja: "トークン数").plain)
      )
    )
  }

  /// What each half of each block added: how long it is, and how near to the direction in which the stream ends.
  func additionNormsFigure(_ parts: [(layer: Int, attention: Addition, mlp: Addition)]) -> Figure {
    let hasCosines = parts.contains { $0.attention.cosineToEnd != nil }
    return figure(
      "additions",
      title: say(
        en: "Length of what each half of each block adds to \(token: token(followed))",
        ja: "各ブロックのアテンションと MLP が \(token: token(followed)) に足すベクトルの長さ"
      ),
      description: say(
        en: "Two bars for each layer, attention and MLP; layers: \(parts.count).",
        ja: "レイヤー（\(parts.count) 個）ごとに、アテンションと MLP の棒が1本ずつあります。"
      ),
      caption: hasCosines
        ? say(
          en: """
            cos is the cosine to the vector that leaves the last block: 1 is its direction, 0 is at right angles to it.
            """,
          ja: "cos は、最後のブロックを出たベクトルとのコサイン類似度です。1 なら同じ向き、0 なら直角です。"
        ) : nil,
      GroupedBars(
        series: [say(en: "attention", ja: "アテンション").plain, "MLP"],
        groups: parts.map { part in
          GroupedBars.Group(
            say(en: "layer \(part.layer)", ja: "レイヤー \(part.layer)").plain,
            [part.attention.length, part.mlp.length],
            notes: hasCosines
              ? [part.attention, part.mlp].map { added in
                added.cosineToEnd.map { "cos \($0)" } ?? "cos –"
              } : []
          )
        }
      )
    )
  }
}
