import Foundation
import Graphics
import Pages
import TestSupport
import Testing
import Traces
import Walkthrough

/// Articles as pages and as terminal text, on the account of a model's parameters.
@Suite struct ArticleTests {
  private static let own = CountedModel(
    name: "own",
    title: nil,
    sizes: CountedModel.gpt2.sizes.with({ $0.width = 1536 }).with({ $0.mlpWidth = 6144 }),
    source: .own
  )

  private func article(_ language: Language, beside: Bool = false) -> Article {
    beside
      ? ParameterAccount(of: Self.own, beside: .gpt2, in: language).article
      : ParameterAccount(of: .gpt3, in: language).article
  }

  private func lines(_ article: Article, _ terminal: TerminalStyle) -> [String] {
    TerminalArticle(article, terminal: terminal).lines
  }

  @Test(arguments: [60, 80, 120])
  func `GPT-3's parameters read in a terminal as they did`(width: Int) {
    let text = lines(article(.en), TerminalStyle(width: width)).joined(separator: "\n")
    expectGolden(text + "\n", named: "parameters-\(width).txt")
  }

  @Test func `a model of one's own reads in Japanese as it did`() {
    let text = lines(article(.ja, beside: true), TerminalStyle(width: 80)).joined(separator: "\n")
    expectGolden(text + "\n", named: "parameters-own-ja.txt")
  }

  @Test(arguments: [(false, Language.en, "parameters.svg"), (true, .ja, "parameters-own-ja.svg")])
  func `the figure alone looks as it did`(beside: Bool, language: Language, name: String) {
    let account =
      beside
      ? ParameterAccount(of: Self.own, beside: .gpt2, in: language)
      : ParameterAccount(of: .gpt3, in: language)
    expectGolden(SVG.standalone(account.figure.scene), named: name)
  }

  @Test(arguments: Language.allCases, [24, 33, 40, 60, 79, 100, 200])
  func `no line is wider than the terminal`(language: Language, width: Int) {
    for charset in [TerminalStyle.Charset.unicode, .ascii] {
      let terminal = TerminalStyle(width: width, charset: charset)
      let lines = lines(article(language, beside: true), terminal)
      let widest = lines.max { TextWidth.columns(of: $0) < TextWidth.columns(of: $1) } ?? ""
      #expect(TextWidth.columns(of: widest) <= width, "\(widest)")
    }
  }

  @Test func `in ASCII nothing else is printed`() {
    let lines = lines(article(.en), TerminalStyle(width: 80, charset: .ascii))
    for line in lines { #expect(line.utf8.allSatisfy { $0 < 0x80 }, "\(line)") }
  }

  @Test(arguments: Language.allCases, [true, false])
  func `a page is well-formed, alone, and never names an id twice`(
    language: Language,
    beside: Bool
  ) throws {
    let html = ArticlePage(article(language, beside: beside)).html
    for address in ["http://", "https://", "url(", "<script"] {
      #expect(!html.replacing("http://www.w3.org", with: "").contains(address), "\(address)")
    }
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
    guard let xmllint = Tool("xmllint") else {
      try Test.cancel("this machine has no xmllint")
    }
    let folder = try TemporaryFolder()
    try html.write(toFile: folder.path + "/page.html", atomically: true, encoding: .utf8)
    let result = try xmllint.run(["--noout", "--nonet", folder.path + "/page.html"])
    #expect(result.status == 0, "\(result.output)")
  }

  @Test(arguments: Language.allCases)
  func `the end of a page says how its own numbers came about`(language: Language) {
    let told = article(language)
    func end(_ numbers: ArticlePage.Numbers) -> String {
      ArticlePage(told, numbers: numbers).html
    }
    let (counted, learned, measured) =
      language == .en
      ? ("Every number here was counted", "computed while learning", "comes from running the model")
      : ("このページの数はどれも、数えて得た", "学習しながら計算した", "モデルを実行して得た")
    #expect(end(.counted).contains(counted) && !end(.counted).contains(learned))
    #expect(end(.learned).contains(learned) && !end(.learned).contains(measured))
    #expect(end(.measured).contains(measured) && !end(.measured).contains(counted))
  }
}
