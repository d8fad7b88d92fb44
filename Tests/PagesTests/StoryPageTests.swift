import Foundation
import Pages
import TestSupport
import Testing
import Walkthrough

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct StoryPageTests {
  /// A text of two tokens, one of which would be markup.
  private var story: GeneratedText {
    let (a, b) = (TextToken(id: 1, text: "<b>&"), TextToken(id: 2, text: " king\n"))
    let settings = GeneratedText.Settings(temperature: 0.7, topK: nil, topP: 0.9, seed: 3)
    var story = GeneratedText(model: "tiny", prompt: [b], settings: settings)
    let candidates = [
      GeneratedText.Candidate(token: a, probability: 0.75, modelProbability: 0.5),
      GeneratedText.Candidate(token: b, probability: 0.25, modelProbability: 0.125),
    ]
    for (index, draw) in [0.8, 0.1].enumerated() {
      let chosen = draw < 0.75 ? 0 : 1
      story.steps.append(
        GeneratedText.Step(
          chosen: candidates[chosen],
          likelier: chosen,
          draw: draw,
          low: chosen == 0 ? 0 : 0.75,
          high: chosen == 0 ? 0.75 : 1,
          candidates: candidates,
          keptCount: 2,
          forgotten: index * 37
        )
      )
    }
    return story
  }

  private func parsed(_ html: String) -> Bool { XMLParser(data: Data(html.utf8)).parse() }

  @Test(arguments: Language.allCases)
  func `a page of several texts is well-formed and has a place for every token`(
    _ language: Language
  ) {
    let html = StoryPage([story, story, story], in: language).html
    #expect(parsed(html))
    #expect(!html.contains("<b>"))
    for column in 0..<3 {
      for number in 1...2 {
        #expect(html.contains("href=\"#token-\(column)-\(number)\""))
        #expect(html.contains("id=\"token-\(column)-\(number)\""))
      }
    }
    #expect(html.contains("37"))
  }

  @Test func `the more probable a token, the darker it is`() {
    #expect(story.steps.map(\.surprisal) == [3, 1])
    let html = StoryPage([story], in: .en).html
    #expect(html.contains("<a class=\"s9\" href=\"#token-0-1\""))
    #expect(html.contains("<a class=\"s11\" href=\"#token-0-2\""))
    #expect(html.contains("<span class=\"s9\">1/8</span>"))
    #expect(html.contains("<span class=\"s11\">1/2</span>"))
  }

  @Test func `the page asks the network for nothing`() {
    let html = StoryPage([story], in: .en).html
    #expect(!html.contains("http://") && !html.contains("https://"))
    #expect(html.contains("default-src 'none'"))
  }

  @Test(.enabled(if: Tool("openssl") != nil, "needs openssl"))
  func `the policy knows the script by its hash`() throws {
    let html = StoryPage([story], in: .en).html
    let script = try #require(html.firstMatch(of: /<script type="module">((?s:.*))<\/script>/)).1
    let hash = try #require(html.firstMatch(of: /script-src 'sha256-([^']+)'/)).1
    let folder = try TemporaryFolder()
    try String(script).write(toFile: "\(folder.path)/js", atomically: true, encoding: .utf8)
    let digest = try #require(Tool("openssl")).run(["dgst", "-sha256", "-r", "\(folder.path)/js"])
    let bytes = [UInt8](Data(base64Encoded: String(hash)) ?? Data())
    let expected = bytes.map { String($0 + 0, radix: 16).leftPadded }.joined()
    #expect(digest.output.hasPrefix(expected) && bytes.count == 32)
  }
}

extension String {
  fileprivate var leftPadded: String { count == 1 ? "0" + self : self }
}
