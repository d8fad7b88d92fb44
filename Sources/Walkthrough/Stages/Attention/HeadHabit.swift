package import Tensors

/// A habit of attention heads that the literature has a name for: which keys a query would look at.
///
/// - SeeAlso: Olsson et al. 2022, <https://arxiv.org/abs/2209.11895> (previous-token and induction heads); Wang et al. 2022,
///   <https://arxiv.org/abs/2211.00593> (duplicate-token heads); Xiao et al. 2023, <https://arxiv.org/abs/2309.17453>
///   (attention sinks).
package enum HeadHabit: Sendable, CaseIterable {
  /// Looks at the token just before.
  case previousToken
  /// Looks at earlier occurrences of the same token; a token itself is none of them.
  case duplicateToken
  /// Looks at what stood right after earlier occurrences of the same token; a token itself does not count.
  case induction
  /// Rests on the first token.
  case attentionSink

  /// The first layer whose heads can have it.
  ///
  /// A key of layer 0 is made of its own token and place alone and does not know what stood before it.
  package var firstLayer: Int { self == .induction ? 1 : 0 }

  /// The keys that a query would look at, in order; none if the habit says nothing about this query.
  ///
  /// - Parameters:
  ///   - query: The position that looks.
  ///   - ids: The ids of the prompt's tokens.
  /// - Returns: Positions up to the one before the query.
  package func keys(of query: Int, in ids: [Int]) -> [Int] {
    guard query > 0 else { return [] }
    switch self {
    case .previousToken: return [query - 1]
    case .attentionSink: return [0]
    case .duplicateToken: return (0..<query).filter { ids[$0] == ids[query] }
    case .induction: return (1..<query).filter { ids[$0 - 1] == ids[query] }
    }
  }
}

/// A habit on one prompt: how much attention a head spends on it, and how much one without any preference would.
package struct HabitProbe: Sendable {
  /// The share of its attention that a head with a habit spends on it at least.
  ///
  /// 0.4 is where ARENA's exercises on induction heads cut, <https://arena-chapter1-transformer-interp.streamlit.app>.
  package static let threshold = 0.4
  /// How many times the baseline it spends at least, so that a short prompt, where everyone looks everywhere, proves nothing.
  package static let timesBaseline = 2.0
  /// From fewer queries nothing is said: of four, a single one cannot lift the mean to the threshold by itself.
  package static let queryLimit = 4

  /// What is looked for.
  package let habit: HeadHabit
  /// The queries that the habit says something about, each with the keys that it would look at.
  package let rows: [(query: Int, keys: [Int])]
  /// The query that the first row of a pattern is of.
  private let first: Int

  /// Finds the queries that tell of a habit.
  ///
  /// - Parameters:
  ///   - habit: What is looked for.
  ///   - ids: The ids of the prompt's tokens.
  ///   - first: The first position whose attention was recorded.
  package init(_ habit: HeadHabit, in ids: [Int], from first: Int = 0) {
    self.habit = habit
    self.first = first
    rows = ids.indices.dropFirst(first).map { ($0, habit.keys(of: $0, in: ids)) }.filter {
      !$0.1.isEmpty
    }
  }

  /// The score of a head that spreads its attention evenly over all that it sees, 0 to 1.
  package var baseline: Double { baseline(window: nil) }

  /// The same of a head that looks back at so many positions and no more, its own counted.
  package func baseline(window: Int?) -> Double {
    let even = rows.reduce(0) { sum, row in
      let first = max(0, row.query + 1 - (window ?? .max))
      return sum + Double(row.keys.count { $0 >= first }) / Double(row.query + 1 - first)
    }
    return rows.isEmpty ? 0 : even / Double(rows.count)
  }

  /// Whether there are queries enough.
  package var hasQueries: Bool { rows.count >= Self.queryLimit }

  /// What a head must score to be said to have the habit.
  package var bar: Double { Self.bar(baseline) }

  /// What a head must score where one without any preference scores so much.
  package static func bar(_ baseline: Double) -> Double { max(threshold, timesBaseline * baseline) }

  /// Whether a head of this prompt could show it.
  package var canTell: Bool { hasQueries && bar <= 1 }

  /// How much of its attention a head spends on the habit.
  ///
  /// - Parameters:
  ///   - pattern: The patterns of a layer, `[head, query, key]`, from the first recorded query on.
  ///   - head: The head.
  /// - Returns: The share, averaged over the queries; 0 to 1.
  package func score(_ pattern: Tensor, head: Int) -> Double {
    let sums = rows.map { row in
      row.keys.reduce(0) { $0 + Double(pattern[head, row.query - first, $1]) }
    }
    return sums.reduce(0, +) / Double(max(1, rows.count))
  }
}
