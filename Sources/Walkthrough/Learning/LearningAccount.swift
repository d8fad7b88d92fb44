import Graphics

/// Tells how a model learned: from a line through points to attention that knows where to look.
public struct LearningAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// What is known of the run.
  public let record: LearningRecord

  /// Prepares to tell.
  ///
  /// - Parameters:
  ///   - record: What is known of the run.
  ///   - language: The language to tell it in.
  public init(of record: LearningRecord, in language: Language) {
    (self.record, self.language) = (record, language)
  }

  /// The whole account, step by step.
  public var article: Article {
    Article(
      language: language,
      id: "learning",
      title: say(en: "How a model learns", ja: "モデルはどうやって学ぶか"),
      lead: [
        say(
          en: """
            A model starts with random values in its matrices. Whatever its \(size(record.parameterCount)) parameters can do at the end \
            was learned from text, in \(record.losses.count.of("small step")).
            """,
          ja: """
            モデルの行列は、ランダムな値から始まります。\(size(record.parameterCount)) 個のパラメータが最後にできるように\
            なることはどれも、文章から \(record.losses.count) 回の小さなステップで学んだものです。
            """
        )
      ],
      steps: [line, loss, prediction, writing, attention, embeddings].compactMap { $0 }
    )
  }

  /// What a moment is called above its part of a figure.
  func caption(_ step: Int) -> Caption { Caption(moment(step).plain) }

  /// What a moment is called.
  func moment(_ step: Int) -> RichText {
    guard step > 0 else {
      return say(en: "at the start, random values", ja: "開始時（ランダムな値）")
    }
    guard step < record.losses.count else {
      return say(en: "after \(step.of("step"))", ja: "\(step) ステップ後")
    }
    let share = Decimal.text(100 * Double(step) / Double(record.losses.count), digits: 0)
    return say(
      en: "after \(step.of("step")), \(share) % of the way",
      ja: "\(step) ステップ後（全体の \(share) %）"
    )
  }

  // MARK: - The loss

  private var loss: Step? {
    guard let first = record.losses.first, let last = record.losses.last else { return nil }
    let guess = Quantity(
      logarithm(Double(record.vocabularySize)),
      origin: .derived("ln \(record.vocabularySize)")
    )
    let (start, end) = (lossOfStep(0, first), lossOfStep(record.losses.count - 1, last))
    return step("loss", en: "The loss", ja: "損失") {
      paragraph(
        en: """
          At every position the model gives each token of its vocabulary a probability. The \(term: "loss") is −log of what it gave \
          to the token that did come next, averaged over a batch. A model that knows nothing gives all \(size(record.vocabularySize)) tokens the \
          same: ln \(size(record.vocabularySize)) = \(guess) nats.
          """,
        ja: """
          モデルは各位置で、語彙のすべてのトークンに確率を与えます。\(term: "損失")は、実際に次に来たトークンに与えた確率の −log を\
          バッチ全体で平均したものです。何も知らなければ \(size(record.vocabularySize)) 個のトークンに同じ確率を与えるので、\
          ln \(size(record.vocabularySize)) = \(guess) ナットになります。
          """
      )
      equation(
        .row([
          .symbol("L"), .op("="), .op("−"), .frac(.number("1"), .symbol("N")), .op("·"),
          .sum(under: .symbol("i"), .row([.function("log"), .sub(.symbol("p"), .symbol("i"))])),
        ])
      )
      lossFigure
      found(
        en: "The first batch had a loss of \(start), the last one of \(end).",
        ja: "最初のバッチの損失は \(start)、最後のバッチの損失は \(end) でした。"
      )
    }
  }

  private func lossOfStep(_ index: Int, _ loss: Double) -> Quantity {
    Quantity(loss, origin: .derived("mean loss of batch \(index)"))
  }

  private var lossFigure: Figure {
    // Means of stretches, since single batches differ by chance.
    let stretch = max(1, record.losses.count / 240)
    let points = stride(from: 0, to: record.losses.count, by: stretch).map { start in
      let part = record.losses[start..<min(start + stretch, record.losses.count)]
      return Point(Double(start) + Double(part.count) / 2, part.reduce(0, +) / Double(part.count))
    }
    let dots = record.validations.enumerated().map { index, validation in
      let isLast = index == record.validations.count - 1
      let loss = Quantity(
        validation.loss,
        origin: .derived("mean loss on held-out text after step \(validation.step)")
      )
      let label: Caption =
        language == .en ? "held-out text: \(loss)" : "学習に使わなかった文章：\(loss)"
      return Curve.Dot(
        x: Double(validation.step),
        y: validation.loss,
        isLast ? label : "",
        isFollowed: isLast
      )
    }
    return figure(
      "loss",
      title: say(en: "The loss while learning", ja: "学習中の損失"),
      description: say(
        en: "The mean loss of the batches as a curve; points show the loss on held-out text.",
        ja: "バッチの平均損失の曲線。点は、学習に使わなかった文章での損失です。"
      ),
      [
        Scene.Panel(
          Curve(
            points: points,
            dots: dots,
            xTitle: Caption(say(en: "steps", ja: "ステップ").plain),
            yTitle: Caption(say(en: "loss, nats per token", ja: "損失（ナット／トークン）").plain)
          )
        )
      ]
    )
  }
}
