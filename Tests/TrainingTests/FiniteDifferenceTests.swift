import Foundation
import Sampling
import Tensors
import Testing
import Traces
import Training
import Transformer

/// The backward pass, against what a small change of a parameter does to the loss.
@Suite struct FiniteDifferenceTests {
  /// A small model in which every kind of parameter matters, in every form that a checkpoint may have.
  private static let models: [Configuration] = [
    Activation.geluTanh, .gelu, .relu,
  ].flatMap { activation in
    [true, false].map { isTied in
      var configuration = Configuration(
        layers: 2,
        heads: 2,
        width: 8,
        vocabulary: 11,
        context: 6,
        isTied: isTied
      )
      configuration.activation = activation
      configuration.architecture.dividesScoresByLayer = !isTied
      return configuration
    }
  }

  @Test(arguments: models)
  func `a step along a gradient changes the loss as it says`(_ configuration: Configuration) {
    let layout = ParameterLayout(of: configuration)
    var generator = SeededGenerator(seed: 3)
    let parameters = Tensor(
      shape: [layout.count],
      values: (0..<layout.count).map { _ in Float(generator.unit() - 0.5) }
    )
    let batch = Sequences([
      [1, 2, 3, 4, 5, 6, 7], [10, 0, 10, 3, 3, 9, 1], [2, 2, 2, 2, 2, 2, 2],
    ])
    let gradient = Gradient(of: batch, at: parameters, layout, configuration)
    for part in layout.parts {
      // Along a direction of its own, so that no two errors can cancel out.
      let direction = part.range.map { _ in Float(generator.unit() - 0.5) }
      let expected = gradient.values.withValues { values in
        zip(part.range, direction).reduce(0.0) { $0 + Double(values[$1.0] * $1.1) }
      }
      func loss(_ length: Float) -> Double {
        var moved = parameters.values
        for (i, change) in zip(part.range, direction) { moved[i] += length * change }
        let moved_ = Tensor(shape: [layout.count], values: moved)
        return Gradient.loss(of: batch, at: moved_, layout, configuration)
      }
      let step: Float = 4e-3
      let found = (loss(step) - loss(-step)) / Double(2 * step)
      #expect(abs(found - expected) < 2e-3 * max(1, abs(expected)), "\(part.name)")
    }
  }

  @Test func `the loss without a gradient is the loss with it`() {
    let configuration = Self.models[0]
    let layout = ParameterLayout(of: configuration)
    let parameters = layout.initialParameters(seed: 1, layerCount: 2)
    let batch = Sequences([[1, 2, 3], [3, 4, 5], [5, 6, 7]])
    let gradient = Gradient(of: batch, at: parameters, layout, configuration)
    #expect(Gradient.loss(of: batch, at: parameters, layout, configuration) == gradient.loss)
  }

  @Test func `the loss is what the transformer's own forward pass says`() {
    let configuration = Self.models[1]
    let layout = ParameterLayout(of: configuration)
    let parameters = layout.initialParameters(seed: 1, layerCount: 2).map { 20 * $0 }
    let transformer = Transformer(
      configuration: configuration,
      weights: layout.weights(in: parameters)
    )
    let text = [1, 2, 3, 4, 5]
    let predictions = transformer.predictions(of: text) ?? []
    let surprisal = predictions.reduce(0.0) { $0 - log($1.probability) } / 4
    let loss = Gradient.loss(of: Sequences([text]), at: parameters, layout, configuration)
    #expect(predictions.count == 4)
    #expect(abs(loss - surprisal) < 1e-5)
  }
}
