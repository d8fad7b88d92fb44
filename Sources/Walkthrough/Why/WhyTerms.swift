import Graphics
import Platform
import Traces

// What each part of the stream says directly.

extension WhyReport {
  var termsStep: Step? {
    guard !reasons.terms.isEmpty else { return nil }
    return step("terms", en: "What each part says directly", ja: "それぞれの部分が直接伝えること") {
      paragraph(
        en: """
          The vector that the answer is read from is a sum: \(summands). So the answer is a sum, too: each part is read out by itself, through the last norm with the \
          scale that it had on this run, and through W_U. Together the parts are \(whole); this is called direct logit \
          attribution.
          """,
        ja: """
          答えを読み出すベクトルは、足し算でできています。\(summands)の和です。\
          ですから、答えも部分ごとに分けられます。それぞれを、今回の実行での倍率のままの最後の正規化と W_U に通して、別々に読み出します。\
          合計は\(whole)になります。この分け方を direct logit attribution（ロジットへの直接の寄与）と呼びます。
          """
      )
      figure(
        "why-terms",
        title: against.map {
          say(
            en: "Parts that speak for \(token) against \($0), added up",
            ja: "\($0) ではなく \(token) を推す部分の足し算"
          )
        } ?? say(en: "Parts that speak for \(token), added up", ja: "\(token) を推す部分の足し算"),
        description: termsDescription,
        caption: waterfallCaption,
        waterfall
      )
      termsFound
    }
  }

  /// What the vector is the sum of, as far as the model has it.
  private var summands: RichText {
    func has(_ sites: (Site) -> Bool) -> Bool { reasons.terms.contains { sites($0.site) } }
    let hasPosition = has { if case .posEmbed = $0 { true } else { false } }
    let hasBiases = has {
      switch $0 {
      case .attentionBias, .finalNormBias: true
      default: false
      }
    }
    return say(
      en: """
        the token's embedding, \(hasPosition ? "the position's, " : "")\(hasBiases ? "" : "and ")what every head and every MLP \
        has added\(hasBiases ? ", and the biases" : "")
        """,
      ja: """
        トークンの埋め込み、\(hasPosition ? "位置の埋め込み、" : "")すべてのヘッドと MLP が足したもの\(hasBiases ? "、そしてバイアス" : "")
        """
    )
  }

  private var termsFound: Block? {
    guard let largest = reasons.terms.first,
      reasons.terms.count < 2 || abs(reasons.terms[1].contribution) < abs(largest.contribution)
    else { return nil }
    let (count, adding) = (reasons.terms.count, reasons.terms.count { $0.contribution > 0 })
    let taking = reasons.terms.count { $0.contribution < 0 }
    return found(
      en: """
        The term of largest size is that of \(words(largest.site)): \(contribution(largest)), where \(whole) is \(difference). Of the \
        \(count) parts, \(adding) raise it and \(taking) lower it.
        """,
      ja: """
        絶対値の最も大きな項は\(words(largest.site))の \(contribution(largest)) です（\(whole)は \(difference)）。\
        \(count) 個の部分のうち、\(adding) 個が増やし、\(taking) 個が減らしています。
        """
    )
  }

  var termsDescription: RichText {
    let terms = reasons.terms.prefix(3).map { "\(label($0.site)) \(contribution($0).text)" }
    let list = terms.joined(separator: say(en: ", ", ja: "、").plain)
    return say(
      en: "Terms that add up to \(difference); the largest: \(list).",
      ja: "合計が \(difference) になる項。大きなもの：\(list)。"
    )
  }

  var waterfallCaption: RichText {
    say(
      en:
        "Each bar begins where the one above it ends: filled bars add logits, hollow ones take them away.",
      ja: "どの棒も、上の棒が終わったところから始まります。塗りつぶした棒はロジットを増やし、白抜きの棒は減らします。"
    )
  }

  /// The largest terms in the order of the forward pass, the rest in one, and the sum.
  var waterfall: Waterfall {
    let kept = reasons.terms.prefix(shown).rising { $0.site.order }
    let rest = reasons.terms.dropFirst(shown)
    var terms = kept.map { Waterfall.Term(label($0.site), contribution($0)) }
    if !rest.isEmpty {
      let sum = rest.reduce(0) { $0 + $1.contribution }
      let label = say(en: "\(rest.count.of("other"))", ja: "ほか \(rest.count) 個").plain
      terms.append(Waterfall.Term(label, quantity(sum, "terms[others]")))
    }
    return Waterfall(
      terms,
      sum: Waterfall.Term(
        against == nil
          ? say(en: "logit", ja: "ロジット").plain : say(en: "difference", ja: "差").plain,
        difference
      )
    )
  }
}
