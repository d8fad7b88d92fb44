import Tensors
import Testing
import Traces
import Walkthrough

/// Habits on patterns made by hand, whose scores are known.
@Suite struct HeadHabitTests {
  /// What a head does: the shares of a query's row, by key.
  private typealias Head = (_ query: Int) -> [Int: Float]

  private let even: Head = { query in
    Dictionary(uniqueKeysWithValues: (0...query).map { ($0, 1 / Float(query + 1)) })
  }
  private let onItself: Head = { [$0: 1] }
  private let onFirst: Head = { $0 == 0 ? [0: 1] : [0: 0.75, $0: 0.25] }

  private func pattern(_ heads: [Head], length: Int) -> Tensor {
    let values = heads.flatMap { head in
      (0..<length).flatMap { query -> [Float] in
        let row = head(query)
        return (0..<length).map { row[$0] ?? 0 }
      }
    }
    return Tensor(shape: [heads.count, length, length], values: values)
  }

  private func score(_ habit: HeadHabit, _ head: @escaping Head, _ ids: [Int]) -> Double {
    HabitProbe(habit, in: ids).score(pattern([head], length: ids.count), head: 0)
  }

  /// What is said of heads, layer by layer, on a prompt of such tokens.
  private func words(_ layers: [[Head]], _ ids: [Int]) -> String {
    var model = ModelDescription()
    model.layerCount = layers.count
    let trace = Trace(
      prompt: "",
      tokens: ids.map { TraceToken(id: $0, text: "t\($0)") },
      model: model,
      tensors: Dictionary(
        uniqueKeysWithValues: layers.enumerated().map {
          (HookPoint.pattern($0).name, pattern($1, length: ids.count))
        }
      )
    )
    let step = Walkthrough(of: trace, in: .en).stages.first { $0.id == .attention }?.steps
      .first { $0.id == "heads" }
    return step.map { Walkthrough.texts(of: $0).map(\.plain).joined(separator: "\n") } ?? ""
  }

  @Test func `a previous-token head's score is the mean of the diagonal beside the main one`() {
    let ids = [1, 2, 3, 4, 5, 6]
    let head: Head = { $0 == 0 ? [0: 1] : [$0 - 1: 0.7, $0: 0.3] }
    #expect(abs(score(.previousToken, head, ids) - 0.7) < 1e-6)
    let probe = HabitProbe(.previousToken, in: ids)
    #expect(probe.rows.map(\.query) == [1, 2, 3, 4, 5])
    #expect(abs(probe.baseline - 0.29) < 1e-12)  // (1/2 + 1/3 + 1/4 + 1/5 + 1/6) / 5
    #expect(abs(score(.previousToken, even, ids) - probe.baseline) < 1e-6)
    let text = words([[even, head]], ids)
    #expect(text.contains("Previous-token heads look one token back: 1 of 2 here"))
    #expect(text.contains("layer 0, head 1, which spends 0.70 of its attention so"))
    #expect(text.contains("spread evenly, it would be 0.29"))
  }

  @Test func `an induction head looks at what followed the same token earlier`() {
    let ids = [1, 2, 3, 4, 1, 2, 3, 4]
    let head: Head = { $0 < 4 ? [$0: 1] : [$0 - 3: 0.8, $0: 0.2] }
    let probe = HabitProbe(.induction, in: ids)
    #expect(probe.rows.map(\.query) == [4, 5, 6, 7])
    #expect(probe.rows.map(\.keys) == [[1], [2], [3], [4]])
    #expect(abs(probe.baseline - (1.0 / 5 + 1.0 / 6 + 1.0 / 7 + 1.0 / 8) / 4) < 1e-12)
    #expect(abs(score(.induction, head, ids) - 0.8) < 1e-6)
    #expect(score(.duplicateToken, head, ids) == 0)
    let text = words([[even], [head, even]], ids)
    #expect(text.contains("Induction heads look at") && text.contains("1 of 2 here"))
    #expect(text.contains("layer 1, head 0, which spends 0.80"))
  }

  @Test func `a head of layer 0 is never an induction head`() {
    let ids = [1, 2, 3, 4, 1, 2, 3, 4]
    let head: Head = { $0 < 4 ? [$0: 1] : [$0 - 3: 1] }
    #expect(!words([[head, head], [even, even]], ids).contains("Induction heads look"))
    #expect(!words([[head]], ids).lowercased().contains("induction"))
    #expect(words([[even], [head]], ids).contains("Induction heads look"))
  }

  @Test func `a duplicate-token head looks at earlier occurrences`() {
    let ids = [1, 2, 3, 4, 1, 2, 3, 4]
    let head: Head = { $0 < 4 ? [$0: 1] : [$0 - 4: 0.9, $0: 0.1] }
    #expect(abs(score(.duplicateToken, head, ids) - 0.9) < 1e-6)
    #expect(score(.induction, head, ids) == 0)
    let text = words([[head]], ids)
    #expect(text.contains("Duplicate-token heads look at earlier occurrences"))
  }

  @Test func `looking at oneself is no habit, however often the token repeats`() {
    let ids = [Int](repeating: 7, count: 6)
    for habit in HeadHabit.allCases {
      #expect(score(habit, onItself, ids) == 0)
      #expect(HabitProbe(habit, in: ids).rows.allSatisfy { !$0.keys.contains($0.query) })
    }
    // Earlier ones are q of the q + 1 tokens that query q sees.
    let probe = HabitProbe(.duplicateToken, in: ids)
    #expect(abs(probe.baseline - (1.0 / 2 + 2.0 / 3 + 3.0 / 4 + 4.0 / 5 + 5.0 / 6) / 5) < 1e-12)
    let text = words([[onItself], [onItself]], ids)
    #expect(
      text.contains("Of duplicate-token heads and induction heads this prompt cannot tell: so")
    )
    #expect(text.contains("not found in any head here: previous-token heads and attention sinks"))
  }

  @Test func `an even spread has no habit on any prompt`() {
    for ids in [[1, 2, 3, 4, 5], [1, 1, 1, 1, 1, 1], [1, 2, 1, 2, 1, 2, 1, 2], Array(0..<40)] {
      for habit in HeadHabit.allCases {
        let probe = HabitProbe(habit, in: ids)
        #expect(abs(score(habit, even, ids) - probe.baseline) < 1e-6)
        #expect(!probe.canTell || probe.bar >= 2 * probe.baseline)
      }
      #expect(words([[even], [even]], ids).contains("not found in any head"))
    }
  }

  @Test func `heads that rest on the first token are counted, and called an attention sink`() {
    let ids = [1, 2, 3, 4, 5, 6]
    let text = words([[onFirst, even], [onFirst, onFirst]], ids)
    #expect(text.contains("In 3 of 4 heads the later tokens rest on the first, “t1”: an attention"))
    #expect(text.contains("it takes 0.75 of their attention there; spread evenly, it would be 0.2"))
    #expect(!text.contains("layer 0, head 0"))
  }

  @Test func `from fewer than four queries nothing is said`() {
    let ids = [1, 2, 3, 4, 5, 1, 2]
    let head: Head = { $0 < 5 ? [$0: 1] : [$0 - 4: 1] }
    #expect(HabitProbe(.induction, in: ids).rows.count == 2)
    let text = words([[even], [head]], ids)
    #expect(!text.contains("Induction heads look"))
    #expect(
      text.contains("Of duplicate-token heads and induction heads this prompt cannot tell: in")
    )
    #expect(words([[onFirst]], [1, 2, 3, 4]).contains("So short a prompt shows no habits"))
  }
}
