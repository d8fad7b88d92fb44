import Graphics
import Traces

// From an attention pattern to what is added to the stream.
extension AttentionStage {
  var weightedSum: Step {
    let (layer, head) = (story.layer, story.head)
    return step("sum", en: "Information moves", ja: "情報が移動する", follows: .head) {
      if let pattern = story.recorded(.pattern(layer)), let v = story.recorded(.v(layer)),
        let z = story.recorded(.z(layer))
      {
        paragraph(
          en: """
            Each position takes the values of those it attends to, each times its share of the attention, and adds them up. This \(term: "weighted sum"), \
            \("z" as Math), is what \(story.me) gathers in this head.
            """,
          ja: """
            各位置は、注意を向けた相手のバリューに、向けた注意の割合を掛けて足し合わせます。この\(term: "加重和") \("z" as Math) が、このヘッドで \(story.me) が集める情報です。
            """
        )
        equation([
          .sub("z", "i"), .op("="),
          .sum(under: "j", [.sub("p", .text("ij")), .text(" "), .sub("v", "j")]),
        ])
        arithmetic(sumOfValues(pattern, v, z))
        Block.figure(story.weightedValuesFigure(pattern, v, z))
        movedFurthest(pattern, head)
      } else {
        leftOut(HookPoint.v(layer).name, HookPoint.z(layer).name)
      }
    }
  }

  /// The first number of z: the largest shares' terms, how much attention the others get, then the sum.
  private func sumOfValues(_ pattern: Recorded, _ v: Recorded, _ z: Recorded) -> RichText {
    let (head, i) = (story.head, story.followed)
    let keys = largest(min(3, i + 1), of: pattern.vector(head, i)).sorted()
    var line: RichText = "z₀ = "
    for (n, j) in keys.enumerated() {
      line = line + (n > 0 ? " + " : "") + "\(pattern(head, i, j)) · \(signed: v(j, head, 0))"
    }
    // What was set from outside is not what its terms come to.
    let isSet = story.trace.interventions.contains { intervention in
      intervention.site == .head(layer: story.layer, head: head)
        && (intervention.position ?? i) == i
    }
    let sum: RichText =
      isSet
      ? say(en: "; set to \(z(i, head, 0))", ja: "（この和を \(z(i, head, 0)) に置き換えています）")
      : " = \(z(i, head, 0))"
    guard keys.count <= i else { return line + sum }
    let share = story.restShare(pattern, beyond: keys)
    let others = say(
      en: "(\((i + 1 - keys.count).of("other position")), \(share) of the attention)",
      ja: "（残り \(i + 1 - keys.count) 個の位置：注意の割合 \(share)）"
    )
    return line + say(en: " + … \(others)", ja: " + …\(others)") + sum
  }

  private func movedFurthest(_ pattern: Recorded, _ head: Int) -> Block {
    let i = story.followed
    let own = pattern(head, i, i, digits: 3)
    let others = Quantity(
      1 - own.value,
      digits: 3,
      origin: .derived("1 - \(pattern.place([head, i, i]))")
    )
    let alone: (en: RichText, ja: RichText) = (
      "\(story.me) sees only itself, so it gathers all from itself: its share is \(following: "ownShare", own).",
      "\(story.me) には自分自身しか見えないので、すべてを自分自身から集めます（割合は \(following: "ownShare", own)）。"
    )
    let gathered: (en: RichText, ja: RichText) = (
      """
      Of its attention, \(story.me) gives \(following: "otherShares", others) to earlier tokens and \
      \(following: "ownShare", own) to itself. How much of z comes from each depends on their values, too.
      """,
      """
      \(story.me) の注意のうち、前のトークンに向くのは \(following: "otherShares", others)、自分自身に向くのは \
      \(following: "ownShare", own) です。z に占める大きさは、それぞれのバリューにもよります。
      """
    )
    return found(
      en: "\(if: "isFirst", i == 0, alone.en, else: gathered.en)",
      ja: "\(if: "isFirst", i == 0, alone.ja, else: gathered.ja)"
    )
  }

  var output: Step {
    let layer = story.layer
    return step(
      "output",
      en: "Each head writes to the stream",
      ja: "各ヘッドがストリームに書き込む",
      follows: .layer
    ) {
      let sums = HeadSumTeller(story: story)
      if let out = story.recorded(sums.finding.sum) {
        sums.explanation
        if let result = story.recorded(.result(layer)) {
          sums.example(result, out)
          Block.figure(story.headNormsFigure(result))
          strongestHead(result)
        } else {
          leftOut(HookPoint.result(layer).name)
        }
        sums.norm
      } else {
        leftOut(sums.finding.sum.name)
      }
    }
  }

  private func strongestHead(_ result: Recorded) -> Block {
    let i = story.followed
    let lengths = (0..<result.shape[1]).map { norm(result.vector(i, $0)) }
    let head = largest(1, of: lengths)[0]
    let length = Quantity(lengths[head], origin: .derived(result.length([i, head])))
    return found(
      en:
        """
        In layer \(story.layer), head \(head) writes the longest vector for \(token: story.token(i)), of length \(length). What that \
        does to the answer depends on where it points, not on its length alone.
        """,
      ja: """
        レイヤー \(story.layer) で \(token: story.token(i)) に最も長いベクトルを書き込むのはヘッド \(head) で、その長さは \
        \(length) です。答えへの影響は、長さだけでなく向きにもよります。
        """
    )
  }

  var residualAdd: Step {
    let layer = story.layer
    return step(
      "add",
      en: "Nothing is replaced, only added",
      ja: "置き換えず、足すだけ",
      follows: .layer
    ) {
      if let before = story.recorded(.residPre(layer)), let added = story.recorded(.attnOut(layer)),
        let after = story.recorded(.residMid(layer))
      {
        let i = story.followed
        paragraph(
          en: """
            What attention gathered is added to what was there. The old vector is a part of the sum: what no addition takes back, \
            later layers can still read.
            """,
          ja: """
            アテンションで得たものは、元のベクトルに足されます。元のベクトルは和の中に残り、後のレイヤーもまだ読み取ることができます。
            """
        )
        equation([.text("resid_mid"), .op("="), .text("resid_pre"), .op("+"), .text("attn_out")])
        arithmetic("\(before(i, 0)) + \(signed: added(i, 0)) = \(after(i, 0))")
        Block.figure(
          story.additionFigure("attention-add", [before, added, after], at: i)
        )
        AdditionTeller(story: story).observation(before: before, added: added, at: i)
      } else if story.isParallel {
        paragraph(
          en: """
            In this model the MLP reads the same stream as attention, side by side. What both give is added at once, so there is \
            no stream between the two.
            """,
          ja: """
            このモデルでは、アテンションと MLP が同じストリームを並行して読みます。両方の結果を一度に足すので、2つのあいだのストリームは\
            ありません。
            """
        )
      } else {
        leftOut(HookPoint.residMid(layer).name, HookPoint.attnOut(layer).name)
      }
    }
  }

  var allHeads: Step {
    step(
      "heads",
      en: "Heads differ in what they look at",
      ja: "ヘッドごとに見るものが違う",
      follows: .head
    ) {
      if let figure = story.allHeadsFigure {
        paragraph(
          en: """
            All of this happens in every head of every layer, each with its own matrices. Nobody told a head what to look at; \
            some have habits one can name.
            """,
          ja: """
            ここまでのことが、すべてのレイヤーのすべてのヘッドで、それぞれ別の行列を使って行われます。何を見るべきかは誰も教えて\
            いませんが、名前を付けられるような癖を持つヘッドもあります。
            """
        )
        Block.figure(figure)
        Block.switches(story.switches(isFolded: true))
        HeadHabits(story: story).observations
      } else {
        leftOut(HookPoint.pattern(0).name)
      }
    }
  }

  var headsTogether: Step {
    step(
      "lines",
      en: "The heads of a layer, laid over one another",
      ja: "レイヤーのヘッドを重ねて見る",
      follows: .head
    ) {
      if story.recorded(.pattern(story.layer)) != nil {
        paragraph(
          en: """
            The heads of a layer work at the same time, each for itself and by its own shares. What they \
            write for \(story.me) is added up; what is shown here is only where they look.
            """,
          ja: """
            同じレイヤーのヘッドは、それぞれの割合で、独立に、同時に働きます。\(story.me) に書き込まれるのは、その結果の和です。\
            ここに示すのは、各ヘッドがどこを見ているかだけです。
            """
        )
        Block.panel(.lines)
        Block.table(story.attentionRowsTable)
      } else {
        leftOut(HookPoint.pattern(story.layer).name)
      }
    }
  }
}
