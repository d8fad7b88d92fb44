import Files
import Graphics
import Tensors
import TestSupport
import Testing
import Traces
import Transformer
import Walkthrough

/// A picture or a table that shows a part says which.
@Suite struct PartTests {
  private static let long = Array(repeating: "The king and the queen, a cat or 9 dogs.", count: 3)
    .joined(separator: " ")

  private func figure<M: MarkContent>(_ name: String, of story: Walkthrough, _ type: M.Type) throws
    -> M
  {
    let figure = try #require(story.figures.first { $0.name == name })
    return try #require(figure.scene.panels.first.flatMap { payload(of: $0.mark) } as? M)
  }

  @Test func `rows framed in W_E are those tokens' rows`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let table = model.transformer.weights.embedding
    for prompt in ["The king and the queen", "x", Self.long] {
      let story = Walkthrough(of: try Told.trace(prompt), in: .en)
      let matrix = try figure("embedding-matrix", of: story, WeightMatrix.self)
      let ids = Set(story.subject.tokens.map(\.id))
      #expect(matrix.highlights.count == min(8, ids.count))
      #expect(matrix.highlights.contains { $0.isFollowed })
      // Of 48 columns a sample takes 32: column ⌊i · 48 / 32⌋.
      for (row, values) in zip(matrix.rows, matrix.values) {
        #expect(values == (0..<32).map { Double(table[row, $0 * 48 / 32]) }, "\(row)")
      }
      for lit in matrix.highlights {
        #expect(ids.contains(lit.row) && matrix.rows.contains(lit.row))
      }
    }
  }

  @Test(arguments: 0..<3, ["The king and the queen", "x", "東京"])
  func `the neurons that the text names are drawn`(layer: Int, prompt: String) throws {
    let trace = try Told.trace(prompt)
    let story = Walkthrough(of: trace, in: .en, layer: layer)
    let text = story.found.map(\.plain).joined(separator: "\n")
    for (name, says) in [("mlp-pre", "neuron "), ("mlp-post", "Neuron ")] {
      let row = try #require(try figure(name, of: story, VectorStrip.self).rows.first)
      let marked = try #require(row.marked)
      #expect(row.values.count == 192)
      #expect(marked.value.value == row.values[marked.index])
      #expect(text.contains("\(says)\(marked.index)"), "\(name)")
      #expect(VectorStrip.drawn(of: 192, marking: marked.index).contains(marked.index))
    }
  }

  @Test func `the page carries the part of the neurons that their strips draw`() throws {
    let trace = try Told.trace("The king and the queen")
    let following = try #require(Following(of: trace, in: .en))
    for layer in following.layers {
      for (hook, name) in [(HookPoint.mlpPre(layer), "mlp-pre"), (.mlpPost(layer), "mlp-post")] {
        let carried = try #require(following.tensors.first { $0.name == hook.name })
        #expect(carried.shape == [5, 128])
        for position in 0..<5 {
          let story = Walkthrough(of: trace, in: .en, layer: layer, followed: position)
          let row = try #require(try figure(name, of: story, VectorStrip.self).rows.first)
          let drawn = VectorStrip.drawn(of: 192, marking: row.marked?.index)
          let strip = carried.values[position * 128..<(position + 1) * 128].map(Double.init)
          #expect(strip == Array(row.values[drawn]), "\(hook.name) \(position)")
        }
      }
    }
  }

  @Test(arguments: Language.allCases)
  func `what a long prompt does not show is said`(language: Language) throws {
    let story = Walkthrough(of: try Told.trace(Self.long), in: language)
    let count = story.subject.tokens.count
    try #require(count > 24)
    let titles = story.blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
    // Every table with a row a token, but not one for each, says how many of how many.
    let tokens = Set(story.subject.tokens.map(\.text))
    for table in titles where table.rows.count < count && table.rows.count > 5 {
      let isByToken = table.rows.allSatisfy { row in
        row.contains { cell in tokens.contains { cell == "\(token: $0)" } }
      }
      if isByToken { #expect(table.title.plain.contains("\(count)"), "\(table.title.plain)") }
    }
    let distinct = Set(story.subject.tokens.map(\.id)).count
    try #require(distinct > 16)
    for name in ["vocabulary", "embedding-map", "embedding-matrix"] {
      let figure = try #require(story.figures.first { $0.name == name })
      #expect(figure.caption?.plain.contains("\(distinct)") == true, "\(name)")
    }
  }

  @Test func `bars of the largest say of how many`() throws {
    let figures = Walkthrough(of: try Told.trace("The king"), in: .en).figures
    for (name, count) in [("logits", 487), ("probabilities", 487), ("logit-terms", 48)] {
      let figure = try #require(figures.first { $0.name == name })
      #expect(figure.scene.title.contains("8 l"), "\(figure.scene.title)")
      #expect(figure.scene.title.contains("of \(count)"), "\(figure.scene.title)")
    }
  }
}
