import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Walkthrough

/// What the attention stage says of queries, keys and values is so in this trace, in every head.
@Suite struct AttentionStepsTests {
  private static let prompt = "The king and the queen and the king"

  private func step(_ name: String, _ story: Walkthrough) throws -> Step {
    let stage = try #require(story.stages.first { $0.id == .attention })
    return try #require(stage.steps.first { $0.id == name })
  }

  /// Every head's story, with its place.
  private func stories(_ trace: Trace) -> [(layer: Int, head: Int, story: Walkthrough)] {
    (0..<trace.layerCount).flatMap { layer in
      (0..<(trace.model.headCount ?? 1)).map { head in
        (layer, head, Walkthrough(of: trace, in: .en, layer: layer, head: head))
      }
    }
  }

  @Test func `a dot product is said to be negative where it is, and nowhere else`() throws {
    let trace = try Told.trace(Self.prompt)
    let last = trace.tokens.count - 1
    var signs: Set<Bool> = []
    for (layer, head, story) in stories(trace) {
      let (q, k) = try (#require(trace[.q(layer)]), #require(trace[.k(layer)]))
      let row = try #require(trace[.pattern(layer)]).slice(head, last).values
      let top = row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
      let product = zip(q.slice(last, head).values, k.slice(top, head).values)
        .reduce(0) { $0 + Double($1.0) * Double($1.1) }
      guard abs(product) > 0.01 else { continue }
      let text = Walkthrough.texts(of: try step("scores", story)).map(\.plain).joined()
      #expect(text.contains("This sum is negative") == (product < 0), "\(layer), \(head)")
      #expect(text.contains("This sum is not negative") == (product > 0), "\(layer), \(head)")
      signs.insert(product < 0)
    }
    #expect(signs == [true, false], "the prompt should try both")
  }

  @Test func `the others of a sum are counted, and come to what is left`() throws {
    let trace = try Told.trace(Self.prompt)
    let (length, width) = (trace.tokens.count, try #require(trace.model.dHead))
    for (layer, head, story) in stories(trace) {
      let pattern = try #require(trace[.pattern(layer)]).slice(head, length - 1).values
      let sorted = pattern.sorted(by: >)
      let step = try step("sum", story)
      let text = Walkthrough.texts(of: step).map(\.plain).joined(separator: "\n")
      let rest = Decimal.text(Double(sorted[3...].reduce(0, +)), digits: 2)
      #expect(text.contains("(\(length - 3) other positions, \(rest) of the attention) ="))
      let beyond = Decimal.text(Double(sorted[5...].reduce(0, +)), digits: 2)
      #expect(text.contains("all other positions (\(length - 5)), which get \(beyond) of"))
      let products = Walkthrough.texts(of: try self.step("scores", story)).map(\.plain).joined()
      #expect(products.contains("(\(width - 3) other products: "))
    }
  }

  @Test func `the weighted values drawn add up to z, those of all others in one row`() throws {
    let trace = try Told.trace(Self.prompt)
    let last = trace.tokens.count - 1
    for (layer, head, story) in stories(trace) {
      let figure = try #require(story.figures.first { $0.name == "weighted-values" })
      let strip = try #require(
        figure.scene.panels.first.flatMap { payload(of: $0.mark) } as? VectorStrip
      )
      #expect(strip.rows.count == 7)
      #expect(strip.rows[5].label.hasPrefix("… (0."))
      let z = try #require(trace[.z(layer)]).slice(last, head).values
      for (n, value) in z.enumerated() {
        let sum = strip.rows.dropLast().reduce(0) { $0 + $1.values[n] }
        #expect(abs(sum - Double(value)) < 1e-5)
      }
    }
  }

  @Test(arguments: [
    ("x", "no head is special"), ("To be", "looks hard"), (Self.prompt, "looks hard"),
  ])
  func `the choice of a head is not said to be for its importance`(prompt: String, says: String)
    throws
  {
    let story = Walkthrough(of: try Told.trace(prompt), in: .en)
    let text = Walkthrough.texts(of: try step("why", story)).map(\.plain).joined(separator: "\n")
    #expect(text.contains(says))
    // Of a single token nothing is said about how hard a head looks.
    #expect(
      text.contains("How hard a head looks is not how much it matters for the answer.")
        == (says == "looks hard")
    )
  }

  @Test func `no other head gives more of its attention to one earlier token`() throws {
    let trace = try Told.trace(Self.prompt)
    let last = trace.tokens.count - 1
    func hardest(_ layer: Int, _ head: Int) throws -> Float {
      let row = try #require(trace[.pattern(layer)]).slice(head, last).values
      return row[1..<last].max() ?? 0
    }
    let open = try #require(Following(of: trace, in: .en))
    let share = try hardest(open.layer, open.head)
    for (layer, head, _) in stories(trace) { #expect(try hardest(layer, head) <= share) }
  }
}
