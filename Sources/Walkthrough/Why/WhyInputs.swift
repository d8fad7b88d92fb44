import Graphics
import Traces

// Which tokens of the prompt weigh, and which neurons speak.

extension WhyReport {
  var inputsStep: Step? {
    guard !reasons.inputs.isEmpty else { return nil }
    return step("inputs", en: "Which tokens weigh", ja: "どのトークンが効いたか") {
      paragraph(
        en: """
          The gradient says how \(whole) would change if the vector that enters block 0 at one position changed a little. \
          Multiplied by that vector, number by number, and added up, it gives each token a weight: gradient × input.
          """,
        ja: """
          勾配は、ブロック 0 に入るベクトルがある位置でわずかに変わったら、\(whole)がどう変わるかを示します。\
          それに、そのベクトル自身を要素ごとに掛けて足し合わせると、各トークンの重みになります。これが gradient × input（勾配と入力の積）です。
          """
      )
      paragraph(
        en: """
          It is a first-order measure: exact for tiny changes, and blind to what happens on the way to zero. So the weights need \
          not add up to \(whole): here they make \(inputSum), and \(whole) is \(difference).
          """,
        ja: """
          これは一次の近似です。ごく小さな変化には正確ですが、0 になるまでの途中のことはわかりません。\
          ですから、合計が\(whole)になるとは限りません。ここでは合計が \(inputSum)、\(whole)は \(difference) です。
          """
      )
      figure(
        "why-inputs",
        title: say(en: "Gradient × input of each token", ja: "各トークンの gradient × input"),
        description: inputsDescription,
        caption: drawn.count < reasons.inputs.count
          ? say(
            en: "The last \(drawn.count) of \(reasons.inputs.count) positions are drawn.",
            ja: "\(reasons.inputs.count) 個の位置のうち、最後の \(drawn.count) 個を描いています。"
          ) : nil,
        Bars(
          drawn.map { position in
            Bars.Bar(
              "\(position) \(VisibleText.show(reasons.tokens[position].text))",
              weight(position)
            )
          },
          role: .data
        )
      )
      heaviest.map { position in
        found(
          en: """
            \(token: reasons.tokens[position].text), at position \(position), weighs most: \(weight(position)).\(caution.en)
            """,
          ja: """
            重みの絶対値が最も大きいのは、位置 \(position) の \(token: reasons.tokens[position].text) で、\(weight(position)) です。\
            \(caution.ja)
            """
        )
      }
    }
  }

  private var inputSum: Quantity { quantity(reasons.inputs.reduce(0, +), "Σ inputs") }

  /// What to make of weights that are far from adding up.
  private var caution: (en: String, ja: String) {
    let sum = reasons.inputs.reduce(0, +)
    guard abs(sum - reasons.difference) > abs(reasons.difference) / 2 else { return ("", "") }
    return (
      """
       But the weights are far from adding up, so here they are a poor guide to what each token does: better put another word in \
      its place, and compare the two runs.
      """,
      "ただし、合計が大きく外れているので、ここではこの重みはトークンの働きの目安になりません。別の語に置き換えて、2つの実行を比べるほうが確かです。"
    )
  }

  /// The positions that a figure has room for.
  private var drawn: Range<Int> {
    max(0, reasons.inputs.count - 18)..<reasons.inputs.count
  }

  private func weight(_ position: Int) -> Quantity {
    quantity(reasons.inputs[position], "inputs[\(position)].gradient_x_input")
  }

  /// The position whose weight is largest in size, if that is more than nothing.
  private var heaviest: Int? {
    reasons.inputs.indices.max { abs(reasons.inputs[$0]) < abs(reasons.inputs[$1]) }
      .flatMap { reasons.inputs[$0] == 0 ? nil : $0 }
  }

  private var inputsDescription: RichText {
    heaviest.map { position in
      say(
        en:
          "One bar a token; the longest is that of \(token: reasons.tokens[position].text): \(weight(position)).",
        ja: "トークンごとに棒が1本。最も長いのは \(token: reasons.tokens[position].text) の \(weight(position))。"
      )
    } ?? say(en: "One bar a token; all are 0.", ja: "トークンごとに棒が1本。すべて 0。")
  }

  var neuronsStep: Step? {
    guard let neurons = reasons.neurons, !neurons.isEmpty else { return nil }
    let bias = reasons.mlpsHaveBiases ? (en: ", and a bias", ja: "と、バイアス") : (en: "", ja: "")
    return step("neurons", en: "Which neurons speak", ja: "どのニューロンが伝えているか") {
      paragraph(
        en: """
          What an MLP adds is a sum, too: each neuron's activation times its row of W_out\(bias.en). Read out like the parts \
          above, each neuron adds so many logits to \(whole) directly.
          """,
        ja: """
          MLP が足すものも和です。各ニューロンの活性値に W_out のその行を掛けたもの\(bias.ja)の和です。\
          上の部分と同じように読み出すと、各ニューロンが\(whole)に直接足すロジットがわかります。
          """
      )
      Block.table(
        Table(
          title: say(
            en:
              "The \(min(shown, neurons.count)) neurons that say most directly, of \(size(neurons.count))",
            ja: "\(size(neurons.count)) 個のニューロンのうち、直接の寄与が大きい \(min(shown, neurons.count)) 個"
          ),
          columns: [
            column(en: "neuron", ja: "ニューロン"), numbers(en: "says directly", ja: "直接の寄与"),
          ],
          rows: neurons.prefix(shown).map { term in
            [
              "\(code: term.site.name)",
              "\(quantity(term.contribution, "neurons[\(term.site.name)].contribution"))",
            ]
          }
        )
      )
    }
  }
}
