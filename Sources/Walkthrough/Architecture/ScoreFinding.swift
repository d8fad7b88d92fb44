import Graphics
import Tensors
import Traces

/// How the scores of a layer come about, as far as its recorded numbers agree with a rule.
struct ScoreFinding: Sendable {
  /// A rule from the product of a query and a key to their score.
  enum Rule: Sendable, Equatable {
    /// q·k divided by √d.
    case dividedByRoot
    /// q·k divided by another number.
    case divided(Double)
    /// c · tanh(q·k / (divisor · c)).
    case capped(divisor: Double, cap: Double)
  }

  /// The rule with which the recorded scores agree.
  private(set) var rule: Rule?
  /// The hook points of the queries and keys that meet: as they are, normed, or rotated.
  let queries: HookPoint, keys: HookPoint

  init(of trace: Trace, layer: Int) {
    let choices: [(HookPoint, HookPoint)] = [
      (.rotatedQ(layer), .rotatedK(layer)), (.qNormed(layer), .kNormed(layer)),
    ]
    (queries, keys) =
      choices.first { trace[$0.0] != nil && trace[$0.1] != nil } ?? (.q(layer), .k(layer))
    guard let q = trace.recorded(queries), let k = trace.recorded(keys), q.shape.count == 3,
      q.shape[1] > 0, k.shape.count == 3, k.columns == q.columns,
      q.shape[1].isMultiple(of: k.shape[1]),
      let scores = trace.recorded(.attnScoresUnmasked(layer)) ?? trace.recorded(.attnScores(layer))
    else { return }
    let unit = trace.unitRoundoff(queries, keys, .attnScores(layer), .attnScoresUnmasked(layer))
    let pairs = Self.pairs(trace, q, k, scores)
    let root = Double(q.columns).squareRoot()
    let said = trace.model.architecture
    let squares = pairs.reduce(0) { $0 + $1.product * $1.product }
    let crossed = pairs.reduce(0) { $0 + $1.product * $1.score }
    var candidates: [Rule] = [.dividedByRoot]
    if let divisor = said.scoreDivisor { candidates.append(.divided(divisor)) }
    if let cap = said.scoreCap {
      candidates.append(.capped(divisor: said.scoreDivisor ?? root, cap: cap))
    }
    if pairs.count >= 8, crossed > 0 { candidates.append(.divided(squares / crossed)) }
    rule = candidates.first { candidate in
      !pairs.isEmpty
        && pairs.allSatisfy { pair in
          let expected = candidate.score(of: pair.product, root: root)
          let factor = abs(expected) / max(abs(pair.product), 1e-30)
          let allowed =
            1e-4 * max(1, abs(pair.score)) + 4 * unit * (abs(pair.score) + pair.size * factor)
          return abs(expected - pair.score) <= allowed
        }
    }
  }

  private typealias Pair = (product: Double, size: Double, score: Double)

  /// Products of queries and keys with their scores: of every head, for some positions evenly spread.
  private static func pairs(
    _ trace: Trace,
    _ q: Recorded,
    _ k: Recorded,
    _ scores: Recorded
  ) -> [Pair] {
    let positions = trace.sampledPositions(limit: 12)
    let group = q.shape[1] / k.shape[1]
    var pairs: [Pair] = []
    for head in 0..<q.shape[1] {
      let queries = positions.map { q.vector($0, head) }
      let keys = positions.map { k.vector($0, head / group) }
      for (i, query) in zip(positions, queries) {
        for (j, key) in zip(positions, keys) where j <= i {
          let score = scores(head, i, j).value
          guard score.isFinite, !Story.isMasked(score) else { continue }
          let (product, size) = zip(query, key).reduce((0.0, 0.0)) { sum, term in
            let part = Double(term.0) * Double(term.1)
            return (sum.0 + part, sum.1 + abs(part))
          }
          pairs.append((product, size, score))
        }
      }
    }
    return pairs
  }
}

extension ScoreFinding.Rule {
  /// The score that the rule makes of a product.
  fileprivate func score(of product: Double, root: Double) -> Double {
    switch self {
    case .dividedByRoot: product / root
    case .divided(let divisor): product / divisor
    case .capped(let divisor, let cap): cap * hyperbolicTangent(product / divisor / cap)
    }
  }
}
