import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct TensorsLessonTests {
  @Test(arguments: Language.allCases)
  func `a shape times out to the numbers`(language: Language) throws {
    let article = try School.article("tensors", language)
    let rows = article.rows("shapes")
    #expect(rows.prefix(4).map { $0[2] } == ["5 × 128", "5 × 4 × 32", "4 × 5 × 5", "5 × 512"])
    #expect(rows.prefix(4).map { $0[3] } == ["640", "640", "100", "2,560"])
    #expect(rows.last?[2] == (language == .en ? "5 × 2,688" : "5 × 2,752"))
    #expect(rows.map { $0[1] }.last == "logits")
  }

  @Test(arguments: Language.allCases)
  func `every row of the stack shares out one whole`(language: Language) throws {
    let panels = try #require(School.article("tensors", language).figures("stack").first).scene
      .panels
    #expect(panels.count == 4)
    for panel in panels {
      guard case .heatmap(let map) = panel.mark else { throw NotFound() }
      for (index, row) in map.cells.enumerated() {
        let shares = row.compactMap { cell -> Double? in
          if case .number(let share) = cell { share.value } else { nil }
        }
        #expect(shares.count == index + 1 && abs(shares.reduce(0, +) - 1) < 1e-5)
      }
    }
  }

  @Test(arguments: [(Language.en, "344,064"), (.ja, "35万2256")])
  func `the embedding matrix is counted`(language: Language, weights: String) throws {
    #expect(2688 * 128 == 344_064 && 2752 * 128 == 352_256)
    #expect(try School.article("tensors", language).words("weights").contains(weights))
  }
}
