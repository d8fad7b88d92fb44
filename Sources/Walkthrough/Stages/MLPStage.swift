import Graphics
import Traces

/// Lets each vector think by itself.
struct MLPStage: StageTeller {
  let story: Story

  private var layer: Int { story.layer }
  private var dMLP: Int? { story.trace.model.dMLP }

  var stage: Stage {
    Stage(
      id: .mlp,
      title: say(en: "The MLP: many questions to each vector", ja: "MLP：ベクトルに多くの問いを立てる"),
      input: flow(
        HookPoint.residMid(layer).name,
        streamShape,
        en: "the residual stream after attention",
        ja: "アテンション後の残差ストリーム"
      ),
      output: flow(
        HookPoint.residPost(layer).name,
        streamShape,
        en: "the residual stream, with what the MLP added",
        ja: "MLP の結果を足した残差ストリーム"
      ),
      steps: [alone, up, nonlinearity, down, residualAdd]
    )
  }

  private var alone: Step {
    let site = NormSite.beforeMLP(layer: layer)
    return step("alone", en: "Positions do not talk here", ja: "ここでは位置どうしは話さない") {
      paragraph(
        en: """
          After attention, each vector goes alone through the same machine, a \(term: "multilayer perceptron"). All \
          \(story.length) positions could be computed side by side. First comes a layer norm, as before.
          """,
        ja: """
          アテンションのあと、各ベクトルは1本ずつ、同じ仕組みである\(term: "多層パーセプトロン（MLP）")を通ります。\
          \(story.length) 個の位置は並べて同時に計算できます。最初は前と同じくレイヤー正規化です。
          """
      )
      equation([
        .text("mlp_out"), .op("="), .function(story.activationLabel),
        .parens(["x", .text(" "), "W_in", .op("+"), "b_in"]),
        .text(" "), "W_out", .op("+"), "b_out",
      ])
      if let stream = story.recorded(.residMid(layer)), let scale = story.recorded(.scale(site)) {
        NormTeller(story: story).example(
          stream: stream,
          scale: scale,
          site: site,
          at: story.followed
        )
        NormTeller(story: story).observation(scale: scale)
      } else {
        leftOut(HookPoint.scale(site).name)
      }
    }
  }

  private var up: Step {
    step("up", en: "Many questions at once", ja: "たくさんの問いを同時に") {
      if let pre = story.recorded(.mlpPre(layer)) {
        paragraph(
          en: """
            The up-projection \("W_in" as Math) has \(pre.columns) columns. Each is a direction, and the dot product \
            with it asks one question of the vector: how much of this is in you? A \(term: "neuron") holds the answer.
            """,
          ja: """
            アップ射影 \("W_in" as Math) には \(pre.columns) 本の列があります。列は1つの向きで、それとの内積は\
            「この成分がどれだけあるか」という1つの問いです。その答えを持つのが\(term: "ニューロン")です。
            """
        )
        equation([
          .text("pre"), .op("="), .function("LN"), .parens("x"), .text(" "), "W_in", .op("+"),
          "b_in",
        ])
        Block.figure(story.neuronStripFigure(pre, name: "mlp-pre"))
        let values = pre.vector(story.followed)
        let positive = values.count(where: { $0 > 0 })
        let top = largest(1, of: values)[0]
        found(
          en: """
            \(positive) of \(values.count) questions are answered with a positive number. Neuron \(top) says yes most loudly: \
            \(pre(story.followed, top)).
            """,
          ja: """
            \(values.count) 個の問いのうち、\(positive) 個の答えが正です。最も強く「はい」と答えるのはニューロン \(top) で、\
            \(pre(story.followed, top)) です。
            """
        )
      } else {
        leftOut(HookPoint.mlpPre(layer).name)
      }
    }
  }

  private var nonlinearity: Step {
    step("gelu", en: "Yes, no, a little", ja: "はい・いいえ・少しだけ") {
      if let pre = story.recorded(.mlpPre(layer)), let post = story.recorded(.mlpPost(layer)) {
        ActivationTeller(story: story).explanation
        let top = largest(1, of: pre.vector(story.followed))[0]
        arithmetic(
          "\(story.activationLabel)(\(pre(story.followed, top))) = \(post(story.followed, top))"
        )
        Block.figure(story.activationCurveFigure(pre, post))
        silence(post)
      } else {
        leftOut(HookPoint.mlpPre(layer).name, HookPoint.mlpPost(layer).name)
      }
    }
  }

  private func silence(_ post: Recorded) -> Block {
    let values = post.vector(story.followed)
    let loudest = values.map(abs).max() ?? 0
    let active = values.count(where: { abs($0) > loudest / 10 })
    let isSparse = active * 4 < values.count
    return found(
      en: """
        \(active) of \(values.count) neurons reach a tenth of the loudest one's activation: \
        \(isSparse ? "the MLP speaks with few voices here" : "the MLP spreads its answer over many neurons here").
        """,
      ja: """
        最も強いニューロンの10分の1以上に達するのは、\(values.count) 個のうち \(active) 個です。\
        \(isSparse ? "ここでの MLP は、少しの声だけで話しています" : "ここでの MLP は、多くのニューロンに答えを分散させています")。
        """
    )
  }

  private var down: Step {
    step("down", en: "The answers are added back", ja: "答えをストリームに戻す") {
      if let post = story.recorded(.mlpPost(layer)) {
        paragraph(
          en: """
            The down-projection \("W_out" as Math) has a row for every neuron: what to add to the stream if the answer is yes. \
            Each row is taken as often as its neuron is active, and all are added up.
            """,
          ja: """
            ダウン射影 \("W_out" as Math) には、ニューロンごとに1行あります。答えが「はい」のときにストリームへ足すものです。\
            各行をニューロンの強さの分だけ掛けて、すべて足し合わせます。
            """
        )
        equation([
          .text("mlp_out"), .op("="),
          .sum(
            under: "n",
            [.sub(.text("post"), "n"), .text(" "), "W_out", .text("["), "n", .text("]")]
          ),
          .op("+"), "b_out",
        ])
        Block.figure(story.neuronStripFigure(post, name: "mlp-post"))
        NeuronTable(story: story).blocks(post: post)
      } else {
        leftOut(HookPoint.mlpPost(layer).name)
      }
    }
  }

  private var residualAdd: Step {
    step("add", en: "Added, once more", ja: "もう一度、足す") {
      if let before = story.recorded(.residMid(layer)), let added = story.recorded(.mlpOut(layer)),
        let after = story.recorded(.residPost(layer))
      {
        let i = story.followed
        paragraph(
          en:
            "What the MLP found goes the same way as what attention found: it is added to the stream.",
          ja: "MLP で得たものも、アテンションのときと同じように、ストリームに足されます。"
        )
        equation([.text("resid_post"), .op("="), .text("resid_mid"), .op("+"), .text("mlp_out")])
        arithmetic("\(before(i, 0)) + \(added(i, 0)) = \(after(i, 0))")
        Block.figure(story.additionFigure("mlp-add", [before, added, after], at: i))
        Block.table(story.additionTable([before, added, after], at: i))
        AdditionTeller(story: story).observation(before: before, added: added, at: i)
      } else {
        leftOut(HookPoint.mlpOut(layer).name)
      }
    }
  }
}

/// The neurons that add most to the followed vector, and the tokens they promote.
private struct NeuronTable: Teller {
  let story: Story

  @BlockList func blocks(post: Recorded) -> [Block] {
    if let index = story.recorded(.neuronIndex), let rows = story.recorded(.neuronOutput) {
      Block.table(
        Table(
          title: say(
            en:
              "The neurons that add most to \(token: story.token(story.followed)) in layer \(story.layer)",
            ja: "レイヤー \(story.layer) で \(token: story.token(story.followed)) に最も多くを足すニューロン"
          ),
          columns: [
            numbers(en: "neuron", ja: "ニューロン"), numbers(en: "activation", ja: "活性"),
            numbers(en: "length added", ja: "足す長さ"),
            column(en: "promotes (logits through W_U alone)", ja: "後押しするトークン（W_U だけを通したロジット）"),
          ],
          rows: (0..<index.columns).compactMap { row(rank: $0, index, rows, post) }
        )
      )
      strongest(index, post)
    } else {
      leftOut(Fact.neuronIndex.name)
    }
  }

  private func row(
    rank: Int,
    _ index: Recorded,
    _ rows: Recorded,
    _ post: Recorded
  ) -> [RichText]? {
    let neuron = index.id(story.layer, rank)
    guard 0..<post.columns ~= neuron else { return nil }
    let activation = post(story.followed, neuron)
    let added = Quantity(
      abs(activation.value) * norm(rows.vector(story.layer, rank)),
      origin: .derived(
        "|\(post.name)[\(story.followed),\(neuron)]| · ‖\(rows.name)[\(story.layer),\(rank)]‖"
      )
    )
    return ["\(neuron)", "\(activation)", "\(added)", promoted(rank)]
  }

  private func promoted(_ rank: Int) -> RichText {
    guard let ids = story.recorded(.promotedID), let logits = story.recorded(.promotedLogit) else {
      return "–"
    }
    var text: RichText = ""
    for place in 0..<min(3, ids.columns) {
      text =
        text + (place > 0 ? ", " : "")
        + "\(token: story.word(ids.id(story.layer, rank, place))) \(logits(story.layer, rank, place))"
    }
    return text
  }

  private func strongest(_ index: Recorded, _ post: Recorded) -> Block? {
    guard let ids = story.recorded(.promotedID) else { return nil }
    let neuron = index.id(story.layer, 0)
    guard 0..<post.columns ~= neuron else { return nil }
    let word = story.word(ids.id(story.layer, 0, 0))
    return found(
      en: """
        Neuron \(neuron) adds most here. Read out through \("W_U" as Math) alone, its addition raises \(token: word) above all \
        other tokens.
        """,
      ja: """
        ここで最も多くを足すのはニューロン \(neuron) です。それを \("W_U" as Math) だけで読み出すと、ほかのどのトークンよりも \
        \(token: word) を押し上げています。
        """
    )
  }
}
