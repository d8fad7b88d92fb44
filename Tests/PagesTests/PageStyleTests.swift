import Foundation
import Pages
import Testing

@Suite struct PageStyleTests {
  private var style: String {
    let html = HTMLPage(SampleWalkthrough().walkthrough).html
    return html.matches(of: /<style[^>]*>((?s:.*?))<\/style>/).map { String($0.1) }.joined()
  }

  @Test func `the style sheet is whole and loads nothing`() {
    #expect(style.count { $0 == "{" } == style.count { $0 == "}" })
    #expect(style.contains("@media print"))
    #expect(!style.contains("url(") && !style.contains("@import") && !style.contains("&"))
  }

  @Test func `every colour used is defined, in both themes`() {
    let used = style.components(separatedBy: "var(--").dropFirst().map {
      String($0.prefix { $0.isLetter || $0.isNumber || $0 == "-" })
    }
    let own: Set = ["at", "grow", "share", "shrink", "tracks", "width", "words"]
    for name in Set(used).subtracting(own) {
      let definitions = style.components(separatedBy: "--\(name):").count - 1
      #expect(definitions >= 2, "--\(name) is defined \(definitions) times")
    }
  }

  @Test func `amber marks only what is followed`() {
    let rules = style.components(separatedBy: "}").filter { $0.contains("var(--accent)") }
    let selectors = rules.map { rule in
      rule.prefix { $0 != "{" }.trimmingCharacters(in: .whitespacesAndNewlines)
    }
    // What a draw fell on is followed, too.
    let followed = ["follow", ".accent", ".shares .hit", ".fallen", ".drawn .newest"]
    for selector in selectors {
      #expect(followed.contains { selector.contains($0) }, "\(selector)")
    }
  }
}
