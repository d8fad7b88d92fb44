import Graphics
import Traces

// Figures of the end: logits and probabilities.

extension Story {
  /// The largest logits of the last position.
  func topLogitsFigure(_ logits: Recorded) -> Figure {
    let order = largest(8, of: logits.vector(length - 1))
    let bars = order.map { id in Bars.Bar(VisibleText.show(word(id)), logits(length - 1, id)) }
    return figure(
      "logits",
      title: say(
        en: "The \(order.count) largest of \(logits.columns) logits",
        ja: "\(logits.columns) 個のロジットのうち、大きいほうから \(order.count) 個"
      ),
      description: say(
        en: "The tokens with the largest logits after \(token: token(length - 1)): \(order.count).",
        ja: "\(token: token(length - 1)) の次に来るトークンのうち、ロジットの大きい \(order.count) 個。"
      ),
      Bars(bars, role: .data)
    )
  }

  /// The largest probabilities of the last position.
  func probabilitiesFigure(_ chances: Recorded) -> Figure {
    let order = largest(8, of: chances.vector(length - 1))
    let bars = order.map { id in
      Bars.Bar(VisibleText.show(word(id)), chances(length - 1, id, digits: 3))
    }
    return figure(
      "probabilities",
      title: say(
        en: "The \(order.count) likeliest of \(chances.columns) next tokens",
        ja: "次に来るトークン \(chances.columns) 個のうち、確率の高い \(order.count) 個"
      ),
      description: say(
        en: """
          The \(order.count) likeliest of \(chances.columns) tokens; \(token: word(order[0])) leads with \
          \(chances(length - 1, order[0], digits: 3)).
          """,
        ja: """
          \(chances.columns) 個のトークンのうち、確率の高い \(order.count) 個。1位は \(token: word(order[0])) の \
          \(chances(length - 1, order[0], digits: 3)) です。
          """
      ),
      Bars(bars, role: .probability)
    )
  }

  /// The terms of the winner's dot product that count most.
  func logitContributionsFigure(_ final: Recorded, _ columns: Recorded, word: String) -> Figure {
    let (vector, column) = (final.vector(followed), columns.vector(followed, 0))
    let products = zip(vector, column).map { Double($0) * Double($1) }
    let order = largest(8, of: products.map(abs))
    let bars = order.map { n in
      Bars.Bar(
        "x\(n) · W_U[\(n),t]",
        Quantity(
          products[n],
          origin: .derived("\(final.place([followed, n])) * \(columns.place([followed, 0, n]))")
        )
      )
    }
    return figure(
      "logit-terms",
      title: say(
        en:
          "The \(order.count) largest in size of \(products.count) terms in the dot product for \(token: word)",
        ja: "\(token: word) についての内積の項 \(products.count) 個のうち、絶対値の大きい \(order.count) 個"
      ),
      description: say(
        en:
          "\(order.count) of \(products.count) products, largest in size first; all of them are added up.",
        ja: "\(products.count) 個の積のうち、絶対値の大きいほうから \(order.count) 個。内積は、残りも含めた全部の和です。"
      ),
      Bars(bars, role: .data)
    )
  }

  /// How far the followed vector has turned from its start, block by block.
  func travelFigure(_ start: Recorded, _ streams: [Recorded]) -> Figure {
    let bars = ([start] + streams).map { stream in
      Bars.Bar(
        travelLabel(stream, isStart: stream.name == start.name),
        Quantity(
          cosine(start.vector(followed), stream.vector(followed)),
          origin: .derived(start.cosine([followed], with: stream))
        )
      )
    }
    return figure(
      "travel",
      title: say(
        en: "Cosine of \(token: token(followed)) to where it began",
        ja: "\(token: token(followed)) のベクトルの、出発点とのコサイン類似度"
      ),
      description: say(
        en: "One bar for the start and one after each block.",
        ja: "棒は出発点に1本と、各ブロックの後に1本ずつあります。"
      ),
      Bars(bars, role: .data, domain: min(0, bars.map { $0.value.value }.min() ?? 0)...1)
    )
  }

  /// A place along the stream: the start, or the block it has passed.
  private func travelLabel(_ stream: Recorded, isStart: Bool) -> String {
    let layer = stream.name.split(separator: ".").dropFirst().first.map(String.init) ?? ""
    return isStart
      ? say(en: "start", ja: "出発点").plain
      : say(en: "after layer \(layer)", ja: "レイヤー \(layer) の後").plain
  }
}
