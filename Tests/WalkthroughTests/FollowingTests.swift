import Files
import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct FollowingTests {
  private func following(_ prompt: String) throws -> (trace: Trace, following: Following) {
    let trace = try Told.trace(prompt)
    return (trace, try #require(Following(of: trace, in: .en)))
  }

  @Test func `of a short prompt every position and every layer can be followed`() throws {
    let (trace, following) = try following("The king and the queen")
    #expect(following.positions == 0..<trace.tokens.count)
    #expect(following.layers == Array(0..<trace.layerCount))
    #expect(following.patternLayers == following.layers)
    #expect(following.followed == trace.tokens.count - 1)
    #expect(following.scoresAreProducts)
  }

  @Test(arguments: ["llama", "gemma2", "gpt-neox"])
  func `where the program tells, patterns of all layers are carried beside turned queries`(
    family: String
  ) throws {
    let trace = try Trace(contentsOf: Fixtures.path("architectures/\(family).safetensors"))
    #expect(Following(of: trace, in: .en) == nil)
    let following = try #require(Following(of: trace, in: .en, isTold: true))
    #expect(following.layers.isEmpty)
    #expect(following.patternLayers == Array(0..<trace.layerCount))
  }

  @Test func `what is followed first is told as the walkthrough tells it`() throws {
    let (trace, following) = try following("The king and the queen")
    let walkthrough = Walkthrough(of: trace, in: .en)
    let told =
      following.steps(at: following.followed)
      + following.steps(at: following.followed, layer: following.layer)
    #expect(told.count > 15)
    for (stage, step) in told {
      let whole = try #require(walkthrough.stages.first { $0.id == stage })
      let same = try #require(whole.steps.first { $0.id == step.id })
      #expect(same.title == step.title && same.follows == step.follows)
      let (a, b) = (Walkthrough.texts(of: same), Walkthrough.texts(of: step))
      #expect(a == b, "\(stage) \(step.id)")
    }
  }

  @Test func `every step that depends on a token or a layer is told again, none of a head`() throws
  {
    let (trace, following) = try following("The king and the queen")
    let steps = Walkthrough(of: trace, in: .en).stages.flatMap { stage in
      stage.steps.map { (id: "\(stage.id)-\($0.id)", scope: $0.follows) }
    }
    func ids(_ told: [(stage: StageID, step: Step)]) -> [String] {
      told.map { "\($0.stage)-\($0.step.id)" }
    }
    #expect(ids(following.steps(at: 0)) == steps.filter { $0.scope == .token }.map(\.id))
    #expect(ids(following.steps(at: 0, layer: 0)) == steps.filter { $0.scope == .layer }.map(\.id))
  }

  @Test func `another position is told of by its own token and its own numbers`() throws {
    let (recorded, following) = try following("The king and the queen")
    let row = try #require(following.steps(at: 1).first { $0.step.id == "row" })
    let quantities = Walkthrough.texts(of: row.step).flatMap(\.told).compactMap { run in
      if case .quantity(let quantity) = run { quantity } else { nil }
    }
    let first = try #require(quantities.first)
    #expect(first.origin == Origin.trace("hook_embed[1,0]"))
    let embed = try #require(recorded[.embed])
    #expect(first.value == Double(embed[1, 0]))
  }

  @Test func `queries and keys are carried as recorded, patterns up to each position`() throws {
    let (trace, following) = try following("The king and the queen")
    let tensors = Dictionary(uniqueKeysWithValues: following.tensors.map { ($0.name, $0) })
    let q = try #require(tensors["blocks.0.attn.hook_q"])
    #expect(q.precision == .exact)
    #expect(q.values == trace[.q(0)]?.values && q.shape == trace[.q(0)]?.shape)
    let pattern = try #require(tensors["blocks.0.attn.hook_pattern"])
    let count = trace.tokens.count
    #expect(pattern.shape == [following.headCount, count * (count + 1) / 2])
    let recorded = try #require(trace[.pattern(0)])
    #expect(pattern.values[0] == recorded[0, 0, 0])
    #expect(pattern.values[2] == recorded[0, 1, 1])
    #expect(tensors["logits"]?.values == trace[.logits]?.slice(count - 1).values)
  }

  @Test func `a trace without queries and keys is not followed`() throws {
    var trace = try Told.trace("The king and the queen")
    trace[.q(0)] = nil
    trace[.q(1)] = nil
    #expect(Following(of: trace, in: .en) == nil)
  }
}
