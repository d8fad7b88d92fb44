import Lessons
import Testing
import Walkthrough

@Suite struct CountingLessonTests {
  // Brown et al. 2020, table 2.1: 96 layers, 96 heads, 12,288 wide; 50,257 tokens.
  @Test(arguments: [
    (Language.en, "617,558,016", "175,181,291,520"), (.ja, "6億1755万8016", "175,181,291,520"),
  ])
  func `GPT-3 is counted as the chapter counts it`(
    language: Language,
    first: String,
    all: String
  ) throws {
    let article = try School.article("counting-to-175-billion", language)
    #expect(50_257 * 12_288 == 617_558_016)
    #expect(article.words("one").contains(first))
    let rows = article.rows("aloud")
    #expect(rows[1][1] == all)
    // 175,181,291,520 s / 86,400 s = 2,027,561 days; / 365.25 = 5,551 years
    #expect(rows[1][2] == "2,027,561" && rows[1][3] == "5,551")
    #expect(rows[0][2] == "17" && rows[0][3] == "0.05")
    let kinds = article.rows("matrices").filter { $0.count == 3 }
    #expect(kinds.count == 8)
    #expect(kinds.contains { $0[2].contains("9,216") })
  }

  @Test(arguments: Language.allCases)
  func `the model at hand stands beside`(language: Language) throws {
    let article = try School.article("counting-to-175-billion", language)
    let words = article.words("beside")
    let mine = language == .en ? "1,474,560" : "149万944"
    #expect(words.contains(mine), "\(words)")
  }
}
