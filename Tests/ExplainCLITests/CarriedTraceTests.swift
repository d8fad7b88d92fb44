import Files
import Pages
import Tensors
import TestSupport
import Testing
import Traces
import Transformer

@testable import ExplainCLI

/// What a page carries of a run whose model it does not carry.
@Suite struct CarriedTraceTests {
  private func trace() throws -> Trace {
    let model = try Model(folder: Fixtures.path("architectures/llama"))
    return try model.record("", tokens: [1, 40, 70, 41], RecordingOptions())
  }

  @Test func `a run is carried as a record of its numbers and one of its words`() throws {
    let files = Living.files(of: try trace(), opening: 0)
    #expect(files.map(\.name) == ["trace.safetensors", "trace.json"])
  }

  @Test(arguments: [
    HookPoint.residMid(0), .residPost(1), .normOut(.beforeMLP(layer: 0)), .attnScores(1),
    .rotatedQ(0),
  ])
  func `nothing is carried where the program would compute what was not recorded`(
    missing: HookPoint
  ) throws {
    var trace = try trace()
    #expect(trace[missing] != nil)
    trace[missing] = nil
    #expect(Living.files(of: trace, opening: 0).isEmpty)
  }
}
