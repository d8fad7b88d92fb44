import Graphics
import Tensors
import Traces

extension CompareReport {
  /// The same head's patterns in both runs, and their difference.
  var patternsStep: Step? {
    guard let patterns = runs.patterns else { return nil }
    let (layer, head) = (patterns.layer, patterns.head)
    let moved = derived(patterns.moved, "patterns.moved")
    return step("patterns", en: "The same head in both", ja: "同じヘッドを両方で") {
      paragraph(
        en: """
          \(patterns.differsMost
            ? say(en: "Of all heads, head \(head) of layer \(layer) looks most differently in the two runs", ja: "")
            : say(en: "Head \(head) of layer \(layer), in the two runs", ja: "")): on average \(moved) of an aligned token's attention \
          goes elsewhere. (That is half the sum of the absolute differences of its shares: 0 if the patterns are alike, 1 if no share \
          goes to the same token.) To look is not to matter: \(code: "explain why") says what matters.
          """,
        ja: """
          \(patterns.differsMost
            ? say(en: "", ja: "すべてのヘッドのうち、2つの実行で見るところが最も違うのは、レイヤー \(layer) のヘッド \(head) です")
            : say(en: "", ja: "レイヤー \(layer) のヘッド \(head) を、2つの実行で比べます"))。\
          対応するトークンの注意のうち、平均して \(moved) が別のところへ向かいます（割合の差の絶対値の和の半分。パターンが同じなら 0、\
          同じトークンに少しも向かわなければ 1）。見ていることと効いていることは別です。何が効いたかは \(code: "explain why") でわかります。
          """
      )
      pattern(patterns.a, of: runs.a, "a", patterns)
      pattern(patterns.b, of: runs.b, "b", patterns)
      if let difference = differenceFigure(patterns) {
        difference
      } else if !runs.alignment.pairs.isEmpty {
        found(
          en: "For aligned tokens the two patterns are equal, number for number.",
          ja: "対応するトークンについては、2つのパターンは数の一つ一つまで同じです。"
        )
      }
    }
  }

  /// More positions than this are not drawn; fewer than a dozen have room for numbers.
  private static let drawn = 24, numbered = 8

  private func pattern(
    _ pattern: Tensor,
    of trace: Trace,
    _ side: String,
    _ patterns: ComparedPatterns
  ) -> Figure {
    let count = min(Self.drawn, pattern.rows)
    let (start, first) = (pattern.columns - pattern.rows, pattern.columns - count)
    let labels = (first..<pattern.columns).map { VisibleText.show(trace.tokens[$0].text) }
    let place = say(
      en: "layer \(patterns.layer), head \(patterns.head)",
      ja: "レイヤー \(patterns.layer)・ヘッド \(patterns.head)"
    )
    let cells = (first..<pattern.columns).map { query in
      (first..<pattern.columns).map { key -> Heatmap.Cell in
        guard key <= query else { return .masked }
        let share = Double(pattern[query - start, key])
        return count <= Self.numbered
          ? .number(derived(share, "patterns.\(side)[\(query)][\(key)]")) : .value(share)
      }
    }
    return map(
      Map(
        name: "compare-pattern-\(side)",
        title: side == "a"
          ? say(en: "After A: \(place)", ja: "A：\(place)")
          : say(en: "After B: \(place)", ja: "B：\(place)"),
        description: say(
          en:
            "A row for each token that looks, a column for each it looks at\(part(count, of: pattern.columns)).",
          ja: "行は見る側、列は見られる側のトークン\(part(count, of: pattern.columns))。"
        ),
        scale: .probability(),
        key: say(en: "share of attention", ja: "注意の割合"),
        ends: ("0", "1"),
        rows: labels,
        columns: labels,
        cells: cells,
        titles: sides,
        isMasked: true
      )
    )
  }

  /// What rows and columns of a pattern are.
  private var sides: (String, String) {
    (say(en: "from", ja: "見る側").plain, say(en: "to", ja: "見られる側").plain)
  }

  /// Says that the last tokens alone are drawn, if so.
  private func part(_ count: Int, of all: Int) -> RichText {
    count < all ? say(en: "; the last \(count) of \(all)", ja: "（\(all) 個のうち最後の \(count) 個）") : ""
  }

  private func differenceFigure(_ patterns: ComparedPatterns) -> Figure? {
    let (startOfA, startOfB) = (
      patterns.a.columns - patterns.a.rows, patterns.b.columns - patterns.b.rows
    )
    let all = runs.alignment.pairs.filter { $0.a >= startOfA && $0.b >= startOfB }
    let pairs = Array(all.suffix(Self.drawn))
    guard !pairs.isEmpty else { return nil }
    func difference(_ query: Alignment.Pair, _ key: Alignment.Pair) -> Double {
      Double(patterns.a[query.a - startOfA, key.a]) - Double(patterns.b[query.b - startOfB, key.b])
    }
    let largest = pairs.flatMap { query in pairs.map { abs(difference(query, $0)) } }.max() ?? 0
    guard largest > 0 else { return nil }
    let labels = pairs.map { VisibleText.show(runs.b.tokens[$0.b].text) }
    let cells = pairs.map { query in
      pairs.map { key -> Heatmap.Cell in
        guard key.a <= query.a, key.b <= query.b else { return .masked }
        let name = "patterns.a[\(query.a)][\(key.a)] − patterns.b[\(query.b)][\(key.b)]"
        let value = difference(query, key)
        return pairs.count <= Self.numbered ? .number(derived(value, name)) : .value(value)
      }
    }
    return map(
      Map(
        name: "compare-pattern-difference",
        title: say(en: "A minus B, for aligned tokens", ja: "A − B（対応するトークンどうし）"),
        description: say(
          en: """
            A row for each pair of aligned tokens that looks, a column for each that is looked at; tokens of B are \
            written\(part(pairs.count, of: all.count)).
            """,
          ja: """
            行は見る側、列は見られる側の、対応するトークンの組。書かれているのは B のトークン\
            \(part(pairs.count, of: all.count))。
            """
        ),
        scale: .ranked(from: -largest, to: largest),
        key: say(en: "share in A minus share in B", ja: "A での割合 − B での割合"),
        ends: (
          Caption(derived(-largest, "−largest of the figure in size")),
          Caption(derived(largest, "largest of the figure in size"))
        ),
        rows: labels,
        columns: labels,
        cells: cells,
        titles: sides,
        isMasked: true
      )
    )
  }
}
