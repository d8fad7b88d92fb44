import Tensors
import Testing
import Walkthrough

@Suite struct HeadScoresTests {
  /// Four tokens, repeated.
  private let ids = [5, 2, 9, 7, 5, 2, 9, 7]

  /// The pattern of a head that looks at one key only.
  private func pattern(_ key: (Int) -> Int) -> Tensor {
    Tensor(shape: [1, ids.count, ids.count]) { p in
      for query in ids.indices { p[query * ids.count + min(query, max(0, key(query)))] = 1 }
    }
  }

  @Test(
    arguments: [
      ("previous_token", -1, false), ("duplicate_token", -4, false), ("induction", -3, false),
      ("attention_sink", 0, true),
    ]
  )
  func `a head that does nothing else scores 1 on its habit`(
    _ habit: String,
    _ offset: Int,
    _ isAbsolute: Bool
  ) throws {
    var scores = HeadScores(model: "m", sequences: [ids], before: 0)
    let pattern = pattern { isAbsolute ? 0 : $0 + offset }
    scores.add(1, [pattern])
    let index = try #require(HeadScores.habits.firstIndex(of: habit))
    let head = try #require(scores.heads.first)
    #expect(abs(head.scores[index] - 1) < 1e-6)
    #expect(scores.has(head, index))
  }

  @Test func `attention spread evenly scores the baseline`() throws {
    var scores = HeadScores(model: "m", sequences: [ids], before: 0)
    scores.add(
      1,
      [
        Tensor(shape: [1, ids.count, ids.count]) { p in
          for q in ids.indices { for k in 0...q { p[q * ids.count + k] = 1 / Float(q + 1) } }
        }
      ]
    )
    let head = try #require(scores.heads.first)
    for (score, baseline) in zip(head.scores, scores.baselines) {
      #expect(abs(score - baseline) < 1e-6)
    }
    // Of 4 queries with an earlier occurrence, 5 to 8 keys are seen.
    let even = (1.0 / 5 + 1.0 / 6 + 1.0 / 7 + 1.0 / 8) / 4
    #expect(abs(scores.baselines[1] - even) < 1e-12)
    #expect(abs(scores.baselines[2] - even) < 1e-12)
  }

  @Test func `layer 0 has no induction heads`() throws {
    var scores = HeadScores(model: "m", sequences: [ids], before: 0)
    scores.add(0, [pattern { $0 - 3 }])
    let head = try #require(scores.heads.first)
    #expect(!scores.has(head, 2))
  }
}
