import Embeddings
import Graphics
import Tensors
import Testing
import Walkthrough

/// Reports about words, on vectors small enough to check by hand.
@Suite struct WordsTests {
  /// man and woman differ as king and queen do; crown lies between king and queen.
  static let lexicon = Lexicon(
    WordVectors(
      name: "made up",
      words: WordList(["king", "queen", "man", "woman", "crown", " <b>", "zero"]),
      vectors: Tensor(
        shape: [7, 3],
        values: [3, 1, 0, 3, -1, 0, 0, 1, 2, 0, -1, 2, 3, 0, 0, -1, 0, 0, 0, 0, 0]
      )
    ),
    matrix: "W"
  )

  static func query(_ text: String) throws -> WordQuery {
    let expression = try WordExpression(text)
    let rows = try expression.terms.map { term in
      try #require(lexicon.vectors.words.row(of: term.word))
    }
    return WordQuery(expression, rows: rows, in: lexicon)
  }

  @Test func `the question's own words are left out, and what was expected has its place`() throws {
    let found = NearestWords(
      to: try Self.query("king - man + woman"),
      in: Self.lexicon,
      count: 1,
      expecting: 5,
      language: .en
    )
    #expect(found.answers.map(\.row) == [1, 5])
    #expect(found.answers.map(\.rank) == [1, 4])
    #expect(found.answers.map(\.isExpected) == [false, true])
    // king − man + woman = (3, −1, 0) = queen
    #expect(abs(found.answers[0].cosine - 1) < 1e-6)
    #expect(found.excluded.plain.contains("king, man, woman"))
  }

  @Test func `dot products with a direction come in order, or as they were given`() throws {
    let direction = try Self.query("queen - king")
    let sorted = DirectionWords(of: [2, 3, 4], along: direction, in: Self.lexicon, language: .en)
    #expect(sorted.reaches.map(\.row) == [3, 4, 2])
    #expect(sorted.reaches.map(\.dot) == [2, 0, -2])
    let given = DirectionWords(
      of: [2, 3, 4],
      along: direction,
      in: Self.lexicon,
      isSorted: false,
      language: .en
    )
    #expect(given.reaches.map(\.dot) == [-2, 2, 0])
  }

  @Test func `the terms of a dot product add up to it, the largest first`() {
    let found = ComparedWords(0, 1, in: Self.lexicon, count: 2, language: .en)
    #expect(found.dot == 8 && found.contributions.map(\.product) == [9, -1, 0])
    #expect(found.contributions.map(\.dimension) == [0, 1, 2])
    #expect(abs(found.cosine - 0.8) < 1e-6 && abs(found.angle - 36.8698976) < 1e-4)
  }

  @Test func `differences on a map are arrows, other sums points`() throws {
    let queries = try ["queen - king", "crown", "king - man + woman"].map(Self.query)
    let found = MappedWords(queries, axes: .init(), in: Self.lexicon, language: .en)
    #expect(
      found.places.map(\.label) == ["queen", "king", "crown", "man", "woman", "king − man + woman"]
    )
    #expect(found.arrows.map { [$0.from, $0.to] } == [[1, 0]])
    let shares = found.axisShares.map(\.share)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-6)
    let sum = found.places[5].coordinates
    for (a, b) in zip(sum, found.places[0].coordinates) { #expect(abs(a - b) < 1e-6) }
  }

  @Test func `a named axis carries its name`() throws {
    let axes = MappedWords.Axes(named: [try Self.query("woman - man")])
    let queries = try ["man", "woman", "king"].map(Self.query)
    let found = MappedWords(queries, axes: axes, in: Self.lexicon, language: .en)
    #expect(found.axisShares.map(\.name) == ["woman − man", nil, nil])
    // woman − man = (0, −2, 0), so that the two stand 2 apart on the first axis.
    #expect(abs(found.places[1].coordinates[0] - found.places[0].coordinates[0] - 2) < 1e-6)
  }

  @Test func `what cancels out is known to be zero`() throws {
    #expect(try Self.query("king - king").isZero(in: Self.lexicon))
    #expect(try Self.query("zero").isZero(in: Self.lexicon))
    #expect(try !Self.query("king - man").isZero(in: Self.lexicon))
  }
}
