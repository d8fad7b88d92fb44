import Graphics
import Traces

/// Tells how a score comes from q·k in a model that does not divide it by √d alone.
struct ScalingTeller: Teller {
  let story: Story

  @BlockList var blocks: [Block] {
    switch story.scoring.rule {
    case .divided(let divisor): divided(by: divisor)
    case .capped(let divisor, let cap): capped(divisor, cap)
    case .dividedByRoot, nil: unknown
    }
  }

  @BlockList private func divided(by divisor: Double) -> [Block] {
    paragraph(
      en: """
        The more products are added up, the larger in size the sum tends to be. GPT-2 as published divides it by \
        \(.sqrt("d") as Math); the scores recorded in this layer are q·k divided by \(number(divisor)).
        """,
      ja: """
        足し合わせる積の個数 d が多いほど、和の絶対値は大きくなりがちです。公開された GPT-2 は、これを \(.sqrt("d") as Math) で割ります。\
        このレイヤーに記録されたスコアは、q·k を \(number(divisor)) で割ったものです。
        """
    )
    equation([
      .sub("s", .text("ij")), .op("="),
      .frac([.sub("q", "i"), .op("·"), .sub("k", "j")], .quantity(number(divisor))),
    ])
  }

  @BlockList private func capped(_ divisor: Double, _ cap: Double) -> [Block] {
    paragraph(
      en: """
        The more products are added up, the larger in size the sum tends to be. This model divides it by \(number(divisor)) \
        and then bends it softly, so that no score exceeds \("c" as Math) = \(number(cap)) in size.
        """,
      ja: """
        足し合わせる積の個数 d が多いほど、和の絶対値は大きくなりがちです。このモデルは、これを \(number(divisor)) で割り、さらに\
        なめらかに曲げて、スコアの絶対値が \("c" as Math) = \(number(cap)) を超えないようにします。
        """
    )
    equation([
      .sub("s", .text("ij")), .op("="), "c", .text(" "), .function("tanh"),
      .parens(
        .frac(
          [.sub("q", "i"), .op("·"), .sub("k", "j")],
          [.quantity(number(divisor)), .text(" "), "c"]
        )
      ),
    ])
  }

  private var unknown: Block {
    paragraph(
      en: """
        The more products are added up, the larger in size the sum tends to be. GPT-2 as published divides it by \
        \(.sqrt("d") as Math). The scores recorded here are not that quotient of the recorded queries and keys, and this trace \
        does not tell how they came about.
        """,
      ja: """
        足し合わせる積の個数 d が多いほど、和の絶対値は大きくなりがちです。公開された GPT-2 は、これを \(.sqrt("d") as Math) で割ります。\
        ここに記録されたスコアは、記録されたクエリとキーのその商とは異なり、どのように求めたかは、このトレースからはわかりません。
        """
    )
  }

  /// A number of the rule: as the metadata says it, or found as the one quotient of products and scores.
  private func number(_ value: Double) -> Quantity {
    let said = story.architecture.said
    let origin =
      value == said.scoreCap
      ? "\(value)"
      : value == said.scoreDivisor
        ? "\(value)" : "\(story.scoring.queries.name) · \(story.scoring.keys.name) / scores"
    return Quantity(value, digits: value == value.rounded() ? 0 : 2, origin: .derived(origin))
  }
}
