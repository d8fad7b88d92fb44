import Platform
import Tensors
import Traces

extension Facts {
  /// The neurons that add most to each position's vector, and which tokens' logits they raise most by their direct effect.
  ///
  /// For a layer whose neurons were not recorded the ids are −1.
  func addNeurons(to trace: inout Trace) {
    // Behind a norm, or where logits are capped, a neuron's effect is not its own.
    let architecture = configuration.architecture
    guard let scales = trace[.scale(.final)]?.values, !architecture.normalizesAdditions,
      architecture.logitCap == nil
    else { return }
    let count = min(5, configuration.dMLP)
    let promotedCount = min(3, configuration.dVocab)
    let length = trace.recordedPositions.count
    var outputs: [NeuronOutput?] = []
    for (layer, block) in weights.blocks.enumerated() {
      // What a layer's neurons add does not reach the stream if what it adds was set from outside.
      guard let post = trace[.mlpPost(layer)], !trace.isSet(.mlpOut(layer)) else {
        outputs += Array(repeating: nil, count: length * count)
        continue
      }
      let lengths = block.mlp.down.inputsInRows.rowLengths().values.values
      for position in 0..<post.rows {
        let activations = post.slice(position).values
        let strengths = zip(activations, lengths).map { abs($0) * $1 }
        outputs += strengths.withUnsafeBufferPointer { $0.indicesOfLargest(count) }.map {
          NeuronOutput(
            neuron: layer * configuration.dMLP + $0,
            activation: activations[$0],
            length: lengths[$0],
            scale: scales[scales.count - post.rows + position]
          )
        }
      }
    }
    var told = promotions(by: outputs.compactMap { $0 }, count: promotedCount).makeIterator()
    let unknown = Array(repeating: (id: -1, logit: Float(0)), count: promotedCount)
    let promoted = outputs.map { $0 == nil ? unknown : told.next() ?? unknown }
    let shape = [configuration.layerCount, length, count]
    trace[.neuronIndex] = Tensor(
      shape: shape,
      values: outputs.map { $0.map { Float($0.neuron % configuration.dMLP) } ?? -1 }
    )
    trace[.neuronLength] = Tensor(shape: shape, values: outputs.map { $0?.length ?? 0 })
    trace[.promotedID] = Tensor(
      shape: shape + [promotedCount],
      values: promoted.flatMap { $0.map { Float($0.id) } }
    )
    trace[.promotedLogit] = Tensor(
      shape: shape + [promotedCount],
      values: promoted.flatMap { $0.map { $0.logit } }
    )
  }

  /// The tokens whose logits each output raises most: `activation · ((row − mean) ⊙ γ) / scale · W_U`.
  ///
  /// The final norm is linear but for its scale, which is taken as it was on this run; its bias is no neuron's.
  /// A positive activation promotes what the row promotes, a negative one what the row's opposite does. So each row meets
  /// W_U once, however many positions its neuron is active at.
  private func promotions(
    by outputs: [NeuronOutput],
    count: Int
  ) -> [[(id: Int, logit: Float)]] {
    let isLowered = Set(outputs.filter { $0.activation < 0 }.map { $0.neuron })
    let neurons = Set(outputs.map { $0.neuron }).rising { Double($0) }
    var raised: [Int: [(id: Int, logit: Float)]] = [:]
    var lowered: [Int: [(id: Int, logit: Float)]] = [:]
    // A few neurons at a time: the logits of all would be thousands × V.
    for start in stride(from: 0, to: neurons.count, by: 64) {
      let batch = neurons[start..<min(start + 64, neurons.count)]
      let logits = weights.unembedding(rows(of: batch))
      for (row, neuron) in batch.enumerated() {
        raised[neuron] = largest(count, of: logits.slice(row))
        guard isLowered.contains(neuron) else { continue }
        lowered[neuron] = largest(count, of: logits.slice(row).map { -$0 })
      }
    }
    return outputs.map { output in
      let unit = (output.activation < 0 ? lowered : raised)[output.neuron] ?? []
      return unit.map { (id: $0.id, logit: $0.logit * abs(output.activation) / output.scale) }
    }
  }

  /// The neurons' rows of W_out, their means taken away if the final norm does, times its gain. `[neuron, dModel]`
  private func rows(of neurons: ArraySlice<Int>) -> Tensor {
    let gain = weights.finalNorm.gain.values
    let takesMeanAway = configuration.architecture.norm.takesMeanAway
    return Tensor(
      shape: [neurons.count, configuration.dModel],
      values: neurons.flatMap { neuron in
        let (layer, index) = neuron.quotientAndRemainder(dividingBy: configuration.dMLP)
        let row = weights.blocks[layer].mlp.down.row(index)
        let mean =
          takesMeanAway ? Float(row.reduce(0) { $0 + Double($1) } / Double(max(1, row.count))) : 0
        return zip(row, gain).map { ($0 - mean) * $1 }
      }
    )
  }

  private func largest(_ count: Int, of logits: Tensor) -> [(id: Int, logit: Float)] {
    logits.withValues { values in
      values.indicesOfLargest(count).map { (id: $0, logit: values[$0]) }
    }
  }
}

/// What a neuron adds at one position: its activation times its row of W_out, of which the length is given; and the final
/// norm's scale there.
private struct NeuronOutput {
  /// The neuron, counted through the layers.
  var neuron: Int
  var activation: Float
  var length: Float
  var scale: Float
}
