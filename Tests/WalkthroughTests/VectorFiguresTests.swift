import Graphics
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct VectorFiguresTests {
  /// With few tokens all values are drawn, so that the rows before the last add up to it.
  @Test func `the weighted values drawn add up to z`() throws {
    let trace = try Told.trace("The king and")
    try #require((2...5).contains(trace.tokens.count))
    let story = Walkthrough(of: trace, in: .en)
    let figure = try #require(story.figures.first { $0.name == "weighted-values" })
    let strip = try #require(
      figure.scene.panels.first.flatMap { payload(of: $0.mark) } as? VectorStrip
    )
    let z = try #require(strip.rows.last)
    #expect(strip.rows.count == trace.tokens.count + 1 && !z.values.isEmpty)
    for (n, sum) in z.values.enumerated() {
      #expect(abs(strip.rows.dropLast().reduce(0) { $0 + $1.values[n] } - sum) < 1e-5, "\(n)")
    }
    #expect(z.values.contains { abs($0) > 1e-3 })
  }
}
