import ExplainCLI
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "abc", 0), ("", "abc", 3), ("abc", "", 3), ("abc", "abd", 1),
    ("abc", "acb", 1), ("kitten", "sitting", 3), ("stpes", "steps", 1), ("ca", "abc", 3),
  ])
  func `distance counts edits, a swap of neighbours as one`(_ a: String, _ b: String, _ edits: Int)
  {
    #expect(Spelling.distance(a, b) == edits)
    #expect(Spelling.distance(b, a) == edits)
  }

  @Test(arguments: [
    ("stpes", "steps"), ("step", "steps"), ("heatmaps", "heatmap"), ("hello", nil), ("", nil),
    ("x", nil), ("hetmpa", "heatmap"), ("The king", nil),
  ])
  func `a suggestion is near`(_ word: String, _ suggestion: String?) {
    let names = ["steps", "heatmap", "trace"]
    #expect(Spelling.nearest(to: word, among: names) == suggestion)
  }

  @Test func `a very long word costs no time`() {
    #expect(Spelling.nearest(to: String(repeating: "a", count: 1_000_000), among: ["steps"]) == nil)
  }
}
