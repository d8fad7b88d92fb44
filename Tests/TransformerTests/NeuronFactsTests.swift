import Files
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
      weights.blocks[layer].mlp.up.bias = weights.blocks[layer].mlp.up.bias.map { moved in
        moved.map { $0 + bias }
      }
    }
    model.transformer = Transformer(
      configuration: model.transformer.configuration,
      weights: weights
    )
    return model
  }

  /// Computed with NumPy in float64 from the checkpoint and the activations that PyTorch recorded.
  ///
  /// Through W_U alone the second and the third would change places, and 464 would get 1.384.
  @Test func `the direct effect is what NumPy finds`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let case0 = try #require(ReferenceCase.all.first { $0.prompt == "The king and the queen" })
    let trace = try model.record(case0.prompt, tokens: case0.ids, RecordingOptions())
    #expect(try #require(trace[.neuronIndex])[2, 4, 0] == 33)
    #expect(try #require(trace[.promotedID]).slice(2, 4, 0).values == [464, 384, 24])
    let found = doubles(try #require(trace[.promotedLogit]).slice(2, 4, 0))
    for (logit, right) in zip(found, [0.580482, 0.498125, 0.488330]) {
      #expect(abs(logit - right) < 2e-5)
    }
  }

  /// A single norm that is linear but for its scale: what all parts of the stream do directly adds up to the logits.
  @Test func `the direct effects of all that was added make the logits, but for the norm's bias`()
    throws
  {
    let model = try model(bias: 0)
    let case0 = ReferenceCase.all[0]
    let trace = try model.record(case0.prompt, tokens: case0.ids, RecordingOptions())
    let weights = model.transformer.weights
    let gain = doubles(weights.finalNorm.gain)
    let bias = doubles(try #require(weights.finalNorm.bias))
    let last = case0.ids.count - 1
    let column = doubles(weights.unembedding.columns.slice(33))
    let parts =
      [HookPoint.embed, .posEmbed]
      + weights.blocks.indices.flatMap { [HookPoint.attnOut($0), .mlpOut($0)] }
    let scale = Double(try #require(trace[.scale(.final)])[last, 0])
    var sum = dot(bias, column)
    for part in parts {
      let added = doubles(try #require(trace[part]).slice(last))
      let mean = added.reduce(0, +) / Double(added.count)
      sum += dot(zip(added, gain).map { ($0 - mean) * $1 / scale }, column)
    }
    #expect(abs(sum - Double(try #require(trace[.logits])[last, 33])) < 1e-4)
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
      // What the final norm makes of a row, but for its scale.
      let gain = doubles(weights.finalNorm.gain)
      let normed = rows.map { row in
        let mean = row.reduce(0, +) / Double(row.count)
        return zip(row, gain).map { ($0 - mean) * $1 }
      }
      let scales = doubles(try #require(trace[.scale(.final)]))
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
          let logits = readOut[neuron] ?? columns.map { dot(normed[neuron], $0) }
          readOut[neuron] = logits
          let added = logits.map { activations[neuron] / scales[position] * $0 }
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
