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
    let limit = Quantity(Self.threshold, digits: 1, origin: .illustration)
    if !habits.isEmpty {
      habits
    } else if story.length < 4 {
      found(
        en: "So short a prompt shows no habits: a head has hardly anything to choose from.",
        ja: "これほど短いプロンプトでは、ヘッドの癖はわかりません。選べる相手がほとんどいないからです。"
      )
    } else {
      found(
        en: """
          Four plain habits were looked for: the token before, the first token, the same token earlier, what followed it then. \
          On average no head here spends \(limit) or more of its attention on one of them.
          """,
        ja: """
          単純な癖を4つ探しました。1つ前のトークン、最初のトークン、前に出た同じトークン、そのときの次のトークンを見る癖です。注意の \
          \(limit) 以上を平均してそのどれかに使うヘッドは、ここにはありませんでした。
          """
      )
    }
  }

  private var previousToken: Block? {
    best(queries: queriesWithChoice) { query in [query - 1] }.map { habit in
      found(
        en:
          "\(habit.place(self)) looks one token back, with \(habit.share) of its attention on average.",
        ja: "\(habit.place(self)) は、1つ前のトークンを見ています（注意の割合は平均 \(habit.share)）。"
      )
    }
  }

  private var firstToken: Block? {
    best(queries: queriesWithChoice) { _ in [0] }.map { habit in
      found(
        en: """
          \(habit.place(self)) rests on the first token, with \(habit.share) of its attention on average. Heads are often seen to \
          do so when they find nothing to look for.
          """,
        ja: """
          \(habit.place(self)) は、最初のトークンに注意を預けています（注意の割合は平均 \(habit.share)）。探すものが見つからない\
          とき、ヘッドはよくこうなります。
          """
      )
    }
  }

  private var sameToken: Block? {
    best(queries: repeated) { query in earlierTwins(of: query) }.map { habit in
      found(
        en:
          "\(habit.place(self)) looks at the same token earlier in the text, with \(habit.share) of its attention on average.",
        ja: "\(habit.place(self)) は、前に出てきた同じトークンを見ています（注意の割合は平均 \(habit.share)）。"
      )
    }
  }

  private var afterSameToken: Block? {
    best(queries: repeated) { query in earlierTwins(of: query).map { $0 + 1 } }.map { habit in
      found(
        en: """
          \(habit.place(self)) looks at what followed the same token earlier, as if to repeat it, with \(habit.share) of its \
          attention on average.
          """,
        ja: """
          \(habit.place(self)) は、同じトークンが前に出たときの「次」を見ています（注意の割合は平均 \(habit.share)）。まるで、それを\
          繰り返そうとしているかのようです。
          """
      )
    }
  }

  /// Positions with at least two before them: seen from position 1, the token before and the first are one.
  private var queriesWithChoice: Range<Int> { 2..<max(2, story.length) }

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
