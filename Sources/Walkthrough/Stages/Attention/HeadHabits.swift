import Graphics
import Traces

/// Searches all heads for habits that have a name, and says only what is there.
struct HeadHabits: Teller {
  let story: Story

  /// A habit counts as found if a head spends at least this share of its attention on it, on average.
  static let threshold = 0.4

  /// One sentence for each habit found; one that says so if none was.
  @BlockList var observations: [Block] {
    let habits = [previousToken, firstToken, sameToken, afterSameToken].compactMap { $0 }
    if habits.isEmpty {
      found(
        en:
          "No head here spends \(Quantity(Self.threshold, digits: 1, origin: .illustration)) or more of its attention on one plain habit; they all mix.",
        ja:
          "注意の \(Quantity(Self.threshold, digits: 1, origin: .illustration)) 以上を1つの単純な癖に使うヘッドは、ここにはありません。どれも混ざっています。"
      )
    } else {
      habits
    }
  }

  private var previousToken: Block? {
    best(queries: 1..<max(1, story.length)) { query in [query - 1] }.map { habit in
      found(
        en:
          "\(habit.place(self)) looks one token back: \(habit.share) of its attention on average.",
        ja: "\(habit.place(self)) は1つ前のトークンを見ています（注意の平均 \(habit.share)）。"
      )
    }
  }

  private var firstToken: Block? {
    best(queries: 1..<max(1, story.length)) { _ in [0] }.map { habit in
      found(
        en: """
          \(habit.place(self)) rests on the first token: \(habit.share) on average. Heads often do so when they find nothing \
          to look for.
          """,
        ja: """
          \(habit.place(self)) は最初のトークンに注意を預けています（平均 \(habit.share)）。探すものがないとき、ヘッドはよく\
          こうします。
          """
      )
    }
  }

  private var sameToken: Block? {
    best(queries: repeated) { query in earlierTwins(of: query) }.map { habit in
      found(
        en:
          "\(habit.place(self)) looks for the same token earlier in the text: \(habit.share) on average.",
        ja: "\(habit.place(self)) は、前に出てきた同じトークンを探しています（平均 \(habit.share)）。"
      )
    }
  }

  private var afterSameToken: Block? {
    best(queries: repeated) { query in earlierTwins(of: query).map { $0 + 1 } }.map { habit in
      found(
        en: """
          \(habit.place(self)) looks at what followed the same token earlier, as if to repeat it: \(habit.share) on average.
          """,
        ja: """
          \(habit.place(self)) は、同じトークンが前に出たときの「次」を見ています。繰り返そうとしているかのようです\
          （平均 \(habit.share)）。
          """
      )
    }
  }

  /// Positions whose token has been seen before.
  private var repeated: [Int] {
    story.trace.tokens.indices.filter { !earlierTwins(of: $0).isEmpty }
  }

  private func earlierTwins(of position: Int) -> [Int] {
    story.trace.tokens[..<position].indices.filter {
      story.trace.tokens[$0].id == story.trace.tokens[position].id
    }
  }

  private struct Habit {
    var layer: Int
    var head: Int
    var share: Quantity

    func place(_ teller: HeadHabits) -> RichText {
      teller.say(en: "Layer \(layer), head \(head)", ja: "レイヤー \(layer)・ヘッド \(head)")
    }
  }

  /// The head that spends most on the keys that `keys` names, averaged over the queries, if that is enough.
  private func best(queries: some Collection<Int>, keys: (Int) -> [Int]) -> Habit? {
    guard queries.count > 1 else { return nil }
    var best: Habit?
    for layer in 0..<story.trace.layerCount {
      guard let pattern = story.recorded(.pattern(layer)) else { continue }
      for head in 0..<pattern.shape[0] {
        let shares = queries.map { query -> Double in
          let row = pattern.vector(head, query)
          return Set(keys(query)).reduce(0) { $0 + Double(row[$1]) }
        }
        let average = shares.reduce(0, +) / Double(shares.count)
        if average >= Self.threshold, average > best?.share.value ?? 0 {
          let share = Quantity(
            average,
            origin: .derived("mean over queries of \(pattern.name)[\(head)]")
          )
          best = Habit(layer: layer, head: head, share: share)
        }
      }
    }
    return best
  }
}
