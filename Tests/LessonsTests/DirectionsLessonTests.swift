import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct DirectionsLessonTests {
  /// As `explain words` answers, whose numbers are held against gensim's elsewhere.
  @Test(arguments: [
    (Language.en, "added", "queen", 0.569), (.en, "dish", "pasta", 0.751),
    (.ja, "added", "女王", 0.789), (.ja, "dish", "パスタ", 0.6),
  ])
  func `sums of words lead where they should`(
    language: Language,
    step: String,
    word: String,
    cosine: Double
  ) throws {
    let article = try School.article("words-as-directions", language)
    let first = try #require(article.bars(step).first?.first)
    #expect(first.label.hasSuffix(word) && first.value.value >= cosine - 0.0005, "\(first)")
    #expect(article.words(step).contains(word))
  }

  @Test(arguments: [(Language.en, 5), (.ja, 1)])
  func `the queen's place among the families is the one that is told`(
    language: Language,
    rank: Int
  ) throws {
    let article = try School.article("words-as-directions", language)
    let bars = try #require(article.bars("family").first)
    let values = bars.map { $0.value.value }
    #expect(bars.count == 5 && values == values.sorted(by: >))
    let royal = bars.firstIndex { $0.label == (language == .en ? "queen − king" : "女王 − 王") }
    #expect(royal == rank - 1)
    let words = article.words("family")
    #expect(words.contains(language == .en ? "number 5 of 5" : "「女王 − 王」が最も近く"))
    #expect(values.allSatisfy { $0 > 0.2 })
  }

  @Test func `one lies below two and three on the way to many`() throws {
    let bars = try #require(School.article("words-as-directions", .en).bars("more").first)
    let dots = Dictionary(uniqueKeysWithValues: bars.map { ($0.label, $0.value.value) })
    for (low, high) in [
      ("·one", "·two"), ("·one", "·three"), ("·dog", "·dogs"), ("·tree", "·trees"),
    ] {
      #expect(try #require(dots[low]) < (try #require(dots[high])))
    }
  }

  @Test func `young animals lie further on than their parents`() throws {
    let bars = try #require(School.article("words-as-directions", .ja).bars("more").first)
    let dots = Dictionary(uniqueKeysWithValues: bars.map { ($0.label, $0.value.value) })
    for parent in ["犬", "馬", "牛"] {
      #expect(try #require(dots[parent]) < (try #require(dots["子" + parent])))
    }
  }
}
