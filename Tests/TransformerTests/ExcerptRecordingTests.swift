import Files
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer

/// Holds what is recorded of a run that is too large to be kept whole against the same run kept whole.
@Suite struct ExcerptRecordingTests {
  private let model: Model
  private let tokens: [Int]
  private let prompt: String
  private var layerCount: Int { model.transformer.configuration.layerCount }

  init() throws {
    model = try Model(folder: Fixtures.tinyGPT2)
    let text = String(repeating: "The king and the queen saw the old town. ", count: 8)
    let limit = model.transformer.configuration.contextLength
    tokens = Array(model.tokenizer.encode(text).prefix(min(60, limit)))
    prompt = model.tokenizer.decode(tokens)
  }

  private func record(budget: Int?, opening layer: Int = 1) throws -> Trace {
    var options = RecordingOptions()
    options.budget = budget
    options.opensLayer = { _ in layer }
    return try model.recordWithinBudget(prompt, tokens: tokens, options)
  }

  @Test func `a run within the budget is kept whole`() throws {
    let whole = try record(budget: nil)
    let trace = try record(budget: 4 * whole.byteCount)
    #expect(trace.lastPositions == nil)
    #expect(Set(trace.tensors.keys) == Set(whole.tensors.keys))
  }

  @Test func `answers on the way are read after each block where no more is kept`() throws {
    let (whole, trace) = (try record(budget: nil), try record(budget: 1))
    for fact in [Fact.answerRank, .answerProbability] {
      let (all, kept) = (try #require(whole[fact]), try #require(trace[fact]))
      #expect(all.shape[0] == 2 * layerCount + 1 && kept.shape[0] == layerCount + 1)
      for depth in 0...layerCount {
        #expect(kept.slice(depth).values == all.slice(2 * depth).values)
      }
    }
  }

  @Test(arguments: [0, 1, 2])
  func `what is kept has the very bits of the whole run`(opening layer: Int) throws {
    let whole = try record(budget: nil)
    let trace = try record(budget: 1, opening: layer)
    let rows = try #require(trace.lastPositions)
    #expect(rows == 24)
    #expect(trace.recordedPositions == tokens.count - 24..<tokens.count)
    for hook in HookPoint.all(layerCount: layerCount) {
      let name = hook.name
      let isInside = name.contains(".attn.hook_q") || name.contains(".mlp.hook_pre")
      if isInside, !name.hasPrefix("blocks.\(layer).") { #expect(trace[hook] == nil, "\(name)") }
      guard let kept = trace[hook] else { continue }
      let all = try #require(whole[hook], "\(name)")
      let expected =
        kept.shape == all.shape ? all : all.last(rows, alongAxis: hook.positionAxis)
      #expect(kept.shape == expected.shape, "\(name)")
      #expect(kept.values == expected.values, "\(name)")
    }
    for fact in [Fact.neighbourID, .lensID, .lensProbability, .unembedID, .unembedColumn] {
      let all = try #require(whole[fact])
      #expect(trace[fact]?.values == all.last(rows, alongAxis: fact.positionAxis).values)
    }
    let neurons = try #require(trace[.promotedID]?.slice(layer))
    #expect(
      neurons.values == whole[.promotedID]?.slice(layer).last(rows, alongAxis: 0).values
    )
    // Of the other layers nothing is claimed.
    for other in 0..<layerCount where other != layer {
      #expect(trace[.promotedID]?.slice(other).values.allSatisfy { $0 == -1 } == true)
    }
    #expect(trace.continuation == whole.continuation)
  }

  @Test func `the excerpt of a whole trace is what is recorded as one`() throws {
    let whole = try record(budget: nil)
    let excerpt = whole.excerpt(opening: 1, budget: 1)
    let recorded = try record(budget: 1)
    #expect(excerpt.lastPositions == recorded.lastPositions)
    for hook in HookPoint.all(layerCount: layerCount) {
      #expect(excerpt[hook]?.shape == recorded[hook]?.shape, "\(hook.name)")
    }
  }

  @Test func `an excerpt is read again, and obeys the laws`() throws {
    let folder = try TemporaryFolder()
    let trace = try record(budget: 1)
    try trace.write(to: folder.path + "/t.safetensors")
    let again = try Trace(contentsOf: folder.path + "/t.safetensors")
    #expect(again.metadata["last_positions"] == "24")
    #expect(again.metadata == trace.metadata)
    for check in again.check() {
      if case .broken = check.outcome { Issue.record("\(check.law): \(check.outcome)") }
    }
    let causal = again.check().first { $0.law.contains("causal") }
    #expect(causal?.outcome == .holds(deviation: 0))
  }

  @Test func `GPT-2 with a thousand tokens fits the budget`() throws {
    let description = Configuration.gpt2Sized.description(name: "a GPT-2", trainedOn: nil)
    let plan = try #require(TraceExcerpt(of: description, length: 1000))
    #expect(plan.layers == 1)
    #expect(plan.positions >= 40)
    // Logits and probabilities; three vectors and the patterns of every layer; scores, masked and not, and the vectors
    // of the layer that is opened up; facts.
    let numbers = 2 * 50_257 + 12 * (3 * 768 + 12 * 1000) + 2 * 12 * 1000 + 17 * 768 + 2 * 3072
    let bytes = 4 * (plan.positions * (numbers + 8 * 768) + 8 * 1000 * 768)
    #expect(bytes <= TraceExcerpt.budget)
    #expect(TraceExcerpt(of: description, length: 8) == nil)
  }
}

extension Configuration {
  fileprivate static let gpt2Sized = Configuration(
    layers: 12,
    heads: 12,
    width: 768,
    vocabulary: 50_257,
    context: 1024,
    isTied: true
  )
}
