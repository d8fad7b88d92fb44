import Graphics

/// Tells how scores of a reader's own become probabilities at a temperature.
public struct SoftmaxAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// The scores, and the probabilities that come of them, in the same order.
  public let logits: [Double], probabilities: [Double]
  /// T.
  public let temperature: Double

  /// Prepares to tell.
  public init(
    _ logits: [Double],
    at temperature: Double,
    _ probabilities: [Double],
    in language: Language
  ) {
    (self.logits, self.probabilities) = (logits, probabilities)
    (self.temperature, self.language) = (temperature, language)
  }

  /// The scores, each with its probability.
  public var article: Article {
    Article(
      language: language,
      id: "softmax",
      title: say(en: "Scores of your own", ja: "自分で決めるスコア"),
      lead: [],
      steps: [
        step("own", en: "Scores of your own", ja: "自分で決めるスコア") {
          figure(
            "own-shares",
            title: say(
              en: "The probabilities at T = \(Decimal.text(temperature, digits: 2))",
              ja: "T = \(Decimal.text(temperature, digits: 2)) での確率"
            ),
            description: say(
              en: "\(logits.count) bars, one for each score, that add up to 1.",
              ja: "スコア1つにつき1本、合わせて 1 になる \(logits.count) 本の棒。"
            ),
            [
              Scene.Panel(
                Bars(
                  logits.indices.map {
                    Bars.Bar("x = \(Decimal.text(logits[$0], digits: 2))", share($0))
                  },
                  role: .probability,
                  domain: 0...1
                )
              )
            ]
          )
          found(en: told.en, ja: told.ja)
        }
      ]
    )
  }

  private func share(_ index: Int) -> Quantity {
    let score = Decimal.text(logits[index], digits: 4)
    return Quantity(
      probabilities[index],
      digits: 3,
      origin: .derived("exp(\(score) / T) / sum of all exp(x / T)")
    )
  }

  /// What to notice: how much surer the best score is than the next.
  private var told: (en: RichText, ja: RichText) {
    let order = probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
    guard order.count > 1 else {
      return (
        "A single score gets everything: \(share(0)).", "スコアが1つだけなら、確率はすべてそこに集まります：\(share(0))。"
      )
    }
    let (first, second) = (order[0], order[1])
    if temperature == 0 {
      return (
        "At T = 0 the largest score gets everything: \(share(first)).",
        "T = 0 では、いちばん大きいスコアがすべてを取ります：\(share(first))。"
      )
    }
    let distance = Quantity(
      logits[first] - logits[second],
      origin: .derived("largest score less the next")
    )
    return (
      """
      The largest score gets \(share(first)), the next \(share(second)): they are \(distance) apart, and only that distance, divided by T, \
      decides how many times as likely the one is as the other.
      """,
      """
      いちばん大きいスコアの確率は \(share(first))、次は \(share(second)) です。2つの差は \(distance) で、何倍起こりやすいかは、この差を T で\
      割った値だけで決まります。
      """
    )
  }
}
