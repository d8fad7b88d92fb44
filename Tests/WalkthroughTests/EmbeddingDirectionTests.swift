import Embeddings
import Files
import Graphics
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// A direction that is shown means something, or is said not to.
@Suite struct EmbeddingDirectionTests {
  private func step(_ trace: Trace, in language: Language = .en) throws -> String {
    let steps = Walkthrough(of: trace, in: language).stages[1].steps
    let step = try #require(steps.first { $0.id == "direction" })
    return Walkthrough.texts(of: step).map(\.plain).joined(separator: "\n")
  }

  /// The fixture's vocabulary has four words of two pairs: king, queen, man, woman.
  @Test func `the direction leads from one word of a known pair to the other`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let text = try step(try Told.trace("The king and the queen"))
    #expect(text.contains("·king and ·queen are words for a man and a woman"))
    let row = { (word: String) -> [Double] in
      let id = try #require(model.tokenizer.id(of: word))
      return model.transformer.weights.embedding.slice(id).values.map(Double.init)
    }
    let direction = zip(try row(" queen"), try row(" king")).map { $0 - $1 }
    let reach = try [" woman", " man"].map { word in
      zip(try row(word), direction).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(
      text.contains(reach[0] > reach[1] ? "its second word reaches" : "its second word does not")
    )
    #expect(text.contains("One is too few to tell"))
  }

  @Test func `other pairs are counted by what they reach`() throws {
    var trace = try Told.trace("x")
    let vocabulary = [" king", " queen", " man", " woman", " boy", " girl", " son", " daughter"]
    trace.vocabulary = vocabulary
    trace.tokens = [TraceToken(id: 0, text: " king")]
    let width = try #require(trace[.embed]).columns
    // Along the first axis: king 0, queen 2; man 1, woman 3; boy 5, girl 4; son −1, daughter 0.
    let places: [Float] = [0, 2, 1, 3, 5, 4, -1, 0]
    let rows = places.map { [$0, 1] + Array(repeating: 0, count: width - 2) }
    trace.tensors[HookPoint.embed.name] = Tensor(shape: [1, width], values: rows[0])
    trace.tensors[Fact.pairID.name] = Tensor(shape: [4, 2], values: (0..<8).map { Float($0) })
    trace.tensors[Fact.pairEmbed.name] = Tensor(shape: [4, 2, width], values: rows.flatMap { $0 })
    #expect(try step(trace).contains("Of 3 other pairs tried"))
    #expect(try step(trace).contains("reaches further along ·queen − ·king in 2."))
  }

  @Test(arguments: Language.allCases)
  func `without known pairs the direction is said to mean nothing`(language: Language) throws {
    var trace = try Told.trace("The king and the queen")
    trace.tensors[Fact.pairID.name] = nil
    let says = language == .en ? "means nothing in particular" : "特に意味はありません"
    #expect(try step(trace, in: language).contains(says))
    // Words of which nothing is known are no known pair either.
    trace = try Told.trace("The king and the queen")
    let ids = try #require(trace[.pairID])
    trace.tensors[Fact.pairID.name] = ids.map { _ in 5 }
    #expect(try step(trace, in: language).contains(says))
  }

  @Test func `pairs are recorded as single tokens with their rows`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let trace = try Told.trace("x")
    let ids = try #require(trace[.pairID]).values.map { Int($0) }
    let words = [" Italy", " Rome", " Germany", " Berlin", " Japan", " Tokyo"]
    #expect(ids == words.compactMap { model.tokenizer.id(of: $0) })
    // Those that the prompt has words of come first, whatever the list says.
    let other = try #require(try Told.trace("The man and Japan or a queen")[.pairID]).values
    #expect(
      other.map { Int($0) }
        == [" king", " queen", " man", " woman"].compactMap { model.tokenizer.id(of: $0) }
    )
    let asia = try #require(try Told.trace("The land of Japan")[.pairID]).values.map { Int($0) }
    #expect(asia.prefix(2) == [" Japan", " Tokyo"].compactMap { model.tokenizer.id(of: $0) }[...])
    let embed = try #require(trace[.pairEmbed])
    for (index, id) in ids.enumerated() {
      #expect(
        embed.slice(index / 2, index % 2).values
          == model.transformer.weights.embedding.slice(id).values
      )
    }
  }
}
