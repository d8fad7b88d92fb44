import Graphics

/// Tells which pairs of a reader's text are merged into tokens, and how the text is cut then.
public struct MergesAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// The merges in their order: what stands beside each other, and how often it does when it is merged.
  public let merges: [(left: String, right: String, times: Int)]
  /// The beginning of the text as tokens.
  public let tokens: [String]
  /// How many tokens the whole text is, before the first merge and after the last.
  public let counts: (before: Int, after: Int)

  /// Prepares to tell.
  public init(
    _ merges: [(left: String, right: String, times: Int)],
    _ tokens: [String],
    _ counts: (before: Int, after: Int),
    in language: Language
  ) {
    (self.merges, self.tokens) = (merges, tokens)
    (self.counts, self.language) = (counts, language)
  }

  /// The merges, and the text as tokens.
  public var article: Article {
    Article(
      language: language,
      id: "merges",
      title: say(en: "Merges of your own text", ja: "自分の文章での結合"),
      lead: [],
      steps: [
        step("own", en: "Merges of your own text", ja: "自分の文章での結合") {
          found(
            en: """
              \(count(counts.before, "bytes of the text")) bytes became \(count(counts.after, "tokens after the merges")) tokens by \
              \(count(merges.count, "merges that were learned")) merges.
              """,
            ja: """
              \(count(merges.count, "merges that were learned")) 回の結合で、\(count(counts.before, "bytes of the text")) バイトが \
              \(count(counts.after, "tokens after the merges")) トークンになりました。
              """
          )
          table
          figure(
            "own-tokens",
            title: say(en: "How the text begins", ja: "文章の初めの部分"),
            description: say(
              en: "The first \(tokens.count) tokens of the text in a row.",
              ja: "文章の最初の \(tokens.count) トークンを並べたもの。"
            ),
            [Scene.Panel(TokenStrip(tokens.map { TokenStrip.Chip($0) }))]
          )
        }
      ]
    )
  }

  private func count(_ value: Int, _ what: String) -> Quantity {
    Quantity(Double(value), digits: 0, origin: .derived("number of \(what)"))
  }

  private var table: Block {
    .table(
      Table(
        title: say(en: "The pairs that stand beside each other most often", ja: "最もよく隣り合う2つ"),
        columns: [
          numbers(en: "merge", ja: "結合"), column(en: "left and right", ja: "左と右"),
          column(en: "token", ja: "トークン"), numbers(en: "times", ja: "回数"),
        ],
        rows: merges.enumerated().map { index, merge in
          [
            "\(index + 1)", "\(token: merge.left) \(token: merge.right)",
            "\(token: merge.left + merge.right)", "\(count(merge.times, "pairs before the merge"))",
          ]
        }
      )
    )
  }
}
