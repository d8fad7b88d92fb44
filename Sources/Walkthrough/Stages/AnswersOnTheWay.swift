import Graphics
import Traces

// Between attention and MLP, too: how the likeliest next tokens stood on the way.

extension LayersStage {
  /// How the last position's answers came up; `nil` where it was not recorded.
  var answersStep: Step? {
    guard let ids = story.recorded(.answerID), let ranks = story.recorded(.answerRank),
      let chances = story.recorded(.answerProbability), ranks.shape[0] == chances.shape[0],
      ranks.shape[0] > 1
    else { return nil }
    return step("answers", en: "How the answer comes up", ja: "答えが浮かび上がるまで") {
      paragraph(
        en: """
          The same reading at the last position, now \(isSplit(ranks) ? "after every attention and every MLP" : "after every block"): \
          which rank each of the final \(ids.count) likeliest tokens had. Rank 1 is the likeliest.
          """,
        ja: """
          同じ読み取りを最後の位置で、\(isSplit(ranks) ? "アテンションと MLP のそれぞれの後" : "各ブロックの後")に行います。\
          最終的な上位 \(ids.count) 個が、そのとき何位だったかを示します。
          """
      )
      Block.figure(answersFigure(ids, ranks, chances))
      risen(ids, ranks, chances)
    }
  }

  /// Whether attention and MLP were read apart.
  private func isSplit(_ ranks: Recorded) -> Bool { ranks.shape[0] > story.trace.layerCount + 1 }

  private func answersFigure(_ ids: Recorded, _ ranks: Recorded, _ chances: Recorded) -> Figure {
    let count = ranks.shape[0]
    // The last, and as many before it as there is room for, evenly apart.
    let pace = (count + 23) / 24
    let readings = stride(from: (count - 1) % pace, to: count, by: pace)
    let cells = readings.map { reading in
      (0..<ids.count).map { answer -> Heatmap.Cell in
        .shaded(
          ranks(reading, answer, digits: 0),
          by: chances(reading, answer).value
        )
      }
    }
    return figure(
      "answers",
      title: say(
        en: "The final \(ids.count) likeliest tokens: their ranks on the way",
        ja: "最終的な上位 \(ids.count) 個の、途中での順位"
      ),
      description: say(
        en: "A row for each reading, a column for each token; in the cell its rank.",
        ja: "行は読み取りの段階、列はトークン、数は順位。"
      ),
      key: .probability(title: Caption(say(en: "probability", ja: "確率").plain)),
      caption: pace == 1
        ? nil
        : say(
          en: "One reading in \(pace) of \(count) is shown, the last among them.",
          ja: "\(count) 段階のうち、最後を含めて \(pace) 段階ごとに示しています。"
        ),
      Heatmap(
        rows: readings.map { reading($0, of: ranks).plain },
        columns: (0..<ids.count).map { VisibleText.show(story.word(ids.id($0))) },
        cells: cells,
        scale: .probability()
      )
    )
  }

  /// The name of a reading.
  private func reading(_ index: Int, of ranks: Recorded) -> RichText {
    guard index > 0 else { return say(en: "at the start", ja: "はじめ") }
    guard isSplit(ranks) else {
      return say(en: "layer \(index - 1)", ja: "レイヤー \(index - 1)")
    }
    let layer = (index - 1) / 2
    return index % 2 == 1
      ? say(en: "\(layer) attention", ja: "\(layer) アテンション")
      : say(en: "\(layer) MLP", ja: "\(layer) MLP")
  }

  /// Where the first answer's probability rose most, if it rose at all.
  private func risen(_ ids: Recorded, _ ranks: Recorded, _ chances: Recorded) -> Block? {
    let rises = (1..<ranks.shape[0]).map { chances($0, 0).value - chances($0 - 1, 0).value }
    let best = largest(1, of: rises)[0] + 1
    guard rises[best - 1] > 0 else { return nil }
    let word: RichText = "\(token: story.word(ids.id(0)))"
    let (before, after) = (chances(best - 1, 0, digits: 3), chances(best, 0, digits: 3))
    let (from, to) = (ranks(best - 1, 0, digits: 0), ranks(best, 0, digits: 0))
    let layer = isSplit(ranks) ? (best - 1) / 2 : best - 1
    let part: (en: String, ja: String) =
      !isSplit(ranks)
      ? ("layer", "")
      : best % 2 == 1 ? ("attention of layer", " のアテンション") : ("MLP of layer", " の MLP ")
    return found(
      en: """
        Read out so, the probability of \(word) rises most across \(isSplit(ranks) ? "the " : "")\(part.en) \(layer): from \(before), \
        rank \(from), to \(after), rank \(to).
        """,
      ja: """
        こうして読み取った \(word) の確率が最も上がるのは、レイヤー \(layer)\(isSplit(ranks) ? part.ja : " ")を通ったときで、\(before)（\(from) 位）から \
        \(after)（\(to) 位）になります。
        """
    )
  }
}
