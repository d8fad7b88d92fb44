import Formats
import Foundation
import Testing
import Traces

@Suite struct ParameterCountTests {
  @Test func `GPT-3 has 175,181,291,520 weights in 27,938 matrices`() {
    let count = CountedModel.gpt3.count
    #expect(
      count.categories.map(\.weights) == [
        617_558_016, 14_495_514_624, 14_495_514_624, 14_495_514_624, 14_495_514_624,
        57_982_058_496, 57_982_058_496, 617_558_016,
      ]
    )
    #expect(count.weights == 175_181_291_520)
    #expect(count.matrices == 27_938)
    #expect(count.runningTotals.last == count.weights)
  }

  /// The element counts of the published checkpoints, as Hugging Face's `num_parameters` gives them.
  @Test(arguments: [
    ("gpt-2", 124_439_808), ("gpt-2-medium", 354_823_168), ("gpt-2-large", 774_030_080),
    ("gpt-2-xl", 1_557_611_200),
  ])
  func `a published checkpoint has its true total`(name: String, parameters: Int64) throws {
    let model = try #require(CountedModel.published.first { $0.name == name })
    #expect(model.count.parameters == parameters)
  }

  /// The smallest model of GPT-3's paper, “125M”: what tells that its unembedding is tied.
  @Test func `GPT-3 small comes out as its paper rounds it`() {
    let sizes = CountedModel.gpt2.sizes.with({ $0.context = 2048 })
    #expect(ParameterCount(sizes).parameters == 125_226_240)
  }

  @Test(arguments: CountedModel.published.map(\.sizes), [true, false])
  func `weights and what is besides come to all parameters`(sizes: ModelSizes, isTied: Bool) {
    let count = ParameterCount(sizes.with({ $0.isTied = isTied }))
    let besides = sizes.with({ $0.isTied = isTied }).besides
    #expect(besides.reduce(count.weights) { $0 + $1.parameters } == count.parameters)
    #expect(besides.contains { $0.kind == .tied } == isTied)
  }

  @Test func `every kind is counted once, in the order of the data`() {
    let names = CountedModel.gpt2.count.categories.map(\.name)
    #expect(names == ParameterCount.Kind.allCases.map(\.rawValue))
  }

  @Test func `one more token multiplies every weight but the embedding's`() {
    let sizes = CountedModel.gpt3.sizes
    #expect(sizes.multiplyAdds == 174_563_733_504)
    #expect(sizes.multiplyAddsPerTokenSeen == 2 * 96 * 12_288)
    #expect(sizes.stream == 25_165_824)
  }

  @Test func `what is written into a trace is read again`() throws {
    let count = CountedModel.gpt2.count
    let json = try #require(JSONValue(parsing: count.json.compact))
    #expect(ParameterCount(json) == count)
  }

  @Test(arguments: [
    #"{"categories": [{"name": "x", "rows": 4294967296, "columns": 4294967296, "matrices": 1}], "parameters": 1}"#,
    #"{"categories": [{"name": "x", "rows": -1, "columns": 1, "matrices": 1}], "parameters": 1}"#,
    #"{"categories": [{"name": "x", "rows": 9223372036854775807, "columns": 1, "matrices": 1}, {"name": "y", "rows": 1, "columns": 1, "matrices": 1}], "parameters": 1}"#,
    #"{"categories": [{"name": "x", "rows": 4294967296, "columns": 4294967296, "matrices": 0}], "parameters": 1}"#,
    #"{"categories": [], "parameters": -1}"#,
    #"{"categories": [{"name": "x", "rows": 1e30, "columns": 1, "matrices": 1}], "parameters": 1}"#,
  ])
  func `a count that 64 bits cannot hold is refused, not computed`(json: String) {
    #expect(JSONValue(parsing: json).flatMap { ParameterCount($0) } == nil)
  }
}

@Suite struct ModelSizesTests {
  private let gpt2 = CountedModel.gpt2.sizes

  @Test(arguments: [0, -1, Int64.min])
  func `a size is positive`(size: Int64) {
    for key in [\ModelSizes.layers, \.heads, \.width, \.mlpWidth, \.vocabulary, \.context] {
      #expect(gpt2.with({ $0[keyPath: key] = size }).problem == .notPositive)
    }
  }

  @Test func `heads share the width evenly`() {
    #expect(gpt2.with({ $0.heads = 7 }).problem == .notShared)
    #expect(gpt2.with({ $0.heads = 1536 }).problem == .notShared)
    #expect(gpt2.with({ $0.heads = 768 }).problem == nil)
  }

  @Test(arguments: [Int64.max, Int64.max / 2, 1 << 40])
  func `products beyond 64 bits are found before they are computed`(size: Int64) {
    let one = gpt2.with({ $0.heads = 1 })
    #expect(one.with({ $0.width = size }).problem == .tooLarge)
    #expect(one.with({ $0.layers = size }).with({ $0.width = 1 << 20 }).problem == .tooLarge)
    #expect(one.with({ $0.vocabulary = size }).with({ $0.width = 1 << 24 }).problem == .tooLarge)
    #expect(one.with({ $0.context = size }).with({ $0.layers = 1 << 20 }).problem == .tooLarge)
    #expect(one.with({ $0.mlpWidth = size }).with({ $0.layers = 1 << 20 }).problem == .tooLarge)
  }

  /// Just within the limit nothing that is counted of the sizes may trap.
  @Test(arguments: [1, 48])
  func `the largest sizes can still be counted`(heads: Int64) {
    var sizes = gpt2.with({ $0.heads = heads }).with({ $0.layers = 1 })
    while sizes.with({ $0.width = 2 * sizes.width }).problem == nil { sizes.width *= 2 }
    while sizes.with({ $0.mlpWidth = 2 * sizes.mlpWidth }).problem == nil { sizes.mlpWidth *= 2 }
    while sizes.with({ $0.layers = 2 * sizes.layers }).problem == nil { sizes.layers *= 2 }
    while sizes.with({ $0.vocabulary = 2 * sizes.vocabulary }).problem == nil {
      sizes.vocabulary *= 2
    }
    while sizes.with({ $0.context = 2 * sizes.context }).problem == nil { sizes.context *= 2 }
    let count = ParameterCount(sizes.with({ $0.isTied = false }))
    #expect(4 * max(count.parameters, count.weights) > 0)
    #expect(sizes.multiplyAddsPerTokenSeen * sizes.context > 0)
    #expect(count.runningTotals.last == count.weights)
  }
}
