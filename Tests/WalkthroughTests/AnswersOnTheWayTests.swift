import Tensors
import Testing
import Traces
import Walkthrough

/// What is said of the answers on their way.
struct AnswersOnTheWayTests {
  private func told(_ probabilities: [Float]) throws -> String {
    var trace = try Told.trace("The king and the queen")
    let ids = try #require(trace[.answerID])
    let readings = try #require(trace[.answerProbability]).shape[0]
    var values = [Float](repeating: 0, count: readings * ids.count)
    for reading in 0..<readings {
      values[reading * ids.count] = probabilities[min(reading, probabilities.count - 1)]
    }
    trace[.answerProbability] = Tensor(shape: [readings, ids.count], values: values)
    let stage = Walkthrough(of: trace, in: .en).stages.first { $0.id == .layers }
    let step = try #require(stage?.steps.first { $0.id == "answers" })
    return step.blocks.compactMap { block in
      if case .found(let text) = block { text.plain } else { nil }
    }.joined()
  }

  @Test func `the part across which the probability rises most is named`() throws {
    #expect(
      try told([0.1, 0.2, 0.3, 0.9]).contains(
        "rises most across the attention of layer 1: from 0.300"
      )
    )
    #expect(
      try told([0.1, 0.8, 0.9]).contains("rises most across the attention of layer 0: from 0.100")
    )
    #expect(try told([0.1, 0.2, 0.9]).contains("rises most across the MLP of layer 0: from 0.200"))
  }

  @Test func `where it never rises nothing is said to lift it`() throws {
    #expect(try told([0.9, 0.5, 0.2]) == "")
  }
}
