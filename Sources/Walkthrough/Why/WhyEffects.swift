import Graphics
import Traces

// What happens without each part.

extension WhyReport {
  var effectsStep: Step? {
    guard !reasons.effects.isEmpty else { return nil }
    return step("effects", en: "What happens without it", ja: "それがないと、どうなるか") {
      paragraph(
        en: """
          What a part writes is read by every later block, so it can matter through others. To see how much, each head and \
          each MLP is switched off in a run of its own: what it adds is set to zero at every position, and all that follows \
          is computed anew.
          """,
        ja: """
          ある部分が書き込んだものは、後のどのブロックにも読まれます。ですから、ほかの部分を通して効くこともあります。\
          それを調べるため、ヘッドと MLP を1つずつ切って、実行し直します。足すはずのものをすべての位置で 0 にし、その後を計算し直すのです。
          """
      )
      figure(
        "why-effects",
        title: say(
          en: "How \(whole) changes without each head and each MLP",
          ja: "ヘッドや MLP がないとき、\(whole)がどれだけ変わるか"
        ),
        description: effectsDescription,
        key: effectsKey,
        caption: mapCaption,
        effectsMap
      )
      effectsTable
      effectsFound
    }
  }

  private var effectsTable: Block {
    .table(
      Table(
        title: say(
          en:
            "Switched off, one at a time: the \(min(shown, reasons.effects.count)) that change most",
          ja: "1つずつ切ったとき：変化の大きい \(min(shown, reasons.effects.count)) 個"
        ),
        columns: [
          column(en: "without", ja: "切った部分"),
          numbers(en: "probability", ja: "確率"),
          numbers(
            en: against == nil ? "logit" : "difference",
            ja: against == nil ? "ロジット" : "差"
          ),
          numbers(en: "change", ja: "変化"),
        ],
        rows: reasons.effects.prefix(shown).map { effect in
          let name = "effects[\(effect.site.name)]"
          return [
            "\(code: effect.site.name)",
            "\(quantity(effect.probability, digits: 4, "\(name).probability"))",
            "\(quantity(effect.difference, "\(name).difference"))",
            "\(change(effect))",
          ]
        }
      )
    )
  }

  private var effectsFound: Block? {
    guard let first = reasons.effects.first, first.change != 0 else { return nil }
    let name = "effects[\(first.site.name)]"
    let now = quantity(first.difference, "\(name).difference")
    let before = quantity(reasons.probability, digits: 4, "probability")
    let chance = quantity(first.probability, digits: 4, "\(name).probability")
    let next = reasons.effects.dropFirst().prefix(2).map { effect -> RichText in
      say(
        en: "\(words(effect.site)), \(change(effect))",
        ja: "\(words(effect.site))の \(change(effect))"
      )
    }
    let others: RichText =
      next.isEmpty
      ? ""
      : say(
        en: " Next: \(next.dropFirst().reduce(next[0]) { $0 + "; " + $1 }).",
        ja: "次は\(next.dropFirst().reduce(next[0]) { $0 + "、" + $1 }) です。"
      )
    // Where two change it equally, neither is said to change it most.
    let isMost = reasons.effects.count < 2 || abs(first.change) > abs(reasons.effects[1].change)
    let opening: RichText =
      isMost
      ? say(
        en:
          "Of all heads and MLPs, \(words(first.site)) is the one whose absence changes \(whole) most. ",
        ja: "すべてのヘッドと MLP のうち、切ったときの変化が最も大きいのは、\(words(first.site))です。"
      ) : say(en: "Take \(words(first.site)). ", ja: "\(words(first.site))を見てみましょう。")
    return found(
      en: """
        \(opening)Without it \(whole) is \(now) instead of \(difference), and the probability of \(token) is \(chance) instead of \
        \(before).\(others)
        """,
      ja: """
        \(opening)それを切ると、\(whole)は \(difference) から \(now) に、\(token) の確率は \(before) から \(chance) に変わります。\(others)
        """
    )
  }

  var effectsDescription: RichText {
    let largest = reasons.effects.prefix(3).map { "\(label($0.site)) \(change($0).text)" }
    let list = largest.joined(separator: say(en: ", ", ja: "、").plain)
    return say(
      en: "Changes in logits when a part is switched off; the largest: \(list).",
      ja: "部分を切ったときのロジットの変化。大きなもの：\(list)。"
    )
  }

  var mapCaption: RichText {
    say(
      en:
        "A row is a layer. Numbers are by how many logits \(whole) changes without that head or MLP; negative: it falls.",
      ja: "行はレイヤーです。数は、そのヘッドや MLP を切ったとき\(whole)がどれだけ変わるか（単位はロジット）を示します。負の数は減ることを表します。"
    )
  }

  private var largestChange: Double { reasons.effects.map { abs($0.change) }.max() ?? 0 }

  var effectsKey: ColorKey {
    ColorKey(
      .data(maximum: largestChange),
      title: Caption(say(en: "size of the change", ja: "変化の大きさ").plain),
      low: "0",
      high: Caption(quantity(largestChange, "max |change|")),
      negative: say(en: "it falls", ja: "減る").plain
    )
  }

  /// Layers × heads, and the MLPs in a column of their own.
  var effectsMap: Heatmap {
    var layers = 0
    var heads = 0
    for case .head(let layer, let head) in reasons.effects.map({ $0.site }) {
      (layers, heads) = (max(layers, layer + 1), max(heads, head + 1))
    }
    var cells = [[Heatmap.Cell]](
      repeating: [Heatmap.Cell](repeating: .blank, count: heads + 1),
      count: layers
    )
    for effect in reasons.effects {
      switch effect.site {
      case .head(let layer, let head): cells[layer][head] = .number(change(effect))
      case .mlp(let layer) where layer < layers: cells[layer][heads] = .number(change(effect))
      default: break
      }
    }
    let layer = say(en: "layer", ja: "レイヤー").plain
    return Heatmap(
      rows: (0..<layers).map { "\(layer) \($0)" },
      columns: (0..<heads).map { "\($0)" } + ["MLP"],
      cells: cells,
      scale: .data(maximum: largestChange),
      rowTitle: say(en: "layer", ja: "レイヤー").plain,
      columnTitle: say(en: "head", ja: "ヘッド").plain
    )
  }
}
