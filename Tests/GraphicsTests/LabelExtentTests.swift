import Foundation
import Graphics
import Testing

/// Whether labels stay inside their figures, by the advances of DejaVu Sans, the widest font a page
/// is likely to be shown in: a digit is 0.636 em wide, a full stop and a blank 0.318, `+` 0.838, `…` 1.
@Suite struct LabelExtentTests {
  private func drawn(
    _ mark: some MarkContent,
    key: ColorKey? = nil
  ) throws -> (svg: String, width: Double) {
    let scene = Scene(id: "s", title: "", description: "", mark: mark, key: key)
    let svg = SVG.inline(scene, idPrefix: "t")
    let width = try #require(svg.firstMatch(of: #/viewBox="0 0 ([0-9.]+)/#))
    return (svg, try #require(Double(width.1)))
  }

  /// The x of the label with this text.
  private func x(of text: String, in svg: String) throws -> Double {
    let escaped = NSRegularExpression.escapedPattern(for: text)
    let pattern = try Regex(#"<text[^>]* x="([0-9.]+)"[^>]*>"# + escaped + "</text>")
    let match = try #require(svg.firstMatch(of: pattern))
    return try #require(match.output[1].substring.flatMap { Double($0) })
  }

  @Test func `the last tick's number stays inside its plot`() throws {
    let points = [Point(0, 0), Point(2, 1)]
    let (svg, width) = try drawn(Curve(points: points, xTitle: "x", yTitle: "y"))
    let half = (2 * 0.636 + 0.318) * 12 / 2
    #expect(try x(of: "2.0", in: svg) + half <= width)
  }

  /// The line is drawn between two points far apart, neither of them near the label.
  @Test func `a label does not lie on the curve`() throws {
    let dot = Curve.Dot(x: 1, y: 0, "neuron 7")
    let line = Curve(points: [Point(0, 0), Point(2, 0)], dots: [dot], xTitle: "x", yTitle: "y")
    let (svg, _) = try drawn(line)
    let label = try #require(svg.firstMatch(of: /<text[^>]* y="([0-9.]+)"[^>]*>neuron 7</)).1
    let center = try #require(svg.firstMatch(of: /<circle[^>]* cy="([0-9.]+)"/)).1
    let (baseline, height) = (try #require(Double(label)), try #require(Double(center)))
    #expect(baseline + 3 < height || baseline - 10 > height)
  }

  @Test func `what is left out of a long prompt is said inside the strip`() throws {
    // A row of chips fills the width, so the mark of omission begins at the left edge.
    let strip = TokenStrip((0..<212).map { .init(" token\($0)") }, rowLimit: 2)
    let (svg, width) = try drawn(strip)
    let count = try #require(svg.firstMatch(of: />… \+([0-9]+)</)).1
    let half = (1 + 0.318 + 0.838 + Double(count.count) * 0.636) * 13 / 2
    let middle = try x(of: "… +\(count)", in: svg)
    #expect(middle - half >= 0 && middle + half <= width)
  }

  @Test func `a key's number stays inside its figure`() throws {
    let key = ColorKey.bars(title: "data of this run", low: "0.00", high: "12345.67")
    let (svg, width) = try drawn(TokenStrip([.init("a")]), key: key)
    #expect(try x(of: "12345.67", in: svg) + (7 * 0.636 + 0.318) * 12 <= width)
  }
}
