import Graphics
import Traces

// Figures of attention: matrices between positions.

extension Story {
  /// The positions whose attention is drawn: all, or the last ones that were recorded or a figure has room for.
  var drawnPositions: Range<Int> {
    max(0, length - Heatmap.sideLimit, trace.recordedPositions.lowerBound)..<length
  }

  /// Says which positions are drawn, if not all are.
  private var drawnPositionsNote: Caption? {
    guard drawnPositions.count < length else { return nil }
    let (first, last) = (drawnPositions.lowerBound, length - 1)
    return Caption(
      say(
        en: "positions \(first) to \(last), the last \(drawnPositions.count) of \(length)",
        ja: "位置 \(first)〜\(last)（\(length) 個のうち、最後の \(drawnPositions.count) 個）"
      ).plain
    )
  }

  /// Says how to read the shades of scores.
  private func shadeNote(isMasked: Bool) -> RichText {
    isMasked
      ? say(
        en: "Within a row, a stronger shade becomes a larger share of the attention.",
        ja: "同じ行の中では、スコアが濃いほど、注意の割合は大きくなります。"
      )
      : say(
        en:
          "Within a row, a stronger shade becomes a larger share of the attention, unless masked.",
        ja: "同じ行の中では、次のマスクで隠されるものを除いて、スコアが濃いほど注意の割合は大きくなります。"
      )
  }

  /// The masked entries of another program: −∞, or the most negative number it has.
  static func isMasked(_ score: Double) -> Bool { score < -1e30 }

  /// The scores of the head that is opened up, before or after the mask.
  func scoresFigure(_ scores: Recorded, isMasked: Bool) -> Figure {
    let positions = drawnPositions
    let seen = positions.flatMap { query in
      let row = scores.vector(head, query)
      return row[positions.lowerBound..<(isMasked ? query + 1 : row.count)].map(Double.init)
    }
    .filter { $0.isFinite && !Self.isMasked($0) }
    let (lowest, highest) = (seen.min() ?? 0, seen.max() ?? 0)
    let scale = ColorScale.ranked(from: lowest, to: highest)
    let (first, last) = (positions.lowerBound, positions.upperBound - 1)
    // A token may see only so many of those before it.
    let window =
      positions.map { query in
        scores.vector(head, query)[...query].count { !Self.isMasked(Double($0)) }
      }.max() ?? 1
    let begin = window > last ? "\(first)" : "largest(\(first), q - \(window - 1))"
    let keys = isMasked ? "\(begin)..q" : "\(first)..\(last)"
    func extreme(_ kind: String) -> String {
      "\(kind)(q = \(first)..\(last), \(kind)(k = \(keys), \(scores.place([head], "q,k"))))"
    }
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
        scale,
        title: Caption(say(en: "score", ja: "スコア").plain),
        low: Caption(Quantity(lowest, origin: .derived(extreme("min")))),
        high: Caption(Quantity(highest, origin: .derived(extreme("max")))),
        masked: isMasked ? say(en: "masked: −∞", ja: "マスク：−∞").plain : nil,
        followed: followedLabel
      ),
      caption: shadeNote(isMasked: isMasked),
      [Scene.Panel(matrix(cells, scale: scale, of: scores, head), caption: drawnPositionsNote)]
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
    let shades = shades([pattern], heads: head..<head + 1)
    var map = matrix(cells, scale: shades.scale, of: pattern, head)
    map.rowScales = shades.rowScales
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
      key: shades.key(
        in: self,
        masked: say(en: "masked", ja: "マスク"),
        followed: followedLabel
      ),
      [Scene.Panel(map, caption: drawnPositionsNote)]
    )
  }

  /// The shades of patterns, of so many heads of each: what suits the rows that are drawn.
  private func shades(_ patterns: [Recorded], heads: Range<Int>? = nil) -> AttentionShades {
    AttentionShades(
      attentionScale ?? .automatic(length: length),
      rows: patterns.flatMap { pattern in
        (heads ?? 0..<pattern.shape[0]).flatMap { head in
          drawnPositions.map { query in
            let keys = "k >= \(drawnPositions.lowerBound)"
            return (
              shares: Array(pattern.vector(head, query).suffix(drawnPositions.count)),
              peak: "max(\(keys), \(pattern.place([head, query], "k")))"
            )
          }
        }
      }
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
    let shades = shades(patterns.map { $0.1 })
    var grid = HeatmapGrid(
      rows: patterns.map { say(en: "layer \($0.0)", ja: "レイヤー \($0.0)").plain },
      columns: (0..<heads).map { say(en: "head \($0)", ja: "ヘッド \($0)").plain },
      tiles: tiles,
      scale: shades.scale,
      followed: row.map { Heatmap.Position(row: $0, column: head) }
    )
    grid.scalesRows = shades.areOfRows
    grid.firstNumber = drawnPositions.lowerBound
    return figure(
      "attention-all-heads",
      title: say(en: "Every head of every layer", ja: "すべてのレイヤーのすべてのヘッド"),
      description: say(
        en:
          "A row for each layer (\(patterns.count)), a column for each head (\(heads)), in each place an attention pattern.",
        ja: "行はレイヤー（\(patterns.count) 個）、列はヘッド（\(heads) 個）。一つ一つがアテンションパターンです。"
      ),
      key: shades.key(
        in: self,
        followed: say(en: "the head opened up", ja: "いま開いているヘッド").plain
      ),
      [Scene.Panel(grid, caption: drawnPositionsNote)]
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
          origin: .derived(result.length([followed, head]))
        )
      )
    }
    return figure(
      "head-results",
      title: say(
        en: "Length of what each head of layer \(layer) gives for \(token: token(followed))",
        ja: "レイヤー \(layer) の各ヘッドが \(token: token(followed)) のために出すベクトルの長さ"
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
    map.firstNumber = hasNumbers ? nil : drawnPositions.lowerBound
    map.prefersEnd = true
    return map
  }

  /// Whether cells have room for numbers.
  private var hasNumbers: Bool { length <= AttentionShades.numberLimit }

  /// A cell with its number while there is room for numbers.
  private func cell(_ matrix: Recorded, _ head: Int, _ query: Int, _ key: Int) -> Heatmap.Cell {
    let quantity = matrix(head, query, key)
    return hasNumbers ? .number(quantity) : .value(quantity.value)
  }
}
