import Graphics
import Tensors
import Testing
import Traces
import Walkthrough

@Suite struct WhyStageTests {
  private static let prompt = "The king and the queen"

  private func why(_ trace: Trace) throws -> Stage {
    try #require(Walkthrough(of: trace, in: .en).stages.first { $0.id == .why })
  }

  private func switches(_ stage: Stage) throws -> Switches {
    let found = stage.steps.flatMap(\.blocks).compactMap { block -> Switches? in
      if case .switches(let switches) = block { switches } else { nil }
    }
    return try #require(found.first)
  }

  @Test func `a run of which it was not measured has no such stage`() throws {
    let story = Walkthrough(of: try Told.trace(Self.prompt), in: .en)
    #expect(!story.stages.contains { $0.id == .why })
  }

  @Test func `every head and every MLP has a switch, and all are on`() throws {
    let trace = try Told.reasoned(Self.prompt)
    let all = try switches(why(trace)).rows.flatMap(\.switches)
    let heads = try #require(trace.model.headCount)
    #expect(all.count == trace.layerCount * (heads + 1))
    #expect(Set(all.map(\.site)) == Set(try #require(trace.reasons).effects.map(\.site)))
    #expect(!all.contains { $0.isOff })
  }

  @Test func `what is switched off is, and stands beside what was`() throws {
    let site = Site.head(layer: 0, head: 1)
    let changed = try Told.reasoned(Self.prompt, [Intervention(site, .zero)])
    let stage = try why(changed)
    #expect(try switches(stage).rows.flatMap(\.switches).filter(\.isOff).map(\.site) == [site])

    let unchanged = try Told.trace(Self.prompt)
    let chances = softmax(try #require(unchanged[.logits]).slice(changed.tokens.count - 1))
    let now = softmax(try #require(changed[.logits]).slice(changed.tokens.count - 1))
    let table = try #require(
      stage.steps[0].blocks.compactMap { block -> Table? in
        if case .table(let table) = block { table } else { nil }
      }.first
    )
    let shown = table.rows.map { $0.dropFirst().map(\.plain) }
    let likeliest = try #require(chances.values.max())
    #expect(shown[0][0] == Decimal.text(Double(likeliest), digits: 4))
    let token = try #require(chances.values.firstIndex(of: likeliest))
    #expect(shown[0][1] == Decimal.text(Double(now[token]), digits: 4))
  }

  @Test func `the head without which the answer changes most is opened`() throws {
    let trace = try Told.reasoned(Self.prompt)
    let effects = try #require(trace.reasons).effects
    let most = try #require(effects.first { $0.site.isHead })
    #expect(effects.allSatisfy { !$0.site.isHead || abs($0.change) <= abs(most.change) })
    let open = try #require(Following(of: trace, in: .en))
    #expect(Site.head(layer: open.layer, head: open.head) == most.site)
    // What is asked for comes first.
    let asked = try #require(Following(of: trace, in: .en, layer: 1))
    #expect(asked.layer == 1)
    let best = effects.first { $0.site.isHead && $0.site.layer == 1 }
    #expect(best?.site == .head(layer: 1, head: asked.head))
  }
}
