import Files
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@Suite struct UnembeddingFactsTests {
  @Test(arguments: ReferenceCase.all)
  func `each position has its two likeliest tokens, and the columns that make their logits`(
    _ reference: ReferenceCase
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let trace = try model.record(reference.prompt, tokens: reference.ids, RecordingOptions())
    let ids = try #require(trace[.unembedID])
    let columns = try #require(trace[.unembedColumn])
    let logits = try #require(trace[.logits])
    let final = try #require(trace[.normOut(.final)])
    #expect(ids.shape == [reference.ids.count, 2])
    #expect(columns.shape == ids.shape + [final.columns])
    for position in 0..<ids.rows {
      let row = logits.slice(position).values
      let chosen = ids.slice(position).values.map { row[Int($0)] }
      #expect(chosen == Array(row.sorted(by: >).prefix(2)))
      for rank in 0..<2 {
        let terms = zip(final.slice(position).values, columns.slice(position, rank).values)
        let logit = terms.reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
        let recorded = Double(row[Int(ids[position, rank])])
        #expect(abs(logit - recorded) <= 1e-4 * max(1, abs(recorded)), "\(position), \(rank)")
      }
    }
  }
}
