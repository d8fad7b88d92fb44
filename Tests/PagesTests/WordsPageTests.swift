import Embeddings
import Foundation
import Graphics
import Pages
import Tensors
import TestSupport
import Testing
import Walkthrough

#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct WordsPageTests {
  /// Words that would be markup, or act on a terminal.
  private func report(_ language: Language) throws -> WordReport {
    let words = ["king", "<b>&\"", "\u{1B}[2J", "\u{202E}abc", "👑"]
    let vectors = WordVectors(
      name: "hostile",
      words: WordList(words),
      vectors: Tensor(shape: [5, 4], values: (0..<20).map { Float(($0 * 7 + 3) % 11) - 5 })
    )
    let lexicon = Lexicon(vectors, matrix: "W_E")
    let query = WordQuery(try WordExpression("king"), rows: [0], in: lexicon)
    return NearestWords(to: query, in: lexicon, count: 4, expecting: 2, language: language).report
  }

  @Test(arguments: Language.allCases)
  func `a page is well-formed, and no word is markup`(language: Language) throws {
    let html = WordsPage(try report(language)).html
    #expect(XMLParser(data: Data(html.utf8)).parse())
    #expect(!html.contains("<b>") && !html.contains("\u{1B}") && !html.contains("\u{202E}"))
    for address in ["http://", "https://"] {
      #expect(!html.replacing("http://www.w3.org", with: "").contains(address))
    }
    #expect(html.contains("default-src 'none'"))
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    // Headings go down one level at a time.
    let levels = html.matches(of: /<h([1-6])/).compactMap { Int($0.1) }
    #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 } && levels.first == 1)
  }

  @Test func `the script draws the points that the drawing has`() throws {
    struct Point: Decodable {
      var label: String
      var at: [Double]
      var kind: String
    }
    let report = try report(.en)
    let html = WordsPage(report).html
    let data = try #require(html.firstMatch(of: /data-points="([^"]*)"/)).1
    let points = try JSONDecoder().decode(
      [Point].self,
      from: Data(PageReader.unescaped(String(data)).utf8)
    )
    let mark = try #require(
      report.space.scene.panels.first.flatMap { payload(of: $0.mark) } as? SpaceScatter
    )
    #expect(points.count == mark.items.count && points.count == 5)
    for (point, item) in zip(points, mark.items) {
      for (a, b) in zip(point.at, item.place) { #expect(abs(a - b) <= mark.radius / 4096) }
    }

    #expect(points.count { $0.kind == "accent" } == 1 && points[0].kind == "accent")
  }

  @Test(.enabled(if: Tool("openssl") != nil, "needs openssl"))
  func `the policy knows the script by its hash`() throws {
    let html = WordsPage(try report(.en)).html
    let script = try #require(html.firstMatch(of: /<script type="module">((?s:.*))<\/script>/)).1
    let hash = try #require(html.firstMatch(of: /script-src 'sha256-([^']+)'/)).1
    let folder = try TemporaryFolder()
    try String(script).write(toFile: "\(folder.path)/js", atomically: true, encoding: .utf8)
    let digest = try #require(Tool("openssl")).run(
      ["dgst", "-sha256", "-binary", "-out", "\(folder.path)/digest", "\(folder.path)/js"]
    )
    #expect(digest.status == 0)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder.path)/digest"))
    #expect(bytes.base64EncodedString() == hash)
  }

  @Test(arguments: [48, 60, 80, 120])
  func `no line is wider than the terminal, and no word acts on it`(width: Int) throws {
    for charset in [TerminalStyle.Charset.unicode, .ascii] {
      for language in Language.allCases {
        let terminal = TerminalStyle(width: width, charset: charset)
        let lines = WordLines(try report(language), terminal: terminal).lines
        for line in lines {
          #expect(TextWidth.columns(of: line) <= width, "\(line)")
          #expect(!line.contains("\u{1B}") && !line.contains("\u{202E}"))
        }
      }
    }
  }
}
