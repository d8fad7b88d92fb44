import Files
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// Ranks and probabilities on the way, against the lens and a sort.
struct AnswerFactsTests {
  @Test(arguments: ReferenceCase.all)
  func `readings after a block are the lens's, and the last is the run's own`(
    run: ReferenceCase
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let trace = try model.record(run.prompt, tokens: run.ids, RecordingOptions())
    let layers = trace.layerCount
    let ids = try #require(trace[.answerID]).values
    let ranks = try #require(trace[.answerRank])
    let chances = try #require(trace[.answerProbability])
    #expect(ranks.shape == [2 * layers + 1, ids.count] && chances.shape == ranks.shape)
    #expect(ranks.slice(2 * layers).values == (1...ids.count).map { Float($0) })

    let (lensID, lens) = (
      try #require(trace[.lensID]), try #require(trace[.lensProbability])
    )
    let last = trace.tokens.count - 1
    for depth in 0...layers {
      let (reading, told) = (2 * depth, lensID.slice(depth).slice(last).values)
      for (answer, id) in ids.enumerated() {
        guard let place = told.firstIndex(of: id) else { continue }
        #expect(ranks.slice(reading).values[answer] == Float(place + 1))
        let chance = lens.slice(depth).slice(last).values[place]
        #expect(abs(chances.slice(reading).values[answer] - chance) < 1e-6)
      }
    }
  }
}
