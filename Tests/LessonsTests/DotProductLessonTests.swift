import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct DotProductLessonTests {
  @Test(arguments: Language.allCases)
  func `arrows of length 2 have 4 times the cosine`(language: Language) throws {
    let article = try School.article("dot-product", language)
    #expect(article.words("arrows").contains("(3, 1) · (2, 2) = 3 · 2 + 1 · 2 = 6 + 2 = 8"))
    let bars = try #require(article.bars("angles").first)
    let root = 3.0.squareRoot()
    for (bar, value) in zip(bars, [4, 2 * root, 2, 0, -2, -2 * root, -4]) {
      #expect(abs(bar.value.value - value) < 1e-12, "\(bar.label)")
    }
    #expect(bars.map { $0.label } == ["0°", "30°", "60°", "90°", "120°", "150°", "180°"])
    // 8 / (√10 · √8) = 2 / √5
    #expect(article.words("lengths").contains("8 / (3.16 · 2.83) = 0.89"))
  }

  @Test(arguments: [(Language.en, "0.602", "0.547"), (.ja, "0.747", "0.713")])
  func `two words agree, all terms counted`(language: Language, dot: String, cosine: String) throws
  {
    let article = try School.article("dot-product", language)
    let rows = article.rows("terms")
    #expect(rows.count == 7 && rows.last?.last == dot)
    #expect(article.words("terms").contains(dot) && article.words("terms").contains(cosine))
  }

  @Test(arguments: Language.allCases)
  func `most words are nearly at right angles`(language: Language) throws {
    let article = try School.article("dot-product", language)
    guard case .histogram(let histogram)? = article.figures("crowd").first?.scene.panels.first?.mark
    else { throw NotFound() }
    // The peak lies next to 0, and the queen at its right end, as the description says.
    let counts = histogram.bins.counts
    let peak = try #require(counts.indices.max { counts[$0] < counts[$1] })
    let range = histogram.bins.range
    let place =
      range.lowerBound
      + (Double(peak) + 0.5) / Double(counts.count) * (range.upperBound - range.lowerBound)
    #expect(abs(place) < 0.06)
    #expect(abs(histogram.notes[0].value - range.upperBound) < 1e-6)
  }

  @Test(arguments: Language.allCases)
  func `the direction from man to woman orders every pair`(language: Language) throws {
    let article = try School.article("dot-product", language)
    let bars = try #require(article.bars("direction").first)
    let dots = Dictionary(uniqueKeysWithValues: bars.map { ($0.label, $0.value.value) })
    let pairs =
      language == .en
      ? [("·boy", "·girl"), ("·father", "·mother"), ("·uncle", "·aunt"), ("·king", "·queen")]
      : [("父", "母"), ("兄", "姉"), ("王", "女王"), ("王子", "王女")]
    for (man, woman) in pairs {
      #expect(try #require(dots[man]) < (try #require(dots[woman])), "\(man), \(woman)")
    }
  }
}
