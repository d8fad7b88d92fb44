import Graphics
import Platform
import Traces

// Where what a part says directly and what is lost without it disagree.

extension WhyReport {
  /// A part with both measures.
  private struct Compared {
    var site: Site
    /// What it adds directly.
    var direct: Double
    /// By how much the difference falls without it.
    var lost: Double
    /// The rest: what others make of it.
    var throughOthers: Double { lost - direct }
  }

  private var compared: [Compared] {
    reasons.effects.compactMap { effect in
      reasons.terms.first { $0.site == effect.site }.map {
        Compared(site: effect.site, direct: $0.contribution, lost: -effect.change)
      }
    }
  }

  var comparisonStep: Step? {
    let compared = compared
    guard !compared.isEmpty else { return nil }
    let apart = compared.rising { -abs($0.throughOthers) }.prefix(shown)
    return step("both", en: "Where the two disagree", ja: "2つの測り方が食い違うところ") {
      paragraph(
        en: """
          If nobody read what a part wrote, \(whole) would fall without it by just what it says directly. Whatever is lost \
          beyond that went by way of others: later parts that read it and wrote something else, and the last norm's scale. \
          Where less is lost, they make up for it.
          """,
        ja: """
          ある部分が書いたものをほかの部分が読まないなら、それを切ったとき\(whole)は、直接の寄与の分だけ減るはずです。\
          それを超えて失われる分は、ほかを経由したものです。つまり、後の部分がそれを読んで別のものを書いたり、最後の正規化の倍率が変わったりした結果です。\
          失われる分のほうが少なければ、ほかが補っています。
          """
      )
      Block.table(
        Table(
          title: say(
            en: "Parts that matter most by way of others",
            ja: "ほかを経由した分が大きい部分"
          ),
          columns: [
            column(en: "part", ja: "部分"), numbers(en: "says directly", ja: "直接の寄与"),
            numbers(en: "lost without it", ja: "切ると失われる分"),
            numbers(en: "by way of others", ja: "ほかを経由した分"),
          ],
          rows: apart.map { part in
            let name = part.site.name
            return [
              "\(code: name)", "\(quantity(part.direct, "terms[\(name)].contribution"))",
              "\(quantity(part.lost, "−effects[\(name)].change"))",
              "\(quantity(part.throughOthers, "−effects[\(name)].change − terms[\(name)].contribution"))",
            ]
          }
        )
      )
      indirect(compared).map { part in
        found(
          en: """
            Take \(words(part.site)). Directly it says only \(direct(part)), and yet \(lost(part)) is lost without it: it matters \
            through what comes after it.
            """,
          ja: """
            \(words(part.site))が直接伝えるのは \(direct(part)) だけですが、切ると \(lost(part)) が失われます。後に続く部分を通して効いているのです。
            """
        )
      }
      madeUpFor(compared).map { part in
        part.lost < 0
          ? found(
            en: """
              Take \(words(part.site)). Directly it says \(direct(part)), and yet without it \(whole) even rises, by \
              \(changeSize(part)): \(after(part).en) more than makes up for it.
              """,
            ja: """
              \(words(part.site))は直接 \(direct(part)) を伝えていますが、切ると\(whole)はかえって \(changeSize(part)) だけ増えます。\
              \(after(part).ja)が、失われた分を補って余りあるのです。
              """
          )
          : found(
            en: """
              Take \(words(part.site)). Directly it says \(direct(part)), and yet without it \(whole) falls by no more than \
              \(changeSize(part)): \(after(part).en) makes up for most of it.
              """,
            ja: """
              \(words(part.site))は直接 \(direct(part)) を伝えていますが、切っても\(whole)は \(changeSize(part)) しか減りません。\
              \(after(part).ja)が、その大半を補うのです。
              """
          )
      }
      opposed(compared).map { part in
        found(
          en: """
            Take \(words(part.site)). Directly it lowers \(whole), \(direct(part)), and yet it is needed: \(lost(part)) is lost \
            without it.
            """,
          ja: """
            \(words(part.site))は、直接には\(whole)を減らしています（\(direct(part))）。それでも必要です。切ると \(lost(part)) が失われるからです。
            """
        )
      }
    }
  }

  /// What may make up for a part: what comes after it; after the last block, the last norm alone.
  private func after(_ part: Compared) -> (en: RichText, ja: RichText) {
    let last = reasons.effects.compactMap { $0.site.layer }.max()
    if case .mlp(let layer) = part.site, layer == last {
      return ("the last norm, whose scale changes with it,", "それにつれて倍率が変わる最後の正規化")
    }
    return ("what comes after it", "後に続く部分")
  }

  // MARK: - What is looked for

  /// What counts: a tenth of what is taken apart.
  private var threshold: Double { abs(reasons.difference) / 10 }

  /// The part without which most is lost, of those that say less than a third of it directly.
  private func indirect(_ parts: [Compared]) -> Compared? {
    parts.filter { $0.lost > threshold && $0.direct >= 0 && $0.direct < $0.lost / 3 }
      .max { $0.lost < $1.lost }
  }

  /// The part that adds most directly, of those without which less than a third of that is lost.
  private func madeUpFor(_ parts: [Compared]) -> Compared? {
    parts.filter { $0.direct > threshold && abs($0.lost) < $0.direct / 3 }
      .max { $0.direct < $1.direct }
  }

  /// The part that takes most away directly, of those without which something is lost; both count.
  private func opposed(_ parts: [Compared]) -> Compared? {
    parts.filter { $0.direct < -threshold && $0.lost > threshold }
      .min { $0.direct < $1.direct }
  }

  private func direct(_ part: Compared) -> Quantity {
    quantity(part.direct, "terms[\(part.site.name)].contribution")
  }

  private func lost(_ part: Compared) -> Quantity {
    quantity(part.lost, "−effects[\(part.site.name)].change")
  }

  private func changeSize(_ part: Compared) -> Quantity {
    quantity(abs(part.lost), "|effects[\(part.site.name)].change|")
  }
}
