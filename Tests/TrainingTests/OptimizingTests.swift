import Foundation
import Tensors
import Testing
import Training
import Transformer

/// The optimizer and what belongs to it.
@Suite struct OptimizingTests {
  private let configuration = Configuration(
    layers: 1,
    heads: 1,
    width: 4,
    vocabulary: 5,
    context: 3,
    isTied: false
  )

  @Test func `the learning rate rises evenly and falls along a cosine to a tenth`() {
    let rate = LearningRate(peak: 2, warmUpSteps: 4, stepCount: 104)
    #expect([0, 1, 2, 3].map(rate.rate) == [0.5, 1, 1.5, 2])
    #expect(rate.rate(at: 4) == 2)
    #expect(abs(rate.rate(at: 54) - (0.2 + 1.8 / 2)) < 1e-12)
    #expect(abs(rate.rate(at: 104) - 0.2) < 1e-12)
    #expect(rate.rate(at: 1000) == rate.rate(at: 104))
    #expect((4..<104).allSatisfy { rate.rate(at: $0 + 1) < rate.rate(at: $0) })
  }

  @Test func `a first step is as long as the learning rate, against the gradient`() {
    let layout = ParameterLayout(of: configuration)
    var settings = AdamW.Settings()
    settings.weightDecay = 0
    var optimizer = AdamW(for: layout, settings)
    let start = Tensor(shape: [layout.count], values: .init(repeating: 1, count: layout.count))
    let gradient = (0..<layout.count).map { Float($0 % 3) - 1 }
    let end = optimizer.step(
      start,
      along: Tensor(shape: [layout.count], values: gradient),
      learningRate: 0.01
    )
    for (value, slope) in zip(end.values, gradient) {
      #expect(abs(value - 1 + 0.01 * slope) < 1e-6)
    }
  }

  @Test func `only matrices are forgotten`() {
    let layout = ParameterLayout(of: configuration)
    var optimizer = AdamW(for: layout, AdamW.Settings())
    let start = Tensor(shape: [layout.count], values: .init(repeating: 1, count: layout.count))
    let still = Tensor(shape: [layout.count]) { _ in }
    let end = optimizer.step(start, along: still, learningRate: 0.5).values
    for part in layout.parts {
      let expected: Float = part.isMatrix ? 0.95 : 1
      #expect(end[part.range].allSatisfy { abs($0 - expected) < 1e-6 }, "\(part.name)")
    }
  }

  @Test func `a row of parameters is cut into weights and put together again`() {
    let layout = ParameterLayout(of: configuration)
    let row = Tensor(shape: [layout.count], values: (0..<layout.count).map { Float($0) })
    #expect(layout.row(of: layout.weights(in: row)).values == row.values)
    #expect(layout.parts.map(\.range.count).reduce(0, +) == layout.count)
    let weights = layout.weights(in: row)
    #expect(weights.embedding.shape == [5, 4] && weights.unembedding.columns.shape == [5, 4])
    #expect(weights.blocks[0].mlp.up.weight.shape == [4, 16])
  }

  @Test func `learning starts from GPT-2's random values`() {
    var configuration = configuration
    (configuration.dVocab, configuration.dModel, configuration.dMLP) = (500, 64, 256)
    let layout = ParameterLayout(of: configuration)
    let weights = layout.weights(in: layout.initialParameters(seed: 5, layerCount: 1))
    func deviation(_ tensor: Tensor) -> Float {
      (tensor.values.reduce(0) { $0 + $1 * $1 } / Float(tensor.count)).squareRoot()
    }
    #expect(abs(deviation(weights.embedding) - 0.02) < 0.0005)
    #expect(abs(deviation(weights.blocks[0].mlp.down.weight) - 0.02 / Float(2).squareRoot()) < 5e-4)
    #expect(weights.unembedding.columns.values == weights.embedding.values)
    #expect(weights.blocks[0].norm1.gain.values.allSatisfy { $0 == 1 })
    #expect(weights.blocks[0].mlp.up.bias?.values.allSatisfy { $0 == 0 } == true)
    let again = layout.initialParameters(seed: 5, layerCount: 1).values
    #expect(again == layout.initialParameters(seed: 5, layerCount: 1).values)
    #expect(again != layout.initialParameters(seed: 6, layerCount: 1).values)
  }
}
