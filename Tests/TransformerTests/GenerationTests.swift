import Files
import Foundation
import Sampling
import Tensors
import TestSupport
import Testing
import Transformer

/// A prompt, and the text that Hugging Face's `generate` makes of it in float64, likeliest token
/// after likeliest token, until the window is full.
struct GreedyReference: Decodable, Sendable {
  var prompt: [Int]
  var text: [Int]

  static let all: [GreedyReference] = {
    let file = URL(filePath: Fixtures.path("greedy.json"))
    return (try? JSONDecoder().decode([Self].self, from: Data(contentsOf: file))) ?? []
  }()
}

@Suite struct GenerationTests {
  private func model() throws -> Transformer { try Model(folder: Fixtures.tinyGPT2).transformer }

  private func options(temperature: Double = 1, seed: UInt64 = 0) -> SamplingOptions {
    var options = SamplingOptions()
    options.temperature = temperature
    options.seed = seed
    return options
  }

  @Test func `the reference has three texts`() { #expect(GreedyReference.all.count == 3) }

  @Test(arguments: GreedyReference.all)
  func `at temperature 0 the text is Hugging Face's`(_ reference: GreedyReference) throws {
    var generation = Generation(of: reference.prompt, by: try model(), options(temperature: 0))
    while generation.tokens.count < reference.text.count { _ = generation.next() }
    #expect(generation.tokens == reference.text)
  }

  @Test func `the same seed gives the same text, another one another`() throws {
    func text(seed: UInt64) throws -> [Int] {
      var generation = Generation(of: [1, 2], by: try model(), options(seed: seed))
      for _ in 0..<20 { _ = generation.next() }
      return generation.tokens
    }
    #expect(try text(seed: 3) == text(seed: 3))
    #expect(try text(seed: 3) != text(seed: 4))
  }

  @Test func `each step is what the model predicts from the text before it, without a cache`()
    throws
  {
    let model = try model()
    var generation = Generation(of: [9, 4, 300], by: model, options())
    for _ in 0..<100 {
      let before = generation.tokens
      let step = generation.next()
      let visible = Array(before[step.forgotten...])
      #expect(visible.count <= model.configuration.contextLength)
      let logits = model.nextLogits(after: visible)
      #expect(zip(logits.values, step.logits.values).allSatisfy { abs($0 - $1) <= 1e-4 })
      #expect(step.low <= step.draw && step.draw < step.high)
      #expect(generation.tokens == before + [step.token])
    }
    #expect(generation.forgotten > 0)
  }

  @Test func `a full window forgets a quarter of itself`() throws {
    let model = try model()
    let window = model.configuration.contextLength
    var generation = Generation(of: Array(0..<window), by: model, options())
    #expect(generation.next().forgotten == 0)
    #expect(generation.next().forgotten == window / 4 + 1)
    var long = Generation(of: Array(0..<window + 40), by: model, options())
    #expect(long.next().forgotten == 40 + window / 4)
  }
}
