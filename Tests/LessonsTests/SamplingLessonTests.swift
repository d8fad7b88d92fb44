import Foundation
import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct SamplingLessonTests {
  @Test(arguments: [(Language.en, "·brave", 0.147), (.ja, "かしこい", 0.2)])
  func `the prediction is the model's`(language: Language, first: String, chance: Double) throws {
    let bars = try #require(School.article("predict-and-sample", language).bars("predict").first)
    #expect(bars.count == 8 && bars[0].label == first)
    #expect(abs(bars[0].value.value - chance) < 0.0006)
  }

  /// The share of n draws scatters by √(p (1 − p) / n) around p; five times that is never met by chance.
  @Test(arguments: Language.allCases)
  func `ten thousand draws come near the probabilities`(language: Language) throws {
    let article = try School.article("predict-and-sample", language)
    for case .table(let table) in article.blocks("many") {
      #expect(table.rows.count == 6)
      for row in table.rows {
        let numbers = row.flatMap { $0.told }.compactMap { run -> Double? in
          if case .quantity(let quantity) = run { quantity.value } else { nil }
        }
        let (chance, hits, share) = (numbers[0], numbers[2], numbers[3])
        #expect(hits / 10_000 == share)
        #expect(abs(share - chance) < 5 * (chance * (1 - chance) / 10_000).squareRoot())
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `without temperature every seed tells the same`(language: Language) throws {
    let rows = try School.article("predict-and-sample", language).rows("seeds")
    #expect(rows.map { $0[0] } == ["0", "0", "1", "1", "1"])
    #expect(rows[0][2] == rows[1][2] && Set(rows.dropFirst(2).map { $0[2] }).count == 3)
    let start = language == .en ? "Once upon a time there was a brave" : "昔々あるところに、かしこい"
    #expect(rows[0][2].hasPrefix(start))
  }
}
