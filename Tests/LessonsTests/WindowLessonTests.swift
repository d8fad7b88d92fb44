import Lessons
import Testing
import Walkthrough

@Suite struct WindowLessonTests {
  @Test(arguments: Language.allCases)
  func `a name is known as long as it is seen`(language: Language) throws {
    let article = try School.article("what-the-model-cannot-see", language)
    let rows = article.rows("forgetting")
    #expect(rows.count == 8)
    for row in rows {
      let tokens = try #require(Int(row[1]))
      let isSeen = row[2] == (language == .en ? "yes" : "見える")
      // “The name on the door was Anna”: five tokens before it may be left out of 128.
      #expect(isSeen == (tokens <= 128 + 5))
      let chance = try #require(Double(row[3]))
      #expect(isSeen ? chance > 0.5 : chance < 0.05, "\(row)")
      #expect(row[4].contains("Anna") == isSeen)
    }
    #expect(rows.contains { $0[2] == rows[0][2] } && rows.last?[2] != rows[0][2])
  }

  @Test(arguments: Language.allCases)
  func `what was read in another run is not known`(language: Language) throws {
    let rows = try School.article("what-the-model-cannot-see", language).rows("runs")
    #expect(try #require(Double(rows[0][1])) > 0.9 && rows[0][2].contains("Anna"))
    #expect(try #require(Double(rows[1][1])) < 0.05 && !rows[1][2].contains("Anna"))
  }

  @Test(arguments: Language.allCases)
  func `scores grow with the square of the length`(language: Language) throws {
    let scores = ["262,144", "16,777,216", "67,108,864", "160,000,000,000"]
    let article = try School.article("what-the-model-cannot-see", language)
    #expect(article.rows("cost").map { $0[1] } == scores)
    #expect(article.rows("cost").last?[0] == "100,000")
    // Radford et al. 2019, section 2.3; Brown et al. 2020, section 2.1.
    #expect(article.rows("window").map { $0[1] } == ["128", "1,024", "2,048"])
    #expect(article.figures("future").count == 1)
  }
}
