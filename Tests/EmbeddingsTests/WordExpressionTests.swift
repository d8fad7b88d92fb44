import Embeddings
import Files
import Tensors
import TestSupport
import Testing

@Suite struct WordExpressionTests {
  private func terms(_ text: String) throws -> [String] {
    try WordExpression(text).terms.map { "\($0.weight) \($0.word)" }
  }

  @Test(arguments: [
    ("king", ["1.0 king"]),
    ("king - man + woman", ["1.0 king", "-1.0 man", "1.0 woman"]),
    ("- man + king", ["-1.0 man", "1.0 king"]),
    ("king − man", ["1.0 king", "-1.0 man"]),
    ("2 king - 0.5*man", ["2.0 king", "-0.5 man"]),
    ("2 * king", ["2.0 king"]),
    ("2 - 1 + 3", ["1.0 2", "-1.0 1", "1.0 3"]),
    ("2 3", ["2.0 3"]),
    ("well-known + c++", ["1.0 well-known", "1.0 c++"]),
    ("\" king\" - \"-\"", ["1.0  king", "-1.0 -"]),
    ("*", ["1.0 *"]),
  ])
  func `words and weights are read`(text: String, expected: [String]) throws {
    #expect(try terms(text) == expected)
  }

  @Test(
    arguments: [
      ("", .noWords), ("  ", .noWords), ("+", .noWords), ("king - ", .endsWith("-")),
      ("- - man", .twoSigns("-", "-")), ("a + - b", .twoSigns("+", "-")),
      ("king man", .noSign(before: "man", after: "king")), ("\"king", .openQuote),
      ("\"\"", .emptyQuote),
    ] as [(String, WordExpressionError)]
  )
  func `what cannot be understood is refused`(text: String, error: WordExpressionError) {
    #expect(throws: error) { try WordExpression(text) }
  }

  @Test func `a sum is the weighted sum of the rows`() throws {
    let vectors = Tensor(shape: [3, 2], values: [1, 2, 10, 20, 100, 200])
    let sum = try WordExpression("a - 0.5 b + 2 c").vector(in: vectors, rows: [0, 1, 2])
    #expect(sum.values == [196, 392])
  }

  @Test func `equals what NumPy and gensim find`() throws {
    let expected = try WordFixture.load()
    let read = try WordVectors(contentsOf: WordFixture.path("word2vec.bin"))
    let search = Neighbours(in: read.vectors)
    func rows(_ words: [String]) -> [Int] { words.compactMap { read.words.row(of: $0) } }

    let cat = rows(["cat"])
    let near = search.nearest(to: read.vector(cat[0]), count: 4, excluding: Set(cat))
    for (neighbour, pair) in zip(near, expected.nearest_cat) {
      #expect(read.words[neighbour.index] == pair.word)
      #expect(abs(neighbour.cosine - pair.value) < 1e-5)
    }

    let expression = try WordExpression("king - man + woman")
    let own = rows(expression.terms.map(\.word))
    let sum = expression.vector(in: read.vectors, rows: own)
    for (rank, pair) in expected.analogy.enumerated() {
      let found = search.nearest(to: sum, count: 4, excluding: Set(own))[rank]
      #expect(read.words[found.index] == pair.word)
      #expect(abs(found.cosine - pair.value) < 1e-5)
      let place = search.rank(of: found.index, to: sum, excluding: Set(own))
      #expect(place.rank == rank + 1 && place.cosine == found.cosine)
    }

    let plural = try WordExpression("cats - cat")
    let direction = plural.vector(in: read.vectors, rows: rows(["cats", "cat"]))
    for (row, pair) in expected.direction.enumerated() {
      #expect(abs(dot(read.vector(row), direction) - pair.value) < 1e-4)
    }
  }
}
