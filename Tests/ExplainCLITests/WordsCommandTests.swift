import Foundation
import TestSupport
import Testing

/// `explain words`, as the shell sees it.
@Suite struct WordsCommandTests {
  private static func vectors(_ name: String) -> String { Fixtures.path("words/\(name)") }

  private struct Near: Decodable, Equatable {
    var word: String
    var cosine: Float
    var rank: Int
    var expected: Bool?
  }

  private func decode<T: Decodable>(_ type: T.Type, _ words: [String]) throws -> T {
    let outcome = try ExplainProcess().run(["words"] + words + ["--format", "json"])
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try JSONDecoder().decode(type, from: Data(outcome.output.utf8))
  }

  @Test func `every format of vectors gives the same answer`() throws {
    let files = ["glove.txt", "word2vec.bin", "word2vec-c.bin", "fasttext.vec", "fortran.npy"]
    let answers = try files.map { file in
      try decode(
        [Near].self,
        ["analogy", "king - man + woman", "--vectors", Self.vectors(file), "--expect", "the"]
      )
    }
    #expect(answers[0].count == 9)
    #expect(answers[0].first?.word == "queen")
    #expect(answers[0].filter { $0.expected == true }.map(\.word) == ["the"])
    for answer in answers { #expect(answer == answers[0]) }
    // The shell may have cut the sum into words.
    let apart = try decode(
      [Near].self,
      ["analogy", "king", "-", "man", "+", "woman", "--vectors", Self.vectors("glove.txt")]
    )
    #expect(apart.first?.word == "queen")
  }

  @Test func `W_E and W_U of the built-in model differ, and both have words`() throws {
    let embedding = try decode([Near].self, ["nearest", "king"])
    let unembedding = try decode([Near].self, ["nearest", "king", "--matrix", "W_U"])
    #expect(embedding.count == 10 && unembedding.count == 10)
    #expect(embedding.map(\.word) != unembedding.map(\.word))
    #expect(embedding.map(\.rank) == Array(1...10))
    #expect(embedding.map(\.cosine) == embedding.map(\.cosine).sorted(by: >))
    // With its space or without: the same token, unless it is quoted.
    #expect(try decode([Near].self, ["nearest", "·king"]) == embedding)
    #expect(try decode([Near].self, ["nearest", "\" king\""]) == embedding)
  }

  @Test(arguments: [
    (["nearest", "lighthouse"], 65, "is 2 tokens of explain-world, not one: ·light | house"),
    (["analogy", "king - "], 64, "it ends with “-”"),
    (["analogy", "- - man"], 64, "two signs follow one another"),
    (["analogy", ""], 64, "there is no word in it"),
    (["analogy", "king - king"], 65, "comes to a zero vector"),
    (["compare", "king"], 64, "takes two words, not 1"),
    (["map", "king"], 64, "needs two words or more"),
    (["direction", "king"], 64, "needs words to measure"),
    (["direction", "king", "queen + king"], 64, "is more than one word"),
    (["nearst", "king"], 64, "did you mean “nearest”?"),
    (["map", "king", "queen", "--expect", "king"], 64, "map has no option --expect"),
    (["nearest", "king", "--words", "list"], 64, "--words goes with --vectors"),
    (["nearest", "king", "--vectors", "a", "--model", "b"], 64, "name two sources"),
    (["nearest", "king", "--vectors", "/nowhere"], 66, "/nowhere: no such file"),
    (["nearest"], 64, "needs a WORD"), ([], 64, "needs an ACTION"),
  ])
  func `what cannot be done is said in one line`(
    words: [String],
    code: Int32,
    complaint: String
  ) throws {
    let outcome = try ExplainProcess().run(["words"] + words)
    #expect(outcome.code == code)
    #expect(outcome.output.isEmpty && outcome.errorLines.count == 1)
    #expect(outcome.errors.contains(complaint), "\(outcome.errors)")
  }

  @Test func `an unknown word gets near spellings, a zero vector its line`() throws {
    let explain = try ExplainProcess()
    let unknown = try explain("words", "nearest", "quean", "--vectors", Self.vectors("glove.txt"))
    #expect(unknown.code == 65 && unknown.errors.contains("did you mean “queen”"))
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/v"
    try "a 1 2\nb 0 0\n".write(toFile: path, atomically: true, encoding: .utf8)
    let zero = try explain("words", "nearest", "b", "--vectors", path)
    #expect(zero.code == 65 && zero.errors.contains("\(path): line 2: the vector of “b” is zero"))
    try "a 1e38 3e38\nb 1 2\n".write(toFile: path, atomically: true, encoding: .utf8)
    let long = try explain("words", "nearest", "a", "--vectors", path)
    #expect(
      long.code == 65 && long.errors.contains("\(path): line 1: the numbers of “a” are so large")
    )
  }

  @Test(arguments: ["text", "json", "csv", "svg", "html"])
  func `every action has every format, and hostile words act on nothing`(format: String) throws {
    let explain = try ExplainProcess()
    let text = "\u{1B}[2J 1 2 0\n\u{202E}x 2 1 1\n<b> 0 1 -1\n👩‍👩‍👧 1 1 1\nking 3 -1 2\n"
    try text.write(toFile: explain.path("v"), atomically: true, encoding: .utf8)
    for action in [
      ["nearest", "king"], ["analogy", "king - 2 <b>"],
      ["direction", "king - <b>", "\u{202E}x", "king"],
      ["map", "king - <b>", "\u{1B}[2J", "👩‍👩‍👧 + king"], ["compare", "king", "\u{202E}x"],
    ] {
      let outcome = try explain.run(
        ["words"] + action + ["--vectors", "v", "--format", format, "--width", "60"]
      )
      #expect(outcome.code == 0, "\(action): \(outcome.errors)")
      #expect(!outcome.output.isEmpty && outcome.errors.isEmpty)
      #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{202E}"))
    }
  }

  @Test func `what is compared adds up`() throws {
    struct Comparison: Decodable {
      struct Term: Decodable { var dimension: Int, a: Float, b: Float, product: Float }
      var words: [String], dot: Float, lengths: [Float], cosine: Float, degrees: Double
      var terms: [Term]
    }
    let found = try decode(Comparison.self, ["compare", "king", "queen"])
    #expect(found.words == [" king", " queen"] && found.terms.count == 128)
    #expect(Set(found.terms.map(\.dimension)) == Set(0..<128))
    #expect(abs(found.terms.reduce(0) { $0 + $1.product } - found.dot) < 1e-4)
    #expect(abs(found.dot / found.lengths[0] / found.lengths[1] - found.cosine) < 1e-5)
    #expect(abs(cos(found.degrees * .pi / 180) - Double(found.cosine)) < 1e-6)
    let sizes = found.terms.map { abs($0.product) }
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test func `a map has axes with shares, places and arrows`() throws {
    struct Map: Decodable {
      struct Axis: Decodable { var name: String?, share: Double }
      struct Point: Decodable { var word: String, coordinates: [Double] }
      struct Arrow: Decodable { var from: Int, to: Int }
      var axes: [Axis], points: [Point], arrows: [Arrow]
    }
    let vectors = ["--vectors", Self.vectors("glove.txt")]
    let map = try decode(
      Map.self,
      ["map", "queen - king", "cat", "cats", "--x", "woman - man"] + vectors
    )
    #expect(map.points.map(\.word) == ["queen", "king", "cat", "cats"])
    #expect(map.axes.map(\.name) == ["woman − man", nil, nil])
    #expect(map.arrows.map { [$0.from, $0.to] } == [[1, 0]])
    let all = try decode(Map.self, ["map", "cat", "cats", "king", "--axes", "all"] + vectors)
    #expect(all.axes.count == 3 && all.axes.allSatisfy { $0.share <= 1 })
    for axis in 0..<3 { #expect(abs(all.points.reduce(0) { $0 + $1.coordinates[axis] }) < 1e-4) }
  }
}
