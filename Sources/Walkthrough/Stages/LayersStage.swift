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
      steps: [again, context, lens]
    )
  }

  private var again: Step {
    step("again", en: "Same kind of step, other weights", ja: "同じ手順を、別の重みで", follows: .token) {
      paragraph(
        en: """
          Attention and MLP together are one \(term: "block"), also called a layer. This model has \(story.trace.layerCount) of \
          them, one after another. Each reads what the earlier ones wrote, so that later ones can ask about more abstract things.
          """,
        ja: """
          アテンションと MLP を合わせたものが1つの\(term: "ブロック")で、レイヤー（層）とも呼びます。このモデルには \
          \(story.trace.layerCount) 個のブロックが続いています。前のブロックが書き込んだものを読めるので、後ろのブロックほど抽象的な\
          問いを立てられます。
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
    step("context", en: "Soaking in context", ja: "文脈がしみ込む", follows: .token) {
      if let start = story.recorded(.residPre(0)), !streams.isEmpty {
        let i = story.followed
        paragraph(
          en: """
            Attention and the MLPs turn the vector of \(token: story.token(i)) as they add to it. Its cosine to where it began says \
            how far: 1 means the same direction still, 0 an entirely new one.
            """,
          ja: """
            アテンションと MLP が足すたびに、\(token: story.token(i)) のベクトルの向きは変わります。どれだけ変わったかは、出発点との\
            コサイン類似度でわかります。1 ならまだ同じ向き、0 ならまったく新しい向きです。
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
    for later in story.trace.tokens.indices {
      for earlier in 0..<later where story.trace.tokens[earlier].id == story.trace.tokens[later].id
      {
        let angle = cosine(end.vector(earlier), end.vector(later))
        if angle < best?.cosine ?? 2 { best = (earlier, later, angle) }
      }
    }
    guard let best else { return nil }
    let origin = { (stream: Recorded) -> Origin in
      .derived("cos(\(stream.name)[\(best.earlier)], \(stream.name)[\(best.later)])")
    }
    let before = Quantity(
      cosine(start.vector(best.earlier), start.vector(best.later)),
      origin: origin(start)
    )
    let after = Quantity(best.cosine, origin: origin(end))
    return found(
      en: """
        \(token: story.token(best.later)) stands at positions \(best.earlier) and \(best.later). Their vectors began with a \
        cosine of \(before) and end with \(after): the same token, read in two places.
        """,
      ja: """
        \(token: story.token(best.later)) は位置 \(best.earlier) と \(best.later) にあります。2本のベクトルのコサイン類似度は、\
        はじめが \(before)、最後が \(after) です。同じトークンが、2つの位置でそれぞれに読まれた結果です。
        """
    )
  }

  private func travelled(_ start: Recorded) -> Block? {
    guard let end = streams.last else { return nil }
    let angles = (0..<story.length).map { cosine(start.vector($0), end.vector($0)) }
    let far = largest(1, of: angles.map { -$0 })[0]
    let angle = Quantity(
      angles[far],
      origin: .derived("cos(\(start.name)[\(far)], \(end.name)[\(far)])")
    )
    guard story.length > 1 else {
      return found(
        en: "After the last block recorded, the cosine to its start is \(angle).",
        ja: "記録された最後のブロックの後では、出発点とのコサイン類似度は \(angle) です。"
      )
    }
    return found(
      en: """
        \(token: story.token(far)) has turned furthest: the cosine between its start and its end is \(angle).\
        \(far == 0 ? " It sees only itself: not every turn is owed to context." : "")
        """,
      ja: """
        向きが最も大きく変わったのは \(token: story.token(far)) で、出発点とのコサイン類似度は \(angle) です。\
        \(far == 0 ? "このトークンに見えるのは自分自身だけなので、向きが変わるのは文脈のためだけではありません。" : "")
        """
    )
  }

  private var lens: Step {
    let norm = NormTeller(story: story, site: .final)
    return step("lens", en: "The guess forms gradually", ja: "予測は少しずつ形になる", follows: .token) {
      if let ids = story.recorded(.lensID), let chances = story.recorded(.lensProbability) {
        paragraph(
          en: """
            What can be read from the stream on its way? The \(term: "logit lens") puts it through the final \(norm.name) and \
            \("W_U" as Math), which were trained for the last block alone: early readings are hints. Depth counts the blocks passed, \
            0 before the first.
            """,
          ja: """
            途中のストリームからは、何が読み取れるでしょうか。\(term: "ロジットレンズ")では、最後のブロックのために学習された\
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
          en: "After each block: what would follow \(token: story.token(story.followed))",
          ja: "各ブロックの後での、\(token: story.token(story.followed)) の次の予測"
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

  /// From which depth on the final guess was the first one.
  private func decided(_ ids: Recorded, _ chances: Recorded) -> Block {
    let last = ids.shape[0] - 1
    let winner = ids.id(last, story.followed, 0)
    var depth = last
    while depth > 0, ids.id(depth - 1, story.followed, 0) == winner { depth -= 1 }
    let word = story.word(winner)
    return depth == last
      ? found(
        en: """
          Only the last block makes \(token: word) the first guess; before it, \
          \(token: story.word(ids.id(max(0, last - 1), story.followed, 0))) was ahead.
          """,
        ja: """
          \(token: word) が予測の1位になるのは、最後のブロックを出てからです。その手前では \
          \(token: story.word(ids.id(max(0, last - 1), story.followed, 0))) が1位でした。
          """
      )
      : found(
        en: """
          From depth \(depth) on, \(token: word) is the first guess, with a probability of \
          \(chances(depth, story.followed, 0, digits: 3)) there and \(chances(last, story.followed, 0, digits: 3)) at the end.
          """,
        ja: """
          深さ \(depth) から後は、ずっと \(token: word) が予測の1位です。その確率は、深さ \(depth) で \
          \(chances(depth, story.followed, 0, digits: 3))、最後は \(chances(last, story.followed, 0, digits: 3)) です。
          """
      )
  }
}
