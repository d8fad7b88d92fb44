import Foundation
import Lessons
import Testing
import Walkthrough

@Suite struct LearningLessonTests {
  @Test func `a chain of two weights is learned as by hand`() throws {
    let article = try School.article("learning-from-data", .en)
    // y = w₂ w₁ 2 and (y − 4)², from w₁ = 0.5, w₂ = 1: slopes −12 and −6, steps of 0.24 and 0.12.
    let rows = article.rows("backpropagation")
    #expect(rows.map { $0[0] } == ["0", "1", "2", "3", "4"])
    #expect(rows[0] == ["0", "0.500", "1.000", "1.000", "9.0000"])
    #expect(rows[1] == ["1", "0.740", "1.120", "1.658", "5.4868"])
    let words = article.words("backpropagation")
    for number in ["= −6.0", "= −12.0", "−11.996"] { #expect(words.contains(number), "\(number)") }
    let losses = rows.compactMap { Double($0[4]) }
    #expect(losses.count == 5 && losses == losses.sorted(by: >))
  }

  @Test(arguments: Language.allCases)
  func `a closer line has a smaller loss`(language: Language) throws {
    let article = try School.article("learning-from-data", language)
    let losses = article.rows("by-hand").compactMap { Double($0[2]) }
    #expect(losses.count == 3 && losses[2] < losses[0] && losses[2] < losses[1])
    // The deviations have a standard deviation of 0.2.
    #expect(losses[2] < 0.1)
    let fitted = article.rows("line").compactMap { Double($0[3]) }
    #expect(fitted.count == 4 && fitted == fitted.sorted(by: >))
  }

  @Test(arguments: [(Language.en, 2688, "1,497,856"), (.ja, 2752, "151万4240")])
  func `a million and a half of weights learn`(
    language: Language,
    vocabulary: Int,
    parameters: String
  ) throws {
    let article = try School.article("learning-from-data", language)
    #expect(article.words("million").contains(parameters))
    let losses = article.rows("million").compactMap { Double($0[2]) }
    // At random, all tokens are about equally likely.
    #expect(losses.count == 3 && abs(losses[0] - log(Double(vocabulary))) < 0.3)
    #expect(losses[1] < losses[0] - 1 && losses[2] < losses[1] && losses[2] < 2)
  }
}
