import Tensors
import TestSupport
import Testing
import Traces
import Transformer

/// Holds what is recorded of neurons against the plain definition, in double precision.
@Suite struct NeuronFactsTests {
  private func doubles(_ tensor: Tensor) -> [Double] { tensor.values.map(Double.init) }

  private func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private func expectSorted(_ found: [Double], of all: [Double], _ place: String) {
    let expected = all.sorted(by: >).prefix(found.count)
    let error = zip(found, expected).map { abs($0 - $1) / max(1, abs($1)) }.max() ?? .infinity
    #expect(error <= 1e-5, "\(place): \(found), not \(Array(expected))")
  }

  /// The reference's model, its neurons' answers moved by a bias: where GELU dips below zero, activations are negative.
  private func model(bias: Float) throws -> Model {
    var model = try Model(folder: Fixtures.tinyGPT2)
    var weights = model.transformer.weights
    for layer in weights.blocks.indices {
      weights.blocks[layer].mlp.up.bias = weights.blocks[layer].mlp.up.bias.map { $0 + bias }
    }
    model.transformer = Transformer(
      configuration: model.transformer.configuration,
      weights: weights
    )
    return model
  }

  @Test(arguments: ReferenceCase.all, [0, -2.4] as [Float])
  func `at every position the neurons that add most, and what they promote`(
    _ reference: ReferenceCase,
    bias: Float
  ) throws {
    let model = try model(bias: bias)
    let trace = try model.record(reference.prompt, tokens: reference.ids, RecordingOptions())
    let index = try #require(trace[.neuronIndex])
    let length = try #require(trace[.neuronLength])
    let promotedID = try #require(trace[.promotedID])
    let promotedLogit = try #require(trace[.promotedLogit])
    let weights = model.transformer.weights
    #expect(index.shape == [weights.blocks.count, reference.ids.count, 5])
    #expect(length.shape == index.shape)
    #expect(promotedID.shape == index.shape + [3])
    #expect(promotedLogit.shape == promotedID.shape)
    let columns = (0..<weights.unembedding.columns.rows).map {
      doubles(weights.unembedding.columns.slice($0))
    }
    var signs: Set<FloatingPointSign> = []
    for (layer, block) in weights.blocks.enumerated() {
      let post = try #require(trace[.mlpPost(layer)])
      let rows = (0..<block.mlp.down.weight.rows).map { doubles(block.mlp.down.weight.slice($0)) }
      let lengths = rows.map { dot($0, $0).squareRoot() }
      var readOut: [Int: [Double]] = [:]
      for position in 0..<post.rows {
        let activations = doubles(post.slice(position))
        let strengths = zip(activations, lengths).map { abs($0) * $1 }
        let neurons = index.slice(layer, position).values.map { Int($0) }
        #expect(Set(neurons).count == neurons.count)
        expectSorted(neurons.map { strengths[$0] }, of: strengths, "\(layer), \(position)")
        for (rank, neuron) in neurons.enumerated() {
          let place = "\(layer), \(position), \(rank)"
          #expect(abs(Double(length[layer, position, rank]) - lengths[neuron]) <= 1e-5, "\(place)")
          let logits = readOut[neuron] ?? columns.map { dot(rows[neuron], $0) }
          readOut[neuron] = logits
          let added = logits.map { activations[neuron] * $0 }
          expectSorted(doubles(promotedLogit.slice(layer, position, rank)), of: added, place)
          let promoted = promotedID.slice(layer, position, rank).values.map { added[Int($0)] }
          expectSorted(promoted, of: added, place)
          signs.insert(activations[neuron].sign)
        }
      }
    }
    // Both signs must have been met, or half of this was not tested.
    #expect(signs.count == (bias < 0 ? 2 : 1))
  }
}
