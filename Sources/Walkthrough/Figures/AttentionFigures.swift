import Graphics
import Traces

// Figures of attention: matrices between positions.

extension Story {
  /// The positions whose attention is drawn: all, or the last ones that a figure has room for.
  var drawnPositions: Range<Int> { max(0, length - Heatmap.sideLimit)..<length }

  /// Says how many positions are drawn, if not all are.
  private var drawnPositionsNote: RichText? {
    drawnPositions.count == length
      ? nil
      : say(
        en: "Drawn are the last \(drawnPositions.count) of \(length) positions.",
        ja: "\(length) 個の位置のうち、最後の \(drawnPositions.count) 個を描いています。"
      )
  }

  /// Says how to read the shades of scores, if some are negative.
  private func shadeNote(_ scores: [Double]) -> RichText? {
    scores.contains { $0 < 0 }
      ? say(
        en: """
          The shade is size, whatever the sign: of the negative scores, the dark ones will get least attention.
          """,
        ja: "濃さはスコアの絶対値です。負のスコアは、濃いほど注意の割合が小さくなります。"
      ) : nil
  }

  /// The masked entries of another program: −∞, or the most negative number it has.
  static func isMasked(_ score: Double) -> Bool { score < -1e30 }

  /// The scores of the head that is opened up, before or after the mask.
  func scoresFigure(_ scores: Recorded, isMasked: Bool) -> Figure {
    let positions = drawnPositions
    let seen = positions.flatMap {
      scores.vector(head, $0).suffix(positions.count).map(Double.init)
    }
    .filter { !Self.isMasked($0) }
    let maximum = seen.map(abs).max() ?? 0
    let cells = positions.map { query in
      positions.map { key -> Heatmap.Cell in
        let isHidden = isMasked && (key > query || Self.isMasked(scores(head, query, key).value))
        return isHidden ? .masked : cell(scores, head, query, key)
      }
    }
    return figure(
      isMasked ? "scores-masked" : "scores",
      title: isMasked
        ? say(
          en: "Scores after the mask, layer \(layerNumber), head \(headNumber)",
          ja: "マスク後のスコア（レイヤー \(layerNumber)・ヘッド \(headNumber)）"
        )
        : say(
          en: "Scores\(isDividedByRoot ? " q·k/√d" : ""), layer \(layerNumber), head \(headNumber)",
          ja: "スコア\(isDividedByRoot ? " q·k/√d" : "")（レイヤー \(layerNumber)・ヘッド \(headNumber)）"
        ),
      description: say(
        en:
          "A row for each token that looks, a column for each it looks at; \(length) × \(length).",
        ja: "行は見る側のトークン、列は見られる側のトークン。\(length) × \(length) の行列です。"
      ),
      key: ColorKey(
        .data(maximum: maximum),
        title: Caption(say(en: "size of the score", ja: "スコアの大きさ").plain),
        low: "0",
        high: Caption(Self.end(maximum)),
        masked: isMasked ? say(en: "masked: −∞", ja: "マスク：−∞").plain : nil,
        followed: followedLabel,
        negative: say(en: "negative", ja: "負の値").plain
      ),
      caption: [shadeNote(seen), drawnPositionsNote].compactMap { $0 }.reduce(nil) { note, next in
        note.map { $0 + " " + next } ?? next
      },
      matrix(cells, scale: .data(maximum: maximum), of: scores, head)
    )
  }

  /// The attention pattern of a head.
  func patternFigure(_ pattern: Recorded, layer: Int, head: Int) -> Figure {
    let cells = drawnPositions.map { query in
      drawnPositions.map { key -> Heatmap.Cell in
        key > query ? .masked : cell(pattern, head, query, key)
      }
    }
    let top = largest(1, of: pattern.vector(head, followed))[0]
    return figure(
      "attention-layer\(layer)-head\(head)",
      title: say(
        en:
          "Attention pattern, layer \(following: "layer", "\(layer)"), head \(following: "head", "\(head)")",
        ja: "アテンションパターン（レイヤー \(following: "layer", "\(layer)")・ヘッド \(following: "head", "\(head)")）"
      ),
      description: say(
        en: """
          Each row shares 1 out over the tokens up to itself. \(me) gives most to \(following: "attended", mention(top)): \
          \(following: "share", pattern(head, followed, top)).
          """,
        ja: """
          各行は、合計 1 の注意を、自分自身までのトークンに割り振ったもの。\(me) が最も注意を向けるのは \
          \(following: "attended", mention(top)) で、\(following: "share", pattern(head, followed, top)) です。
          """
      ),
      key: .probability(
        title: Caption(say(en: "share of attention", ja: "注意の割合").plain),
        masked: say(en: "masked", ja: "マスク").plain,
        followed: followedLabel
      ),
      caption: drawnPositionsNote,
      matrix(cells, scale: .probability(), of: pattern, head)
    )
  }

  /// All heads of all layers.
  var allHeadsFigure: Figure? {
    let patterns = (0..<trace.layerCount).compactMap { layer in
      recorded(.pattern(layer)).map { (layer, $0) }
    }
    guard !patterns.isEmpty else { return nil }
    let heads = patterns.map { $0.1.shape[0] }.max() ?? 0
    let tiles = patterns.map { _, pattern in
      (0..<pattern.shape[0]).map { head in
        drawnPositions.map { query -> [Double?] in
          zip(drawnPositions, pattern.vector(head, query).suffix(drawnPositions.count)).map {
            key,
            share in key > query ? nil : Double(share)
          }
        }
      }
    }
    let row = patterns.firstIndex { $0.0 == layer }
    return figure(
      "attention-all-heads",
      title: say(en: "Every head of every layer", ja: "すべてのレイヤーのすべてのヘッド"),
      description: say(
        en:
          "A row for each layer (\(patterns.count)), a column for each head (\(heads)), in each place an attention pattern.",
        ja: "行はレイヤー（\(patterns.count) 個）、列はヘッド（\(heads) 個）。一つ一つがアテンションパターンです。"
      ),
      key: .probability(
        title: Caption(say(en: "share of attention", ja: "注意の割合").plain),
        followed: say(en: "the head opened up", ja: "いま開いているヘッド").plain
      ),
      caption: drawnPositionsNote,
      HeatmapGrid(
        rows: patterns.map { say(en: "layer \($0.0)", ja: "レイヤー \($0.0)").plain },
        columns: (0..<heads).map { say(en: "head \($0)", ja: "ヘッド \($0)").plain },
        tiles: tiles,
        scale: .probability(),
        followed: row.map { Heatmap.Position(row: $0, column: head) }
      )
    )
  }

  /// The pattern's numbers, for the table behind the figure.
  func patternTable(_ pattern: Recorded) -> Table {
    let positions = shownPositions(limit: 24)
    let shown = shownNote(limit: 24).map { say(en: "; \($0)", ja: "。\($0)") } ?? ""
    return Table(
      title: say(
        en: """
          Attention pattern, layer \(layerNumber), head \(headNumber): from the rows to the columns\(shown)
          """,
        ja: """
          アテンションパターン（レイヤー \(layerNumber)・ヘッド \(headNumber)）：行が見る側、列が見られる側\(shown)
          """
      ),
      columns: [Table.Column(say(en: "from \\ to", ja: "見る側＼見られる側"))]
        + positions.map { Table.Column(RichText([.token(token($0))]), isNumeric: true) },
      rows: positions.map { query in
        [RichText([.token(token(query))])]
          + positions.map { key in key > query ? "" : "\(pattern(head, query, key))" }
      },
      isBehindFigure: true
    )
  }

  /// How much each head of the layer wrote for the followed token.
  func headNormsFigure(_ result: Recorded) -> Figure {
    let bars = (0..<result.shape[1]).map { head in
      Bars.Bar(
        say(en: "head \(head)", ja: "ヘッド \(head)").plain,
        Quantity(
          norm(result.vector(followed, head)),
          origin: .derived("‖\(result.name)[\(followed),\(head)]‖")
        )
      )
    }
    return figure(
      "head-results",
      title: say(
        en: "Length of what each head of layer \(layer) writes for \(token: token(followed))",
        ja: "レイヤー \(layer) の各ヘッドが \(token: token(followed)) に書き込むベクトルの長さ"
      ),
      description: say(en: "One bar for each head.", ja: "ヘッドごとに棒が1本あります。"),
      Bars(bars, role: .data)
    )
  }

  /// What the amber outline says.
  var followedLabel: String {
    say(
      en: "the token followed: \(token: token(followed))",
      ja: "選択中のトークン：\(token: token(followed))"
    ).plain(in: language)
  }

  private func matrix(
    _ cells: [[Heatmap.Cell]],
    scale: ColorScale,
    of recorded: Recorded,
    _ head: Int
  ) -> Heatmap {
    var map = Heatmap(
      rows: drawnPositions.map(label),
      columns: drawnPositions.map(label),
      cells: cells,
      scale: scale,
      rowTitle: say(en: "from", ja: "見る側").plain,
      columnTitle: say(en: "to", ja: "見られる側").plain,
      followedRow: followed - drawnPositions.lowerBound
    )
    map.source = "\(recorded.name)[\(head)]"
    return map
  }

  /// A cell with its number while there is room for numbers.
  private func cell(_ matrix: Recorded, _ head: Int, _ query: Int, _ key: Int) -> Heatmap.Cell {
    let quantity = matrix(head, query, key)
    return length <= 12 ? .number(quantity) : .value(quantity.value)
  }
}
