import Graphics
import Traces

/// The same kind of step, block after block.
struct LayersStage: StageTeller {
  static let id = StageID.layers
  static let scopes: Set<Step.Scope> = [.token]
  let story: Story

  var stage: Stage {
    let last = max(0, story.trace.layerCount - 1)
    return Stage(
      id: Self.id,
      name: say(en: "Layers", ja: "レイヤー"),
      isInBlock: true,
      title: say(en: "Again and again: the layers", ja: "レイヤー：同じ手順を繰り返す"),
      input: flow(
        HookPoint.residPre(0).name,
        streamShape,
        en: "the residual stream, from its beginning",
        ja: "残差ストリームの始まり"
      ),
      output: flow(
        HookPoint.residPost(last).name,
        streamShape,
        en: "the residual stream after the last block",
        ja: "最後のブロックを出た残差ストリーム"
      ),
      steps: [again, context, lens] + (answersStep.map { [$0] } ?? [])
    )
  }

  private var again: Step {
    let isOne = story.trace.layerCount == 1
    return step("again", en: "Same kind of step, other weights", ja: "同じ手順を、別の重みで", follows: .token)
    {
      paragraph(
        en: """
          Attention and MLP together are one \(term: "block"), also called a layer. This model has \
          \(story.trace.layerCount.of("block"))\(isOne ? "." : ", one after another. Each reads the stream with all that was added "
            + "before it, so later ones can build on earlier ones.")
          """,
        ja: """
          アテンションと MLP を合わせたものが1つの\(term: "ブロック")で、レイヤー（層）とも呼びます。このモデルのブロックは \
          \(story.trace.layerCount) 個です。\(isOne ? "" : "順に並んでいて、どのブロックも、それまでに足されたものを含むストリームを読むので、"
            + "前のブロックの結果を使うことができます。")
          """
      )
      BlockEquations(story: story).blocks
      if let additions = Additions(story: story) {
        Block.figure(additions.figure)
        Block.table(additions.table)
        additions.observation
      } else {
        leftOut(HookPoint.attnOut(0).name, HookPoint.mlpOut(0).name)
      }
    }
  }

  private var context: Step {
    step("context", en: "The vector turns", ja: "ベクトルの向きが変わっていく", follows: .token) {
      if let start = story.recorded(.residPre(0)), !streams.isEmpty {
        let i = story.followed
        paragraph(
          en: """
            Attention and the MLPs turn the vector of \(token: story.token(i)) as they add to it. Its cosine to where it began says \
            how far: 1 means the same direction still, 0 one at right angles to it.
            """,
          ja: """
            アテンションと MLP が足すたびに、\(token: story.token(i)) のベクトルの向きは変わります。どれだけ変わったかは、出発点との\
            コサイン類似度でわかります。1 ならまだ同じ向き、0 なら直角の向きです。
            """
        )
        Block.figure(story.travelFigure(start, streams))
        twinsApart ?? travelled(start)
      } else {
        leftOut(HookPoint.residPost(0).name)
      }
    }
  }

  /// The stream after each block that was recorded.
  private var streams: [Recorded] {
    (0..<story.trace.layerCount).compactMap { story.recorded(.residPost($0)) }
  }

  /// Two equal tokens whose vectors have come apart most.
  private var twinsApart: Block? {
    guard let start = story.recorded(.residPre(0)), let end = streams.last else { return nil }
    var best: (earlier: Int, later: Int, cosine: Double)?
    var pairs = 0
    for later in story.trace.tokens.indices {
      for earlier in 0..<later where story.trace.tokens[earlier].id == story.trace.tokens[later].id
      {
        pairs += 1
        let angle = cosine(end.vector(earlier), end.vector(later))
        if angle < best?.cosine ?? 2 { best = (earlier, later, angle) }
      }
    }
    guard let best else { return nil }
    let origin = { (stream: Recorded) -> Origin in
      .derived(stream.cosine([best.earlier], with: stream, [best.later]))
    }
    let before = Quantity(
      cosine(start.vector(best.earlier), start.vector(best.later)),
      origin: origin(start)
    )
    let after = Quantity(best.cosine, origin: origin(end))
    return found(
      en: """
        \(token: story.token(best.later)) stands at positions \(best.earlier) and \(best.later). Their vectors begin with a \
        cosine of \(before) and end with \(after)\(pairs > 1 ? ", the lowest among \(pairs) pairs of equal tokens" : "").
        """,
      ja: """
        \(token: story.token(best.later)) は位置 \(best.earlier) と \(best.later) にあります。2本のベクトルのコサイン類似度は、\
        はじめが \(before)、最後が \(after) です\(pairs > 1 ? "（同じトークンどうしの \(pairs) 組のうち最小）" : "")。
        """
    )
  }

  private func travelled(_ start: Recorded) -> Block? {
    guard let end = streams.last else { return nil }
    let angles = (0..<story.length).map { cosine(start.vector($0), end.vector($0)) }
    let far = largest(1, of: angles.map { -$0 })[0]
    let angle = Quantity(
      angles[far],
      origin: .derived(start.cosine([far], with: end))
    )
    guard story.length > 1 else {
      return found(
        en:
          "After the last block, the cosine of \(story.mention(far)) to where it began is \(angle).",
        ja: "最後のブロックの後では、\(story.mention(far)) と出発点とのコサイン類似度は \(angle) です。"
      )
    }
    return found(
      en: """
        Of the prompt's tokens, \(story.mention(far)) has turned furthest: the cosine between its start and its end is \(angle).\
        \(far == 0 ? " It sees only itself: not every turn is owed to context." : "")
        """,
      ja: """
        プロンプトのトークンのうち、向きが最も大きく変わったのは \(story.mention(far)) で、出発点とのコサイン類似度は \(angle) です。\
        \(far == 0 ? "このトークンに見えるのは自分自身だけなので、向きが変わるのは文脈のためだけではありません。" : "")
        """
    )
  }

  private var lens: Step {
    let norm = NormTeller(story: story, site: .final)
    return step("lens", en: "What could be guessed on the way", ja: "途中で読み取れる予測", follows: .token) {
      if let ids = story.recorded(.lensID), let chances = story.recorded(.lensProbability) {
        paragraph(
          en: """
            What can be read from the stream on its way? The \(term: "logit lens") puts it through the final \(norm.name) and \
            \("W_U" as Math), which were trained for the last block alone: early readings are hints. Depth counts the blocks passed, \
            0 before the first.
            """,
          ja: """
            途中のストリームからは、何が読み取れるでしょうか。\(term: "ロジットレンズ")は、途中のベクトルを、最後のブロックのために学習された\
            \(norm.name)と \("W_U" as Math) に通して読み出すので、早い段階の結果は目安です。深さは通り終えたブロックの数で、最初の\
            ブロックに入る前が 0 です。
            """
        )
        lensTable(ids, chances)
        everyPosition(ids, chances)
        decided(ids, chances)
      } else {
        leftOut(Fact.lensID.name)
      }
    }
  }

  private func lensTable(_ ids: Recorded, _ chances: Recorded) -> Block {
    let ranks = min(5, ids.columns)
    let rows = (0..<ids.shape[0]).map { depth in
      [RichText(stringLiteral: "\(depth)")]
        + (0..<ranks).map { rank -> RichText in
          let word = story.word(ids.id(depth, story.followed, rank))
          return "\(token: word) \(chances(depth, story.followed, rank, digits: 3))"
        }
    }
    let columns = (0..<ranks).map { column(en: "guess \($0 + 1)", ja: "予測\($0 + 1)位") }
    return .table(
      Table(
        title: say(
          en:
            "After each block: the \(ranks) likeliest tokens to follow \(token: story.token(story.followed))",
          ja: "各ブロックの後での、\(token: story.token(story.followed)) の次の予測（上位 \(ranks) 個）"
        ),
        columns: [numbers(en: "depth", ja: "深さ")] + columns,
        rows: rows
      )
    )
  }

  private func everyPosition(_ ids: Recorded, _ chances: Recorded) -> Block {
    let depths = 0..<ids.shape[0]
    let rows = story.shownPositions(limit: 24).map { position in
      [RichText([.token(story.token(position))])]
        + depths.map { depth -> RichText in
          let word = story.word(ids.id(depth, position, 0))
          return "\(token: word) \(chances(depth, position, 0))"
        }
    }
    return .table(
      Table(
        title: story.shownNote(limit: 24).map { shown in
          say(en: "The first guess at \(shown)", ja: "予測1位：\(shown)")
        } ?? say(en: "The first guess at every position", ja: "すべての位置での予測1位"),
        columns: [column(en: "after", ja: "トークン")]
          + depths.map { column(en: "depth \($0)", ja: "深さ \($0)") },
        rows: rows,
        isBehindFigure: true
      )
    )
  }

  /// At which depths the final guess is the first one.
  private func decided(_ ids: Recorded, _ chances: Recorded) -> Block {
    let depths = 0..<ids.shape[0]
    let first = depths.map { ids.id($0, story.followed, 0) }
    let (last, winner) = (depths.count - 1, first[depths.count - 1])
    // From here on it is first for good.
    let settled = (first.lastIndex { $0 != winner } ?? -1) + 1
    let earlier = depths.prefix(settled).filter { first[$0] == winner }
    let word: RichText = "\(token: story.word(winner))"
    let (there, end) = (
      chances(settled, story.followed, 0, digits: 3), chances(last, story.followed, 0, digits: 3)
    )
    guard settled > 0 else {
      return found(
        en:
          "At every depth \(word) is the first guess, with a probability of \(there) at depth 0 and \(end) at the end.",
        ja: "どの深さでも \(word) が予測の1位です。その確率は、深さ 0 で \(there)、最後は \(end) です。"
      )
    }
    let rival: RichText = "\(token: story.word(first[settled - 1]))"
    guard earlier.isEmpty else {
      let list = earlier.map(String.init).joined(separator: say(en: ", ", ja: "、").plain)
      let then: RichText =
        settled == last
        ? say(
          en: "After the last block it is \(word) again, with a probability of \(end).",
          ja: "最後のブロックの後では再び \(word) が1位で、その確率は \(end) です。"
        )
        : say(
          en: "From depth \(settled) on it is \(word), with a probability of \(end) at the end.",
          ja: "深さ \(settled) からは \(word) が1位で、最後の確率は \(end) です。"
        )
      return found(
        en: """
          \(word) is the first guess at \(earlier.count == 1 ? "depth" : "depths") \(list) already, but at depth \
          \(settled - 1) \(rival) is. \(then)
          """,
        ja: "\(word) は、深さ \(list) ですでに予測の1位ですが、深さ \(settled - 1) では \(rival) が1位です。\(then)"
      )
    }
    return settled == last
      ? found(
        en: """
          Only after the last block is \(word) the first guess, with a probability of \(end); before it, at depth \
          \(settled - 1), \(rival) is.
          """,
        ja: """
          \(word) が予測の1位になるのは、最後のブロックの後だけで、その確率は \(end) です。その手前の深さ \(settled - 1) では \
          \(rival) が1位です。
          """
      )
      : found(
        en: """
          From depth \(settled) on, and at none before, \(word) is the first guess, with a probability of \(there) there and \
          \(end) at the end.
          """,
        ja: """
          \(word) が予測の1位になるのは深さ \(settled) からで、その後はずっと1位です。その確率は、深さ \(settled) で \(there)、最後は \
          \(end) です。
          """
      )
  }
}
