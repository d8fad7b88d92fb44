import Platform
import Sampling
import Tensors
import Testing

/// An attention's products for all heads at once, against the same for each head and query.
@Suite struct AttentionProductsTests {
  /// T new positions of S, H heads, d wide.
  struct Size: Sendable {
    let new, all, heads, width: Int
  }

  static let sizes = [
    Size(new: 1, all: 1, heads: 1, width: 1), Size(new: 1, all: 40, heads: 3, width: 16),
    Size(new: 5, all: 5, heads: 2, width: 7), Size(new: 97, all: 97, heads: 2, width: 32),
    Size(new: 100, all: 230, heads: 3, width: 20),
  ]

  /// Queries, `[T, H, d]`, and each head's keys and values, `[S, d]`.
  private func factors(_ size: Size) -> (q: Tensor, k: [Tensor], v: [Tensor]) {
    var generator = SeededGenerator(seed: 7)
    func tensor(_ shape: [Int]) -> Tensor {
      let count = shape.reduce(1, *)
      return Tensor(
        shape: shape,
        values: (0..<count).map { _ in Float.random(in: -2...2, using: &generator) }
      )
    }
    let heads = 0..<size.heads
    return (
      tensor([size.new, size.heads, size.width]),
      heads.map { _ in tensor([size.all, size.width]) },
      heads.map { _ in tensor([size.all, size.width]) }
    )
  }

  @Test(arguments: sizes)
  func `scores are the dot products over the divisor`(size: Size) {
    let (q, k, _) = factors(size)
    let scores = attentionScores(q, k, AttentionRule(divisor: 3))
    #expect(scores.shape == [size.heads, size.new, size.all])
    for head in 0..<size.heads {
      for query in 0..<size.new {
        for key in 0..<size.all {
          let expected = (0..<size.width).reduce(0.0) { sum, i in
            sum + Double(q[query, head, i]) * Double(k[head][key, i])
          }
          #expect(abs(Double(scores[head, query, key]) - expected / 3) < 1e-5)
        }
      }
    }
  }

  @Test(arguments: sizes)
  func `in one go, the numbers are those of the single steps to the bit`(size: Size) {
    let (q, k, v) = factors(size)
    let scores = attentionScores(q, k, AttentionRule(divisor: 3))
    // −∞ at what lies ahead.
    let masked = scores.replacingRows { row, place in
      let seen = size.all - size.new + row % size.new + 1
      for key in seen..<size.all { place[key] = -.infinity }
    }
    let stepped = weightedSums(of: v, softmax(masked))
    let atOnce = attentionAtOnce(q, k, v, AttentionRule(divisor: 3))
    #expect(atOnce.shape == [size.new, size.heads, size.width])
    #expect(atOnce.values.map(\.bitPattern) == stepped.values.map(\.bitPattern))
  }

  @Test func `a query gathers what it may look at, weighted by a softmax`() {
    let size = Size(new: 3, all: 4, heads: 2, width: 5)
    let (q, k, v) = factors(size)
    let z = attentionAtOnce(q, k, v, AttentionRule(divisor: 2))
    for head in 0..<2 {
      for query in 0..<3 {
        let seen = 0...query + 1
        let scores = seen.map { key in
          (0..<5).reduce(0.0) { $0 + Double(q[query, head, $1]) * Double(k[head][key, $1]) } / 2
        }
        let p = softmax(Tensor(shape: [scores.count], values: scores.map { Float($0) })).values
        for i in 0..<5 {
          let expected = seen.reduce(0.0) { $0 + Double(p[$1]) * Double(v[head][$1, i]) }
          #expect(abs(Double(z[query, head, i]) - expected) < 1e-5)
        }
      }
    }
  }

  /// Six heads of queries on two of keys and values, a cap and a window, against the same one number at a time.
  @Test(arguments: [(new: 5, all: 5), (new: 1, all: 9), (new: 3, all: 12), (new: 100, all: 130)])
  func `heads share keys, scores are capped, and a window is kept`(new: Int, all: Int) {
    let (queries, _, _) = factors(Size(new: new, all: all, heads: 6, width: 4))
    let (_, k, v) = factors(Size(new: new, all: all, heads: 2, width: 4))
    let rule = AttentionRule(divisor: 3, cap: 0.5, window: 4)
    let z = attentionAtOnce(queries, k, v, rule)
    let scores = attentionScores(queries, k, rule)
    for head in 0..<6 {
      let (keys, values) = (k[head / 3], v[head / 3])
      for query in 0..<new {
        let own = all - new + query
        let seen = max(0, own - 3)...own
        let exact = seen.map { key -> Double in
          let dot = (0..<4).reduce(0.0) {
            $0 + Double(queries[query, head, $1]) * Double(keys[key, $1])
          }
          return 0.5 * tanh(dot / 3 / 0.5)
        }
        let sum = exact.reduce(0) { $0 + exp($1) }
        for (key, score) in zip(seen, exact) {
          #expect(abs(Double(scores[head, query, key]) - score) < 1e-5)
        }
        for i in 0..<4 {
          let expected = zip(seen, exact).reduce(0.0) {
            $0 + exp($1.1) / sum * Double(values[$1.0, i])
          }
          #expect(abs(Double(z[query, head, i]) - expected) < 1e-5)
        }
      }
    }
  }

  @Test func `a matrix may lie with a row for each output`() {
    let z = Tensor(shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8])
    let matrix = Tensor(shape: [4, 3], values: [1, 0, 1, 0, 1, 1, 2, 0, 0, 0, 2, 1])
    let result = productOfEachHead(z, matrix.transposed(), isTransposed: true)
    #expect(result.values == productOfEachHead(z, matrix).values)
    let bias = Tensor(shape: [3], values: [1, 2, 3])
    let rows = z.reshaped(to: [2, 4])
    #expect(
      product(rows, transposed: matrix.transposed(), plus: bias).values
        == product(rows, matrix, plus: bias).values
    )
  }

  @Test func `each head's part times its own rows of a matrix`() {
    let z = Tensor(shape: [2, 2, 2], values: [1, 2, 3, 4, 5, 6, 7, 8])
    let matrix = Tensor(shape: [4, 3], values: [1, 0, 1, 0, 1, 1, 2, 0, 0, 0, 2, 1])
    let result = productOfEachHead(z, matrix)
    #expect(result.shape == [2, 2, 3])
    #expect(result.values == [1, 2, 3, 6, 8, 4, 5, 6, 11, 14, 16, 8])
  }
}
