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

  @Test(arguments: ReferenceCase.all)
  func `at every position the neurons that add most, and what they promote`(
    _ reference: ReferenceCase
  ) throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
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
    var negative = 0
    for (layer, block) in weights.blocks.enumerated() {
      let post = try #require(trace[.mlpPost(layer)])
      let rows = (0..<block.mlp.down.weight.rows).map { doubles(block.mlp.down.weight.slice($0)) }
      let lengths = rows.map { dot($0, $0).squareRoot() }
      for position in 0..<post.rows {
        let activations = doubles(post.slice(position))
        let strengths = zip(activations, lengths).map { abs($0) * $1 }
        let neurons = index.slice(layer, position).values.map { Int($0) }
        #expect(Set(neurons).count == neurons.count)
        expectSorted(neurons.map { strengths[$0] }, of: strengths, "\(layer), \(position)")
        for (rank, neuron) in neurons.enumerated() {
          let place = "\(layer), \(position), \(rank)"
          #expect(abs(Double(length[layer, position, rank]) - lengths[neuron]) <= 1e-5, "\(place)")
          let added = columns.map { activations[neuron] * dot(rows[neuron], $0) }
          expectSorted(doubles(promotedLogit.slice(layer, position, rank)), of: added, place)
          let promoted = promotedID.slice(layer, position, rank).values.map { added[Int($0)] }
          expectSorted(promoted, of: added, place)
          if activations[neuron] < 0 { negative += 1 }
        }
      }
    }
    // Both signs must have been met, or half of this was not tested.
    #expect(negative > 0)
  }
}
