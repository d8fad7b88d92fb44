import Foundation
import Graphics
import Pages
import Testing
import Walkthrough

/// Where the parts of a step stand on a wide page.
@Suite struct StepLayoutTests {
  /// A part of a step, by a letter: prose, maths, a wide table, what was found.
  private static func block(_ letter: Character) -> Block {
    let text = RichText([.text("words")])
    switch letter {
    case "p": return .paragraph(text)
    case "m": return .equation(.symbol("x"))
    case "f": return .found(text)
    default:
      let columns = (0..<7).map { _ in Table.Column("column") }
      return .table(Table(title: text, columns: columns, rows: []))
    }
  }

  /// Row and column edges of each part that has a place, in order.
  private func places(_ blocks: String) throws -> [[Int]] {
    let step = Step(id: "step", title: RichText([.text("A step")]), blocks: blocks.map(Self.block))
    let article = Article(
      language: .en,
      id: "article",
      title: RichText([.text("An article")]),
      lead: [],
      steps: [step]
    )
    return ArticlePage(article).html.matches(of: /style="--at:([0-9\/]+)"/).map { match in
      match.1.split(separator: "/").compactMap { Int($0) }
    }
  }

  @Test(
    arguments: [
      "pmpvf", "pv", "pvf", "pmvf", "mvf", "fv", "pmpmv", "pvpvf", "vpmf", "pmfvpmfv", "vv", "pmpm",
      "ppp", "mpv",
    ]
  )
  func `no two parts of a step share a place`(blocks: String) throws {
    let places = try places(blocks)
    #expect(!places.isEmpty)
    for (index, first) in places.enumerated() {
      #expect(first.count == 4 && first[0] >= 2 && first[0] < first[2] && first[1] < first[3])
      for second in places[..<index] {
        let isApart =
          first[2] <= second[0] || second[2] <= first[0] || first[3] <= second[1]
          || second[3] <= first[1]
        #expect(isApart, "\(blocks): \(first) and \(second)")
      }
    }
  }

  @Test func `words stand left, formulas and findings right of them, and figures below`() throws {
    // Two paragraphs around a formula, a figure, what was found: the step of a line that finds its points.
    let expected = [[2, 1, 3, 2], [2, 2, 3, 3], [3, 1, 4, 2], [4, 1, 5, 3], [3, 2, 4, 3]]
    #expect(try places("pmpvf") == expected)
    // A paragraph reaches down beside a formula and what was found.
    #expect(try places("pmvf") == [[2, 1, 4, 2], [2, 2, 3, 3], [4, 1, 5, 3], [3, 2, 4, 3]])
  }
}
