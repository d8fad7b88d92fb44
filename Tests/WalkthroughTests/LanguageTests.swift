import Graphics
import TestSupport
import Testing
import Traces
import Walkthrough

@Suite struct LanguageTests {
  private func story(_ language: Language) throws -> Walkthrough {
    Walkthrough(of: try Told.trace("A machine learning model, not a fashion model!"), in: language)
  }

  private func isJapanese(_ text: String) -> Bool {
    text.unicodeScalars.contains { 0x3040...0x30FF ~= $0.value || 0x4E00...0x9FFF ~= $0.value }
  }

  @Test func `English has no Japanese in it`() throws {
    for text in try story(.en).texts { #expect(!isJapanese(text.plain), "\(text.plain)") }
  }

  @Test func `every sentence of the Japanese story is Japanese`() throws {
    let story = try story(.ja)
    let titles = (story.steps.map(\.title) + story.stages.map(\.title)).map(\.plain)
    let sentences = story.blocks.compactMap { block -> String? in
      switch block {
      case .paragraph(let text), .found(let text): text.plain
      default: nil
      }
    }
    for text in titles + sentences { #expect(isJapanese(text), "\(text)") }
  }

  @Test(arguments: Language.allCases)
  func `no text holds a programmer's description of a value`(language: Language) throws {
    for text in try story(language).texts {
      #expect(!text.plain.contains(/\b(RichText|Walkthrough\.|Optional\()/), "\(text.plain)")
    }
  }

  @Test(arguments: Language.allCases)
  func `a paragraph has at most three sentences`(language: Language) throws {
    for case .paragraph(let text) in try story(language).blocks {
      // Numbers and tokens may have stops in them, so only the words count.
      let words = text.told.map { if case .text(let words) = $0 { words } else { "" } }.joined()
      let ends = words.matches(of: /[.?!](?=\s|$)|。/).count
      #expect(ends <= 3, "\(words)")
    }
  }

  @Test func `both languages quote the same numbers`() throws {
    let (english, japanese) = (try story(.en), try story(.ja))
    #expect(english.steps.map(\.id) == japanese.steps.map(\.id))
    let places = { (story: Walkthrough) in Set(story.quantities.map { "\($0.origin)" }) }
    #expect(places(english) == places(japanese))
  }

  @Test func `tokens stand in the quotation marks of the language`() {
    let text: RichText = "次に \(token: " queen") のクエリと \(token: " the") 0.12"
    #expect(text.plain(in: .ja) == "次に「·queen」のクエリと「·the」 0.12")
    #expect(text.plain(in: .en) == "次に “·queen” のクエリと “·the” 0.12")
  }

  @Test func `a negative number after a sign stands in parentheses`() {
    let numbers = [-0.5, 0.5, -0.001, -0.0].map { Quantity($0, origin: .illustration) }
    let terms = numbers.map { number -> RichText in "1 + \(signed: number)" }
    #expect(terms.map(\.plain) == ["1 + (−0.50)", "1 + 0.50", "1 + (−0.001)", "1 + 0.00"])
    #expect(terms.allSatisfy { term in numbers.contains { term.told.contains(.quantity($0)) } })
  }
}
