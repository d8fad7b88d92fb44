import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct WeightedSumsLessonTests {
  @Test(arguments: Language.allCases)
  func `a small matrix is multiplied as by hand`(language: Language) throws {
    let article = try School.article("weighted-sums", language)
    #expect(article.words("marks").contains("0.5 · 80 + 0.3 · 60 + 0.2 · 90 = 40 + 18 + 18 = 76"))
    #expect(
      article.rows("matrix") == [
        ["a", "2 · 4 + (−1) · 2 + 0 · 1", "6"], ["b", "1 · 4 + 0 · 2 + 3 · 1", "7"],
        ["c", "(−2) · 4 + 1 · 2 + 1 · 1", "−5"],
      ]
    )
  }

  /// The terms, taken from the weights, add up to what the model recorded.
  @Test(arguments: Language.allCases, ["query", "logit"])
  func `a real sum is what its terms come to`(language: Language, step: String) throws {
    let article = try School.article("weighted-sums", language)
    guard case .waterfall(let mark)? = article.figures(step).first?.scene.panels.first?.mark
    else { throw NotFound() }
    let sum = mark.terms.reduce(0) { $0 + $1.value.value }
    #expect(abs(sum - mark.sum.value.value) < 1e-4, "\(sum), \(mark.sum.value.value)")
    guard case .trace = mark.sum.value.origin else { throw NotFound() }
    #expect(mark.terms.count == (step == "query" ? 8 : 7))
  }

  @Test func `the capital of Italy has the score that the walkthrough tells`() throws {
    let words = try School.article("weighted-sums", .en).words("logit")
    #expect(words.contains("“·Rome”") && words.contains("16.30"))
  }

  @Test(arguments: [(Language.en, "1,130,496"), (.ja, "1,138,688")])
  func `products are counted`(language: Language, all: String) throws {
    // 4 · (3 · 128² + 128² + 2 · 128 · 512) + 128 · V, V = 2688 and 2752
    let blocks: Int = 4 * (4 * 128 * 128 + 2 * 128 * 512)
    let unembedding: Int = 128 * (language == .en ? 2688 : 2752)
    #expect(blocks + unembedding == (language == .en ? 1_130_496 : 1_138_688))
    let rows = try School.article("weighted-sums", language).rows("everywhere")
    #expect(rows.last?.last == all)
  }
}
