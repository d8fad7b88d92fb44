import Graphics
import Traces

/// Lets vectors talk to each other.
///
/// One layer and one head are opened up; its steps stand in the files beside this one.
struct AttentionStage: StageTeller {
  static let id = StageID.attention
  static let scopes: Set<Step.Scope> = [.token, .layer, .head]
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Attention", ja: "アテンション"),
      isInBlock: true,
      title: say(
        en: "Attention: vectors talk to each other",
        ja: "アテンション：ベクトルどうしが情報をやりとりする"
      ),
      input: flow(
        HookPoint.residPre(story.layer).name,
        streamShape,
        en: "the residual stream",
        ja: "残差ストリーム"
      ),
      output: whatGoesOut,
      steps: [
        why, layerNorm, queryKeyValue, scores, scale, mask, softmax, weightedSum, output,
        residualAdd, allHeads, headsTogether,
      ]
    )
  }

  /// The stream with what attention added; where the MLP stands beside attention, there is only what attention gives.
  private var whatGoesOut: Flow {
    story.isParallel
      ? flow(
        HookPoint.attnOut(story.layer).name,
        streamShape,
        en: "what attention gives",
        ja: "アテンションの出力"
      )
      : flow(
        HookPoint.residMid(story.layer).name,
        streamShape,
        en: "the residual stream, with what attention added",
        ja: "アテンションの結果を足した残差ストリーム"
      )
  }

  /// Of a layer's steps only those: the others would be told in vain.
  func steps(following scope: Step.Scope) -> [Step] {
    switch scope {
    case .token: [why]
    case .layer: [layerNorm, output, residualAdd]
    case .head: [queryKeyValue, scores, scale, mask, softmax, weightedSum, allHeads, headsTogether]
    case .nothing: []
    }
  }

  /// Where this stage is: `layer 2, head 1`.
  var place: RichText {
    say(
      en: "layer \(story.layerNumber), head \(story.headNumber)",
      ja: "レイヤー \(story.layerNumber)・ヘッド \(story.headNumber)"
    )
  }

  private var why: Step {
    step(
      "why",
      en: "A word alone does not know its sentence",
      ja: "単語だけでは文脈がわからない",
      follows: .token
    ) {
      paragraph(
        en: """
          The row of \("W_E" as Math) for \(story.me) is the same in every text. What it means here \
          depends on the tokens before it. In \(term: "attention"), each vector looks at those before it, and at itself, and \
          takes over what it can use.
          """,
        ja: """
          \(story.me) に対応する \("W_E" as Math) の行は、どんな文章でも同じです。しかし、ここでの意味は\
          前にあるトークンによって変わります。\(term: "アテンション")（注意）では、どのベクトルも、自分と自分より前のベクトルを見て、\
          使えるものを取り込みます。
          """
      )
      paragraph(
        en: """
          The model has attention in \(story.trace.layerCount.of("layer")), with \
          \((story.trace.model.headCount ?? 0).of("head")) in each. We open one head: \(place), both counted from 0.\
          \(if: "inner", story.layer > 0, Self.havingRun.en, else: "")
          """,
        ja: """
          このモデルには、アテンションを行うレイヤー（層）が \(story.trace.layerCount) 個あり、それぞれに \
          \(story.trace.model.headCount ?? 0) 個のヘッドがあります。そのうちの1つ、\(place) を開いてみましょう（番号はどちらも \
          0 から数えます）。\
          \(if: "inner", story.layer > 0, Self.havingRun.ja, else: "")
          """
      )
      choice
      whatChanges
    }
  }

  /// By what the head was chosen, and what that does not mean.
  private var choice: Block {
    if let reasons = story.trace.reasons,
      let effect = reasons.effects.first(where: { $0.site.isHead }),
      case .head(let layer, let head) = effect.site
    {
      let words: (en: RichText, ja: RichText) = (
        "head \(head) of layer \(layer)", "レイヤー \(layer) のヘッド \(head)"
      )
      let token: RichText = "\(token: reasons.token.text)"
      let before = Quantity(reasons.probability, digits: 3, origin: .derived("why.probability"))
      let after = Quantity(
        effect.probability,
        digits: 3,
        origin: .derived("why.effects[\(effect.site.name)].probability")
      )
      return paragraph(
        en: """
          Without \(words.en) the answer changes most: switched off, the probability of \(token) goes from \(before) to \(after), and its lead over \
          the runner-up changes more than without any other head. So it is the one that is opened, unless another was chosen. How hard a head looks would not tell.
          """,
        ja: """
          切ったときに答えが最も変わるのは\(words.ja)です。切ると \(token) の確率は \(before) から \(after) になり、2位との差はほかのどのヘッドを切ったときよりも\
          大きく変わります。ほかに指定がなければ、このヘッドを開きます。どれだけ強く見ているかでは、それはわかりません。
          """
      )
    }
    let last = story.mention(story.length - 1)
    let looks: (en: RichText, ja: RichText) =
      switch story.length {
      case 1:
        (
          "With a single token to look at, no head is special: unless another was chosen, it is the first.",
          "見る相手が1つしかなく、どのヘッドも変わらないので、ほかに指定がなければ最初のヘッドを開きます。"
        )
      case 2:
        (
          "Unless another was chosen, it is a head that looks hard: in none does \(last) give more of its attention to the first token.",
          "ほかに指定がなければ、最も強く見るヘッド、つまり \(last) が先頭のトークンに向ける注意の割合が最も大きいヘッドを開きます。"
        )
      default:
        (
          """
          Unless another was chosen, it is a head that looks hard: in none does the last token, \(last), give more of its attention \
          to a single earlier one, the first left aside.
          """,
          """
          ほかに指定がなければ、最も強く見るヘッド、つまり末尾の \(last) が手前の1つのトークン（先頭を除く）に向ける注意の割合が最も\
          大きいヘッドを開きます。
          """
        )
      }
    if story.length == 1 { return paragraph(en: looks.en, ja: looks.ja) }
    // Where something was switched off, the page has said so, and the numbers are of that run.
    let isTried = !story.trace.interventions.isEmpty
    return paragraph(
      en: """
        \(looks.en) How hard a head looks is not how much it matters for the answer.\
        \(isTried ? "" : " That would show when the head is switched off, which is not done here.")
        """,
      ja: """
        \(looks.ja)ただし、強く見ることと、答えにとって重要であることは別です。\
        \(isTried ? "" : "重要かどうかは、そのヘッドを止めてみなければわかりませんが、ここでは行いません。")
        """
    )
  }

  private static let havingRun: (en: RichText, ja: RichText) = (
    " The layers before it have run by now; stage \(StageID.layers.number) goes through all of them.",
    "これより前のレイヤーの計算はもう済んでいて、全体は第\(StageID.layers.number)段階で見ます。"
  )

  @BlockList private var whatChanges: [Block] {
    if let before = story.recorded(.residPre(0)),
      let after = story.recorded(.residPost(story.trace.layerCount - 1))
    {
      let i = story.followed
      let angle = Quantity(
        cosine(before.vector(i), after.vector(i)),
        origin: .derived(before.cosine([i], with: after))
      )
      if i > 0 {
        let near = min(i, story.reach ?? i)
        let far: (en: RichText, ja: RichText) =
          near < i
          ? (" (all layers together look no further back)", "（すべてのレイヤーを合わせても、それより前は見えません）")
          : ("", "")
        found(
          en: """
            \(token: story.token(i)) has \(near.of("token")) before it to draw on\(far.en). What attention and the MLPs \
            add turns its vector: the cosine between start and end is \(angle).
            """,
          ja: """
            \(token: story.token(i)) の前には、手がかりになるトークンが \(near) 個あります\(far.ja)。最初のレイヤーから最後の\
            レイヤーまでのあいだにベクトルの向きが変わり、はじめと終わりのコサイン類似度は \(angle) になります。
            """
        )
      } else if story.length > 1 {
        found(
          en: """
            \(token: story.token(i)) stands first: it can attend only to itself. Its vector turns all the same: from before \
            the first block to after the last, the cosine is \(angle).
            """,
          ja: """
            \(token: story.token(i)) は先頭にあるので、見る相手は自分自身しかいません。それでもベクトルの向きは変わり、はじめと\
            終わりのコサイン類似度は \(angle) になります。
            """
        )
      } else {
        found(
          en: """
            This prompt is a single token: it can attend only to itself. Its vector turns all the same: from before the first \
            block to after the last, the cosine is \(angle).
            """,
          ja: """
            このプロンプトのトークンは1つだけなので、見る相手は自分自身しかいません。それでもベクトルの向きは変わり、はじめと終わりの\
            コサイン類似度は \(angle) になります。
            """
        )
      }
    }
  }

  private var layerNorm: Step {
    let site = NormSite.beforeAttention(layer: story.layer)
    return step(
      "norm",
      en: "Every vector is brought to one scale",
      ja: "すべてのベクトルの大きさをそろえる",
      follows: .layer
    ) {
      if let stream = story.recorded(.residPre(story.layer)),
        let scale = story.recorded(.scale(site))
      {
        let norm = NormTeller(story: story, site: site)
        norm.explanation
        norm.example(stream: stream, scale: scale, at: story.followed)
        norm.observation(scale: scale)
      } else {
        leftOut(HookPoint.scale(site).name)
      }
    }
  }

  private var queryKeyValue: Step {
    let (layer, head) = (story.layer, story.head)
    return step(
      "qkv",
      en: "Query, key and value",
      ja: "クエリ・キー・バリュー",
      follows: .head
    ) {
      if let q = story.recorded(.q(layer)), let k = story.recorded(.k(layer)),
        let v = story.recorded(.v(layer))
      {
        paragraph(
          en: """
            \(story.architecture.headsPerKey == 1 ? "In every head, three" : "Three") learned matrices make three new vectors of each. The \(term: "query") says what it looks for, the \
            \(term: "key") what it offers to be found by, the \(term: "value") what it hands over when found.
            """,
          ja: """
            \(story.architecture.headsPerKey == 1 ? "どのヘッドでも、" : "")学習された3つの行列が、各ベクトルから新しいベクトルを3本作ります。\(term: "クエリ")は「何を探しているか」、\
            \(term: "キー")は「何として見つけてもらうか」、\(term: "バリュー")は「見つかったら何を渡すか」です。
            """
        )
        ProjectionTeller(story: story).equations
        ProjectionTeller(story: story).sharedHeads
        ProjectionTeller(story: story).rotation
        Block.figure(story.queryKeyValueFigure(q, k, v))
        let lengths = (0..<q.shape[1]).map { norm(q.vector(story.followed, $0)) }
        let strongest = largest(1, of: lengths)[0]
        let length = Quantity(
          lengths[strongest],
          origin: .derived(q.length([story.followed, strongest]))
        )
        found(
          en: """
            \(story.me) asks in \(q.shape[1].of("head")) at once, with \(q.columns.of("number")) \
            in each. Its longest query is that of head \(following: "longest", "\(strongest)"), with length \
            \(following: "longestLength", length)\
            \(if: "longestIsOpen", strongest == head, ": the one shown here", else: "; shown here is head \(story.headNumber)").
            """,
          ja: """
            \(story.me) は \(q.shape[1]) 個のヘッドのそれぞれで、\(q.columns) 次元のクエリを同時に作ります。\
            最も長いクエリはヘッド \(following: "longest", "\(strongest)") のもので、長さは \
            \(following: "longestLength", length) です。\
            \(if: "longestIsOpen", strongest == head, "図に示したのはこのヘッドです", else: "図に示したのはヘッド \(story.headNumber) です")。
            """
        )
      } else {
        leftOut(HookPoint.q(layer).name, HookPoint.k(layer).name, HookPoint.v(layer).name)
      }
    }
  }
}
