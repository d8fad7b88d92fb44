import Graphics
import Platform

/// Tells which heads have habits.
public struct HeadsReport: Sendable, Speaker {
  package let language: Language
  private let scores: HeadScores

  /// Tells scores.
  public init(_ scores: HeadScores, in language: Language) {
    (self.scores, self.language) = (scores, language)
  }

  /// The report, a step for each habit.
  public var article: Article {
    let length = scores.sequences.first?.count ?? 0
    let half = (length - scores.before) / 2
    return Article(
      language: language,
      id: "heads",
      title: say(en: "What the heads of \(scores.model) do", ja: "\(scores.model) のヘッドは何をしているか"),
      lead: [
        say(
          en: """
            The model reads \(half.of("random token")), and then the same again: nothing but the repetition tells what comes next. \
            A score is the share of its attention that a head spends on a habit, on average over \
            \(scores.sequences.count.of("such sequence")). The baseline is that of a head which spreads its attention evenly over \
            all that it sees.
            """,
          ja: """
            モデルに、ランダムな \(half) トークンを二度続けて読ませます。次に来るものの手がかりは、この繰り返しだけです。\
            スコアは、ヘッドがその癖に使う注意の割合で、こうした列 \(scores.sequences.count) 本の平均です。基準は、見えるものすべてに注意を均等に割り振るヘッドのスコアです。
            """
        )
      ] + (windows.map { [$0] } ?? []),
      steps: HeadScores.habits.indices.map(habitStep)
    )
  }

  /// That some layers look back only so far.
  private var windows: RichText? {
    let layers = scores.windows.indices.filter { scores.windows[$0] != nil }
    guard let first = layers.first, let window = scores.windows[first] else { return nil }
    let list = layers.map { "\($0)" }.joined(separator: say(en: ", ", ja: "、").plain)
    let even = Quantity(
      scores.baselines(ofLayer: first)[0],
      origin: .derived("baseline.\(HeadScores.habits[0]), window \(window)")
    )
    return say(
      en: """
        The heads of \(layers.count == 1 ? "layer" : "layers") \(list) look back at \(window.of("token")) at most, their own among \
        them. What stands further back is out of their sight, and spread evenly their attention to the previous token would be \
        \(even); the baselines below are those of heads that see everything.
        """,
      ja: """
        レイヤー \(list) のヘッドが見るのは、自分を含めて最大 \(window) トークンです。それより前は見えません。均等に割り振ると、1つ前の\
        トークンへの割合は \(even) になります。以下の基準は、すべてが見えるヘッドの場合です。
        """
    )
  }

  /// All habits as one figure, a map each.
  public var figure: Figure {
    figure(
      "heads",
      title: article.title,
      description: say(
        en: "For each of four habits a map of layers × heads with the share of attention.",
        ja: "4つの癖それぞれについて、レイヤー×ヘッドの注意の割合の図。"
      ),
      key: key,
      HeadScores.habits.indices.map { habit in
        Scene.Panel(map(habit), caption: Caption(title(habit).plain(in: language)))
      }
    )
  }

  private var key: ColorKey {
    .probability(title: Caption(say(en: "share of attention", ja: "注意の割合").plain))
  }

  private func title(_ habit: Int) -> RichText {
    switch habit {
    case 0: say(en: "Previous token: looks one token back", ja: "previous token：1つ前のトークンを見る")
    case 1:
      say(
        en: "Duplicate token: looks at the same token, earlier",
        ja: "duplicate token：前に出た同じトークンを見る"
      )
    case 2:
      say(
        en: "Induction: looks at what followed the same token earlier",
        ja: "induction（誘導）：同じトークンが前に出たときの「次」を見る"
      )
    default:
      say(en: "Attention sink: rests on the first token", ja: "attention sink：先頭のトークンに注意を預ける")
    }
  }

  private func habitStep(_ habit: Int) -> Step {
    step(HeadScores.habits[habit], en: title(habit), ja: title(habit)) {
      figure(
        "heads-\(HeadScores.habits[habit])",
        title: say(
          en: "Share of attention, layers × heads; spread evenly: \(baseline(habit))",
          ja: "注意の割合（レイヤー×ヘッド）。均等なら \(baseline(habit))"
        ),
        description: title(habit),
        key: key,
        map(habit)
      )
      verdict(habit)
    }
  }

  private func verdict(_ habit: Int) -> Block {
    let found = scores.heads.filter { scores.has($0, habit) }
      .rising { -$0.scores[habit] }
    let bar = Quantity(
      scores.bars[habit],
      origin: .derived("max(\(HabitProbe.threshold), \(HabitProbe.timesBaseline) · baseline)")
    )
    guard let best = found.first else {
      return self.found(
        en: "No head reaches \(bar), which is asked here of a head that has the habit.",
        ja: "この癖があると言える \(bar) に達したヘッドはありません。"
      )
    }
    return self.found(
      en: """
        \(found.count) of \(scores.heads.count) heads reach \(bar), which is asked here of a head that has the habit. Most clearly \
        head \(best.head) of layer \(best.layer): \(score(best, habit)).
        """,
      ja: """
        この癖があると言える \(bar) に達したヘッドは、\(scores.heads.count) 個のうち \(found.count) 個です。最もはっきりしているのはレイヤー \
        \(best.layer) のヘッド \(best.head) で、\(score(best, habit)) です。
        """
    )
  }

  private func score(_ head: HeadScores.Head, _ habit: Int) -> Quantity {
    Quantity(
      head.scores[habit],
      origin: .derived("heads[\(head.layer),\(head.head)].\(HeadScores.habits[habit])")
    )
  }

  private func baseline(_ habit: Int) -> Quantity {
    Quantity(
      scores.baselines[habit],
      origin: .derived("baseline.\(HeadScores.habits[habit])")
    )
  }

  private func map(_ habit: Int) -> Heatmap {
    let layers = (scores.heads.map { $0.layer }.max() ?? -1) + 1
    let count = (scores.heads.map { $0.head }.max() ?? -1) + 1
    var cells = [[Heatmap.Cell]](
      repeating: [Heatmap.Cell](repeating: .blank, count: count),
      count: layers
    )
    for head in scores.heads { cells[head.layer][head.head] = .number(score(head, habit)) }
    let (layer, head) = (
      say(en: "layer", ja: "レイヤー").plain, say(en: "head", ja: "ヘッド").plain
    )
    return Heatmap(
      rows: (0..<layers).map { "\(layer) \($0)" },
      columns: (0..<count).map { "\($0)" },
      cells: cells,
      scale: .probability(),
      rowTitle: layer,
      columnTitle: head
    )
  }
}
