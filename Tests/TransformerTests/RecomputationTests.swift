import Files
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// What follows from the rest of a record is left out of it, and computed anew.
@Suite struct RecomputationTests {
  private func trace(
    _ folder: String,
    interventions: [Intervention] = []
  ) throws -> Trace {
    let model = try Model(folder: Fixtures.path(folder))
    var options = RecordingOptions()
    options.interventions = interventions
    let prompt = "The capital of Italy is"
    return try model.record(prompt, tokens: model.tokenizer.encode(prompt), options)
  }

  @Test(arguments: ["tiny-gpt2"] + FamilyCase.folders.map { "architectures/\($0)" })
  func `what was left out is computed anew, to the bit`(folder: String) throws {
    let trace = try trace(folder)
    let part = trace.withoutRecomputable
    let again = part.recomputed
    #expect(Set(again.tensors.keys).isSuperset(of: trace.tensors.keys))
    for (name, tensor) in trace.tensors {
      let computed = try #require(again.tensors[name], "\(name)")
      #expect(computed.shape == tensor.shape && computed.values == tensor.values, "\(name)")
    }
    // All that has no matrix before it is gone.
    let isParallel = try #require(trace.model.architecture.isParallel as Bool?)
    let last = trace.layerCount - 1
    var gone: [HookPoint] = [
      .residPre(0), .residPre(last), .residPost(0), .normOut(.beforeAttention(layer: 0)),
      .attnScores(0),
      .attnScoresUnmasked(last), .pattern(last), .z(0), .mlpPost(last), .scale(.final),
      .normOut(.final), .probabilities,
    ]
    if !isParallel { gone.append(.residMid(0)) }
    if trace.model.architecture.rotary != nil { gone += [.rotatedQ(0), .rotatedK(last)] }
    for point in gone { #expect(part[point] == nil, "\(point.name)") }
    // And nothing else: what comes out of a matrix.
    let kept: [HookPoint] = [
      .embed, .q(0), .k(0), .v(last), .attnOut(0), .mlpPre(last), .mlpOut(0), .logits,
    ]
    for point in kept { #expect(part[point] != nil, "\(point.name)") }
  }

  @Test func `what was set from outside does not follow from the rest`() throws {
    let site = Site.hook(.residMid(0))
    let trace = try trace("tiny-gpt2", interventions: [Intervention(site, .zero)])
    let part = trace.withoutRecomputable
    #expect(part[.residMid(0)]?.values.allSatisfy { $0 == 0 } == true)
    #expect(part[.residPost(0)] == nil)
    #expect(part.recomputed[.residPost(0)]?.values == trace[.residPost(0)]?.values)
  }

  @Test func `what is of the last positions alone stays as it is`() throws {
    var trace = try trace("tiny-gpt2")
    trace[.residPost(0)] = trace[.residPost(0)]?.last(2, alongAxis: 0)
    trace.lastPositions = 2
    #expect(trace.withoutRecomputable[.residPost(0)]?.rows == 2)
    #expect(trace.recomputed[.residPost(0)]?.rows == 2)
  }
}
