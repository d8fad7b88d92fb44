import Foundation
import Graphics
import Lessons
import Testing
import Walkthrough

@Suite struct SoftmaxLessonTests {
  @Test(arguments: Language.allCases)
  func `three scores become shares, whatever is added to all`(language: Language) throws {
    let article = try School.article("softmax-and-temperature", language)
    // e³, e and 1 over their sum 23.80…, as PyTorch's softmax gives them: 0.8438, 0.1142, 0.0420.
    let rows = article.rows("scores")
    #expect(rows.map { $0[2] } == ["20.09", "2.72", "1.00", "23.80"])
    #expect(rows.map { $0[3] } == ["0.844", "0.114", "0.042", "1.000"])
    let lines = article.words("differences").split(separator: "\n").suffix(2)
    #expect(lines.map { $0.hasSuffix("→ 0.844, 0.114, 0.042") } == [true, true])
  }

  @Test(arguments: [(Language.en, "·brave"), (.ja, "かしこい")])
  func `warmer is flatter, in the same order`(language: Language, favourite: String) throws {
    let article = try School.article("softmax-and-temperature", language)
    let panels = article.bars("temperature")
    #expect(panels.count == 5 && panels.allSatisfy { $0.count == 6 && $0[0].label == favourite })
    #expect(panels[0].map { $0.value.value } == [1, 0, 0, 0, 0, 0])
    let firsts = panels.map { $0[0].value.value }
    #expect(firsts == firsts.sorted(by: >) && firsts[4] < 0.01)
    for panel in panels.dropFirst() {
      let values = panel.map { $0.value.value }
      #expect(values == values.sorted(by: >))
    }
    // p(T) ∝ p(1)^(1/T): the ratio of two tokens at T = 2 is the root of that at T = 1.
    let ratio = { (panel: Int) in panels[panel][0].value.value / panels[panel][5].value.value }
    #expect(abs(ratio(3) - ratio(2).squareRoot()) < 1e-6)
    #expect(abs(ratio(1) - ratio(2) * ratio(2)) < 1e-5)
  }

  @Test(arguments: Language.allCases)
  func `what is left open rises without a jump`(language: Language) throws {
    let article = try School.article("softmax-and-temperature", language)
    guard case .curve(let curve)? = article.figures("limit").first?.scene.panels.first?.mark
    else { throw NotFound() }
    let heights = curve.points.map { $0.y }
    #expect(curve.points.count == 50 && abs(curve.points[49].x - 5) < 1e-9)
    let steps = zip(heights, heights.dropFirst()).map { $1 - $0 }
    #expect(steps.allSatisfy { $0 > 0 && $0 < 1 })
    #expect(heights.allSatisfy { $0 > 0 && $0 < log2(2752.0) })
  }
}
