import Foundation
import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct KindsLessonTests {
  private func strips(_ article: Article, _ step: String) -> [[Double]] {
    article.figures(step).flatMap { $0.scene.panels }.flatMap { panel -> [[Double]] in
      if case .vectorStrip(let strips) = panel.mark { strips.rows.map { $0.values } } else { [] }
    }
  }

  @Test(arguments: Language.allCases)
  func `patches put side by side are the picture`(language: Language) throws {
    let article = try School.article("what-is-a-gpt", language)
    let patches = strips(article, "patches")
    #expect(patches.count == 9 && patches.allSatisfy { $0.count == 16 })
    guard case .heatmap(let picture)? = article.figures("patches").first?.scene.panels.first?.mark
    else { throw NotFound() }
    for row in 0..<12 {
      for column in 0..<12 {
        guard case .value(let point) = picture.cells[row][column] else { throw NotFound() }
        let patch = row / 4 * 3 + column / 4
        #expect(patches[patch][row % 4 * 4 + column % 4] == point)
        // A ring of radius 4, 2 wide at its foot on each side.
        let distance = hypot(Double(row) - 5.5, Double(column) - 5.5)
        #expect(abs(point - max(0, 1 - abs(distance - 4) / 2)) < 1e-12)
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `slices one after another are the sound`(language: Language) throws {
    let article = try School.article("what-is-a-gpt", language)
    let slices = strips(article, "slices")
    guard case .curve(let wave)? = article.figures("slices").first?.scene.panels.first?.mark
    else { throw NotFound() }
    #expect(slices.count == 4 && slices.flatMap { $0 } == wave.points.map { $0.y })
  }

  @Test(arguments: [(Language.en, "·Rome", 0.992), (.ja, "ローマ", 0.864)])
  func `the model answers with the capital`(language: Language, city: String, chance: Double) throws
  {
    let bars = try #require(School.article("what-is-a-gpt", language).bars("next").first)
    #expect(bars[0].label == city && abs(bars[0].value.value - chance) < 0.0006)
    #expect(
      try strips(School.article("what-is-a-gpt", language), "vectors").allSatisfy {
        $0.count == 128
      }
    )
  }
}
