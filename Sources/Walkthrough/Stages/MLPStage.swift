import Graphics
import Traces

/// Lets each vector think by itself.
struct MLPStage: StageTeller {
  static let id = StageID.mlp
  static let scopes: Set<Step.Scope> = [.layer]
  let story: Story

  private var layer: Int { story.layer }
  private var dMLP: Int? { story.trace.model.dMLP }

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "MLP", ja: "MLP"),
      isInBlock: true,
      title: say(en: "The MLP: many questions to each vector", ja: "MLP：各ベクトルに多くの問いを投げかける"),
      input: flow(
        story.mlpInput.name,
        streamShape,
        en: story.isParallel
          ? "the residual stream, as attention reads it" : "the residual stream after attention",
        ja: story.isParallel ? "アテンションが読むのと同じ残差ストリーム" : "アテンション後の残差ストリーム"
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
    let norm = NormTeller(story: story, site: site)
    let first: (en: RichText, ja: RichText) =
      norm.isShown
      ? (" First comes \(norm.aName), as before.", "前と同じく、\(norm.name)から始めます。") : ("", "")
    return step(
      "alone",
      en: "No position sees another here",
      ja: "ここでは、どの位置もほかの位置を見ない",
      follows: .layer
    ) {
      paragraph(
        en: """
          \(story.isParallel ? "Beside" : "After") attention, each vector goes alone through the same machine, a \
          \(term: "multilayer perceptron"), or MLP. All positions are computed at once, as in attention; but there a position \
          reads others, here none does.\(first.en)
          """,
        ja: """
          アテンション\(story.isParallel ? "と並行して" : "のあと")、どのベクトルも1本ずつ別々に、\(term: "多層パーセプトロン（MLP）")\
          という同じ仕組みを通ります。すべての位置を同時に計算できるのはアテンションと同じですが、ここでは、ほかの位置を読むことはありません。\
          \(first.ja)
          """
      )
      MLPEquations(story: story).whole
      if let stream = story.recorded(story.mlpInput), let scale = story.recorded(.scale(site)) {
        norm.example(stream: stream, scale: scale, at: story.followed)
        norm.observation(scale: scale)
      } else {
        leftOut(HookPoint.scale(site).name)
      }
    }
  }

  private var up: Step {
    step("up", en: "Many questions at once", ja: "たくさんの問いを同時に", follows: .layer) {
      if let pre = story.recorded(.mlpPre(layer)) {
        paragraph(
          en: """
            \(asks.en) \(asksMatrix) has \(pre.columns) columns. Each is a direction, and the dot product \
            with it asks one question of the vector: how much of this is in you? A \(term: "neuron") holds the answer.
            """,
          ja: """
            \(asks.ja) \(asksMatrix) には \(pre.columns) 本の列があります。列はそれぞれ1つの向きを表し、それとの内積は\
            「この成分がどれだけあるか」という1つの問いになります。答えを受け持つのが\(term: "ニューロン")です。
            """
        )
        MLPEquations(story: story).before
        let values = pre.vector(story.followed)
        let positive = values.count(where: { $0 > 0 })
        let top = story.highestNeuron(pre)
        Block.figure(story.neuronStripFigure(pre, name: "mlp-pre", marking: top))
        found(
          en: """
            Of \(values.count) questions, \(positive.of("is", "are")) answered with a positive number. The highest answer is that of \
            neuron \(top): \(pre(story.followed, top)).
            """,
          ja: """
            \(values.count) 個の問いのうち、答えが正の数だったのは \(positive) 個です。最も大きい答えはニューロン \(top) の \
            \(pre(story.followed, top)) です。
            """
        )
      } else {
        leftOut(HookPoint.mlpPre(layer).name)
      }
    }
  }

  /// The matrix that asks: W_gate where there is a gate.
  private var asks: (en: RichText, ja: RichText) {
    story.activation.isGated == true
      ? ("The gate's matrix", "ゲートの行列") : ("The up-projection", "アップ射影")
  }
  private var asksMatrix: RichText {
    story.activation.isGated == true ? "\("W_gate" as Math)" : "\("W_in" as Math)"
  }

  private var nonlinearity: Step {
    step("gelu", en: "Yes, no, a little", ja: "はい・いいえ・少しだけ", follows: .layer) {
      if let pre = story.recorded(.mlpPre(layer)), let post = story.recorded(.mlpPost(layer)) {
        ActivationTeller(story: story).explanation
        let top = largest(1, of: pre.vector(story.followed))[0]
        if story.activation.isGated == true {
          GateTeller(story: story).blocks(pre: pre, post: post, neuron: top)
        } else {
          arithmetic(
            "\(story.activationLabel)(\(pre(story.followed, top))) = \(post(story.followed, top))"
          )
          Block.figure(story.activationCurveFigure(pre, post))
        }
        silence(post)
      } else {
        leftOut(HookPoint.mlpPre(layer).name, HookPoint.mlpPost(layer).name)
      }
    }
  }

  private func silence(_ post: Recorded) -> Block {
    let values = post.vector(story.followed)
    let loudest = values.map(abs).max() ?? 0
    guard loudest > 0 else {
      return found(
        en: "The activation of all \(values.count) neurons is 0 here.",
        ja: "ここでは、\(values.count) 個のニューロンの活性値がすべて 0 です。"
      )
    }
    let active = values.count(where: { abs($0) > loudest / 10 })
    return found(
      en: """
        Of \(values.count) neurons, \(active.of("exceeds", "exceed")) a tenth of the largest activation in size; the other \
        \(values.count - active) do not.
        """,
      ja: """
        活性値の大きさ（絶対値）が最大のものの10分の1を超えるニューロンは、\(values.count) 個のうち \(active) 個です。残りの \
        \(values.count - active) 個は超えません。
        """
    )
  }

  private var down: Step {
    step("down", en: "The answers are added back", ja: "答えに応じてストリームに足す", follows: .layer) {
      if let post = story.recorded(.mlpPost(layer)) {
        paragraph(
          en: """
            The down-projection \("W_out" as Math) has a row for every neuron: what to add to the stream if the answer is yes. \
            Each row is multiplied by its neuron's activation, and all are added up\(MLPEquations(story: story).withBias.en).
            """,
          ja: """
            ダウン射影 \("W_out" as Math) には、ニューロンごとに、答えが「はい」のときに足す行があります。\
            行に活性値を掛けて、\(MLPEquations(story: story).withBias.ja)すべて足し合わせます。
            """
        )
        if !isSilenced { NeuronTable(story: story).directEffect }
        MLPEquations(story: story).after
        Block.figure(
          story.neuronStripFigure(post, name: "mlp-post", marking: story.strongestNeuron(post))
        )
        if isSilenced { silenced } else { NeuronTable(story: story).blocks(post: post) }
        normed
      } else {
        leftOut(HookPoint.mlpPost(layer).name)
      }
    }
  }

  /// Whether what the MLP adds at the followed position was set from outside.
  private var isSilenced: Bool {
    story.trace.interventions.contains {
      $0.site == .mlp(layer: layer) && ($0.position ?? story.followed) == story.followed
    }
  }

  private var silenced: Block {
    found(
      en:
        "What the MLP adds was set from outside in this run, so no neuron adds anything of its own.",
      ja: "この実行では MLP が足すものが外から置き換えられているので、ニューロンは何も足しません。"
    )
  }

  /// That a norm stands between this sum and the stream.
  private var normed: Block? {
    guard story.architecture.said.normalizesAdditions == true else { return nil }
    return paragraph(
      en: """
        Before it is added to the stream, this sum passes one more norm: what is added is recorded as \
        \(code: HookPoint.mlpOut(layer).name).
        """,
      ja: """
        この和は、ストリームに足される前にもう一度正規化されます。足されるものは \(code: HookPoint.mlpOut(layer).name) に記録されています。
        """
    )
  }

  private var residualAdd: Step {
    step("add", en: "Added, once more", ja: "もう一度、足す", follows: .layer) {
      if let before = story.recorded(.residMid(layer)), let added = story.recorded(.mlpOut(layer)),
        let after = story.recorded(.residPost(layer))
      {
        let i = story.followed
        paragraph(
          en:
            "What the MLP found goes the same way as what attention gathered: it is added to the stream.",
          ja: "MLP で得たものも、アテンションで得たものと同じように、ストリームに足されます。"
        )
        equation([.text("resid_post"), .op("="), .text("resid_mid"), .op("+"), .text("mlp_out")])
        arithmetic("\(before(i, 0)) + \(signed: added(i, 0)) = \(after(i, 0))")
        Block.figure(story.additionFigure("mlp-add", [before, added, after], at: i))
        AdditionTeller(story: story).observation(before: before, added: added, at: i)
      } else if story.isParallel, let before = story.recorded(.residPre(layer)),
        let attention = story.recorded(.attnOut(layer)),
        let added = story.recorded(.mlpOut(layer)), let after = story.recorded(.residPost(layer))
      {
        bothAdded(before, attention, added, after)
      } else {
        leftOut(HookPoint.residMid(layer).name, HookPoint.mlpOut(layer).name)
      }
    }
  }

  /// What attention and the MLP found, added at once.
  @BlockList private func bothAdded(
    _ before: Recorded,
    _ attention: Recorded,
    _ added: Recorded,
    _ after: Recorded
  ) -> [Block] {
    let i = story.followed
    paragraph(
      en:
        "What attention gathered and what the MLP found are both added to the stream that they read.",
      ja: "アテンションで得たものと MLP で得たものを、どちらも、読み取った元のストリームに足します。"
    )
    equation([
      .text("resid_post"), .op("="), .text("resid_pre"), .op("+"), .text("attn_out"), .op("+"),
      .text("mlp_out"),
    ])
    arithmetic(
      "\(before(i, 0)) + \(signed: attention(i, 0)) + \(signed: added(i, 0)) = \(after(i, 0))"
    )
    Block.figure(story.additionFigure("mlp-add", [before, attention, added, after], at: i))
  }
}

extension Story {
  /// The neuron with the highest answer at the followed position.
  func highestNeuron(_ pre: Recorded) -> Int { largest(1, of: pre.vector(followed))[0] }

  /// The neuron that adds the longest vector at the followed position, if recorded.
  func strongestNeuron(_ post: Recorded) -> Int? {
    guard let index = recorded(.neuronIndex) else { return nil }
    let neuron = index.id(layer, followed, 0)
    return 0..<post.columns ~= neuron ? neuron : nil
  }
}

/// The neurons that add most to the followed vector, and their direct effects on the logits.
private struct NeuronTable: Teller {
  let story: Story

  @BlockList func blocks(post: Recorded) -> [Block] {
    if let index = story.recorded(.neuronIndex), let lengths = story.recorded(.neuronLength) {
      let shown = min(4, index.columns)
      Block.table(
        Table(
          title: say(
            en: """
              The \(shown) of \(post.columns) neurons that add the longest vectors to \
              \(token: story.token(story.followed)) in layer \(story.layer)
              """,
            ja: """
              レイヤー \(story.layer) のニューロン \(post.columns) 個のうち、\(token: story.token(story.followed)) に最も長い\
              ベクトルを足す \(shown) 個
              """
          ),
          columns: [
            numbers(en: "neuron", ja: "ニューロン"), numbers(en: "activation", ja: "活性値"),
            numbers(en: "length added", ja: "その長さ"),
            column(en: "direct effect on the logits: raises most", ja: "ロジットへの直接効果：最も押し上げるトークン"),
          ],
          rows: (0..<shown).compactMap { row(rank: $0, index, lengths, post) }
        )
      )
      strongest(post)
    } else if story.architecture.said.normalizesAdditions == true {
      paragraph(
        en: """
          In this model what the MLP gives passes a norm before it is added: the whole is divided by its size. So no single neuron adds \
          a vector of its own, and none is named here.
          """,
        ja: """
          このモデルでは、MLP の出力は正規化を通ってから足されます。全体の大きさで割られるので、ニューロン1つだけが足すベクトルというものは\
          なく、ここでは挙げません。
          """
      )
    } else {
      leftOut(Fact.neuronIndex.name, Fact.neuronLength.name)
    }
  }

  /// What the last column is.
  @BlockList var directEffect: [Block] {
    if story.recorded(.promotedLogit) != nil {
      let norm = NormTeller(story: story, site: .final)
      paragraph(
        en: """
          Through the final \(norm.name) and \("W_U" as Math) (stage \(StageID.unembedding.number)), what a neuron adds moves the logits: its \
          \(term: "direct effect"). What later blocks make of it is not in it.
          """,
        ja: """
          ニューロンが足したものは、最後の\(norm.name)と \("W_U" as Math)（第\(StageID.unembedding.number)段階）を通してロジットを変えます。これが\
          \(term: "直接効果")で、後ろのブロックを経る分は含みません。
          """
      )
    }
  }

  private func row(
    rank: Int,
    _ index: Recorded,
    _ lengths: Recorded,
    _ post: Recorded
  ) -> [RichText]? {
    let (layer, i) = (story.layer, story.followed)
    let neuron = index.id(layer, i, rank)
    guard 0..<post.columns ~= neuron else { return nil }
    let activation = post(i, neuron)
    let added = Quantity(
      abs(activation.value) * lengths(layer, i, rank).value,
      origin: .derived("abs(\(post.place([i, neuron]))) * \(lengths.place([layer, i, rank]))")
    )
    return ["\(neuron)", "\(activation)", "\(added)", promoted(rank)]
  }

  private func promoted(_ rank: Int) -> RichText {
    guard let ids = story.recorded(.promotedID), let logits = story.recorded(.promotedLogit) else {
      return "–"
    }
    var text: RichText = ""
    let (layer, i) = (story.layer, story.followed)
    for place in 0..<min(3, ids.columns) {
      text =
        text + (place > 0 ? comma : "")
        + "\(token: story.word(ids.id(layer, i, rank, place))) \(logits(layer, i, rank, place))"
    }
    return text
  }

  private func strongest(_ post: Recorded) -> Block? {
    guard let neuron = story.strongestNeuron(post) else { return nil }
    let effect = story.recorded(.promotedLogit).map { $0(story.layer, story.followed, 0, 0) }
    guard let ids = story.recorded(.promotedID), let effect, effect.value > 0 else {
      return found(
        en: "Neuron \(neuron) adds the longest vector here.",
        ja: "ここで最も長いベクトルを足すのはニューロン \(neuron) です。"
      )
    }
    let word = story.word(ids.id(story.layer, story.followed, 0, 0))
    return found(
      en: """
        Neuron \(neuron) adds the longest vector here. Of all logits, its direct effect raises that of \(token: word) most: by \
        \(effect).
        """,
      ja: """
        ここで最も長いベクトルを足すのはニューロン \(neuron) です。その直接効果が最も押し上げるのは \(token: word) のロジットで、\
        \(effect) 上がります。
        """
    )
  }
}
