import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct ContextLessonTests {
  @Test(arguments: [(Language.en, 0.442), (.ja, 0.0)])
  func `one word's vectors begin equal and part`(language: Language, end: Double) throws {
    let article = try School.article("context", language)
    #expect(article.words("same").contains(language == .en ? "All 128 numbers" : "128 個の数が、すべて等しく"))
    let cosines = try #require(article.bars("apart").first).map { $0.value.value }
    #expect(cosines.count == 5 && abs(cosines[0] - 1) < 1e-6)
    #expect(cosines.dropFirst().allSatisfy { $0 < 0.9 })
    // As `explain compare` has it for the two prompts.
    if end > 0 { #expect(abs(cosines[4] - end) < 0.0005) }
  }

  @Test(arguments: [(Language.en, ["·has", "·with", "·smiled"]), (.ja, ["に", "を", "で"])])
  func `what follows depends on what stands before`(language: Language, first: [String]) throws {
    let panels = try School.article("context", language).bars("futures")
    #expect(panels.map { $0[0].label } == first)
    #expect(panels[1][0].value.value > 0.7 && panels[0][0].value.value < 0.3)
  }

  @Test(arguments: Language.allCases)
  func `the readings on the way end as the prediction`(language: Language) throws {
    let rows = try School.article("context", language).rows("moving")
    #expect(rows.count == 5 && rows.map { $0[0] } == ["0", "1", "2", "3", "4"])
    let words = language == .en ? ("·with", "·smiled") : ("を", "で")
    #expect(rows[4][1].contains(words.0) && rows[4][3].contains(words.1))
  }

  @Test(arguments: Language.allCases)
  func `land and deed together name the king`(language: Language) throws {
    let rows = try School.article("context", language).rows("far")
    #expect(rows.map { $0[2].filter { $0.isLetter } } == ["Macbeth", "Claudius", "Duncan"])
  }
}
