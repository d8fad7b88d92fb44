import Graphics
import Traces

extension CompareReport {
  /// What could be guessed on the way, of both runs.
  var lensStep: Step? {
    guard !runs.lens.isEmpty else { return nil }
    return step("lens", en: "What could be guessed on the way", ja: "途中で読み取れる予測") {
      paragraph(
        en: """
          The \(term: "logit lens") reads the last token's vector as if no further block came. Depth counts the blocks passed, 0 \
          before the first. What is read early is a hint: the last norm and W_U were trained for the last block alone.
          """,
        ja: """
          \(term: "ロジットレンズ")で、末尾のトークンのベクトルを、残りのブロックがないものとして読み出します。深さは通り終えたブロックの数で、\
          最初のブロックに入る前が 0 です。最後の正規化と W_U は最後のブロックのために学習されたものなので、早い段階の結果は目安です。
          """
      )
      Block.table(
        Table(
          title: say(en: "The likeliest tokens after each block", ja: "各ブロックの後で確率の高いトークン"),
          columns: [
            numbers(en: "depth", ja: "深さ"),
            column(en: "A: first", ja: "A：1位"), column(en: "second", ja: "2位"),
            column(en: "B: first", ja: "B：1位"), column(en: "second", ja: "2位"),
          ],
          rows: runs.lens.enumerated().map { depth, both in
            ["\(depth)"] + cells(both.a, "a", depth) + cells(both.b, "b", depth)
          }
        )
      )
      parting
    }
  }

  private func cells(_ next: [ComparedRuns.Next], _ side: String, _ depth: Int) -> [RichText] {
    (0..<2).map { rank in
      guard rank < next.count else { return "" }
      let name = "lens[\(depth)].\(side)[\(rank)].probability"
      return "\(token: next[rank].token.text) \(derived(next[rank].probability, digits: 3, name))"
    }
  }

  /// From which depth on the two first guesses differ, if they are alike before and differ ever after.
  private var parting: Block? {
    let areEqual = runs.lens.map { both in
      both.a.first.map { $0.token } == both.b.first.map { $0.token }
    }
    guard let depth = areEqual.firstIndex(of: false), depth > 0,
      !areEqual[depth...].contains(true)
    else { return nil }
    return found(
      en:
        "Up to depth \(depth - 1) the first guess is the same after both; from depth \(depth) on it is not.",
      ja: "深さ \(depth - 1) までは予測1位が同じで、深さ \(depth) からは異なります。"
    )
  }
}
