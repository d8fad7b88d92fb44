import Graphics
import Tensors
import Traces

/// Why the model says its likeliest token and not the runner-up: what changes without each part, what each says
/// directly, which words weigh.
///
/// It has steps where the trace has ``Traces/Trace/reasons``.
struct WhyStage: StageTeller {
  static let id = StageID.why
  let story: Story

  var stage: Stage {
    Stage(
      id: Self.id,
      name: say(en: "Why", ja: "理由"),
      title: say(en: "Why did it say that?", ja: "なぜそう答えたのか"),
      input: flow(
        HookPoint.logits.name,
        shape((story.trace.model.dVocab, "V")),
        en: "the answer: the last token's logits",
        ja: "答え（末尾のトークンのロジット）"
      ),
      output: flow(nil, "", en: "what the answer rests on", ja: "答えを支えているもの"),
      steps: steps
    )
  }

  private var steps: [Step] {
    guard let reasons = story.trace.reasons else { return [] }
    let report = WhyReport(reasons, top: 8, in: language)
    // Of the effects the map has all numbers; a table beside it would not fit a screen.
    var effects = report.effectsStep
    effects?.blocks.removeAll { if case .table = $0 { true } else { false } }
    let told = [effects, report.termsStep, report.comparisonStep, report.inputsStep]
    return [question(report)] + told.compactMap { $0.map { tells($0.id) ? $0 : $0.untold } }
      + [compare, steer]
  }

  /// Another prompt beside this one: on a page that carries the program it is typed, elsewhere the command is named.
  private var compare: Step {
    step("compare", en: "Beside another prompt", ja: "別のプロンプトと並べる") {
      paragraph(
        en: """
          What does one word do? Change it, and put the two runs side by side: what comes next, how far the vectors come apart layer \
          by layer, where the same head looks. Then put a part of this run into the other, one place at a time: where this run's \
          answer comes along, that part carries it. This is called \(term: "activation patching").
          """,
        ja: """
          1つの語は何をしているのでしょうか。それを変えて、2つの実行を並べてみます。次に何が来るか、ベクトルがレイヤーごとにどれだけ離れるか、\
          同じヘッドがどこを見るか。さらに、この実行の一部を、1か所ずつもう一方に入れます。この実行の答えがついてくれば、その部分が答えを\
          運んでいます。これを\(term: "アクティベーションパッチング")といいます。
          """
      )
      Block.panel(.compare)
      paragraph(
        en: "In a terminal: \(code: #"explain compare "A" "B" --patch resid_pre"#).",
        ja: "ターミナルでは：\(code: #"explain compare "A" "B" --patch resid_pre"#)"
      )
    }
  }

  /// A direction to be added to the stream.
  private var steer: Step {
    step("steer", en: "Push it in a direction", ja: "向きを足してみる") {
      paragraph(
        en: """
          What a prompt's last token holds before a block, minus what another's holds there, is a direction. Add it to this run's \
          stream at every position: if the model now says what fits the first of the two, the direction carries just that. Too \
          large a multiple breaks what the model can read. This is called \(term: "activation steering").
          """,
        ja: """
          あるプロンプトの末尾のトークンが、あるブロックの前で持つベクトルから、別のプロンプトのものを引くと、1つの向きになります。\
          それをこの実行のストリームに、すべての位置で足します。モデルが前者に合うことを言うようになれば、その向きがまさにそれを担っています。\
          大きすぎる倍率では、モデルに読めないベクトルになります。これを\(term: "アクティベーションステアリング")といいます。
          """
      )
      Block.panel(.steer)
      paragraph(
        en: """
          In a terminal: \(code: #"explain generate "PROMPT" --add 'blocks.1.hook_resid_pre="A"-"B"*2'"#).
          """,
        ja: """
          ターミナルでは：\(code: #"explain generate "PROMPT" --add 'blocks.1.hook_resid_pre="A"-"B"*2'"#)
          """
      )
    }
  }

  private func question(_ report: WhyReport) -> Step {
    let step = Step(
      id: "question",
      title: report.question,
      blocks: [.paragraph(report.answer), noTerms, .switches(story.switches()), whatChanged]
        .compactMap { $0 }
    )
    return tells(step.id) ? step : step.untold
  }

  /// Why there is no direct attribution, where logits are no sums.
  private var noTerms: Block? {
    guard story.trace.reasons?.terms.isEmpty == true, story.architecture.said.logitCap != nil else {
      return nil
    }
    return paragraph(
      en: """
        What each part says directly is left out here: this model's logits are capped, so they are no sums of what the parts add.
        """,
      ja: "このモデルのロジットは上限で抑えられていて、各部分が足したものの和ではないので、直接の寄与は示しません。"
    )
  }

  /// The likeliest tokens of the run as it would have been, and of this one.
  private var whatChanged: Block? {
    guard let before = story.trace.unchangedLogits, let now = story.recorded(.probabilities),
      before.shape == [now.columns]
    else { return nil }
    let (chances, last) = (softmax(before), story.length - 1)
    let logits = Recorded(name: Trace.unchangedLogitsName, tensor: before)
    let ids = largest(4, of: chances.values)
    let others = largest(4, of: now.vector(last)).filter { !ids.contains($0) }
    return .table(
      Table(
        title: say(
          en: "The likeliest tokens, as the model is and with what was changed",
          ja: "確率の高いトークン：元のモデルと、変更後"
        ),
        columns: [
          column(en: "token", ja: "トークン"), numbers(en: "before", ja: "変更前"),
          numbers(en: "now", ja: "変更後"),
        ],
        rows: (ids + others).map { id in
          let was = Quantity(
            Double(chances[id]),
            digits: 4,
            origin: .derived(logits.softmax([], "\(id)"))
          )
          return ["\(token: story.word(id))", "\(was)", "\(now(last, id, digits: 4))"]
        }
      )
    )
  }
}

extension Story {
  /// A switch for every head and every MLP.
  func switches(isFolded: Bool = false) -> Switches {
    Switches(
      title: say(
        en: "Switch a head or an MLP off: everything runs again without it.",
        ja: "ヘッドや MLP を切ってみましょう。それなしで、すべてを計算し直します。"
      ),
      rows: (0..<trace.layerCount).map { switches(ofLayer: $0) },
      isFolded: isFolded
    )
  }

  /// The switches of a layer's heads and its MLP.
  private func switches(ofLayer layer: Int) -> Switches.Row {
    let off = trace.interventions.filter { $0.position == nil }.map { $0.site }
    func one(_ site: Site, _ label: RichText, _ name: RichText) -> Switches.Switch {
      Switches.Switch(site: site, label: label, name: name, isOff: off.contains(site))
    }
    let heads = (0..<(trace.model.headCount ?? 0)).map { head in
      one(
        .head(layer: layer, head: head),
        "\(head)",
        say(
          en: "without head \(head) of layer \(layer)",
          ja: "レイヤー \(layer) のヘッド \(head) を切る"
        )
      )
    }
    return Switches.Row(
      title: say(en: "layer \(layer)", ja: "レイヤー \(layer)"),
      switches: heads + [
        one(
          .mlp(layer: layer),
          "MLP",
          say(en: "without the MLP of layer \(layer)", ja: "レイヤー \(layer) の MLP を切る")
        )
      ]
    )
  }
}
