import Tensors
import Traces

extension Facts {
  /// Gains, biases: small enough to keep whole.
  func addParameters(to trace: inout Trace) {
    for (layer, block) in weights.blocks.enumerated() {
      trace[.attentionOutputBias(layer)] = block.attention.output.bias
      add(block.norm1, at: .beforeAttention(layer: layer), to: &trace)
      add(block.norm2, at: .beforeMLP(layer: layer), to: &trace)
      add(block.normsAfter.first, at: .afterAttention(layer: layer), to: &trace)
      add(block.normsAfter.last, at: .afterMLP(layer: layer), to: &trace)
      add(block.attention.headNorms.first, at: .queries(layer: layer), to: &trace)
      add(block.attention.headNorms.last, at: .keys(layer: layer), to: &trace)
    }
    add(weights.finalNorm, at: .final, to: &trace)
  }

  private func add(_ norm: Weights.Norm?, at site: NormSite, to trace: inout Trace) {
    trace[.gain(site)] = norm?.gain
    trace[.bias(site)] = norm?.bias
  }

  /// Thumbnails: every so-manieth row and column of the large matrices.
  func addSamples(to trace: inout Trace) {
    var matrices = [WeightMatrix.embedding, .position, .unembedding]
    for layer in weights.blocks.indices {
      matrices += [
        .query(layer: layer), .key(layer: layer), .value(layer: layer), .output(layer: layer),
        .up(layer: layer), .down(layer: layer),
      ]
    }
    for matrix in matrices {
      var isOutput = false
      if case .output = matrix { isOutput = true }
      trace[.sample(of: matrix)] = model.transformer.parameter(named: matrix.name)
        .map { $0.sampled(isOutput: isOutput) }
    }
  }
}

extension Numbers {
  /// A sample of at most 32 rows and 32 columns, as ``WeightMatrix/sampled(_:limit:)`` picks them.
  ///
  /// The heads of W_Q, W_K and W_V, `[head, D, d]`, stand side by side; those of W_O, `[head, d, D]`, below one another.
  fileprivate func sampled(isOutput: Bool) -> Tensor {
    let outer = shape.count == 3 ? shape[0] : 1
    let (rows, columns) = (shape[shape.count - 2], shape[shape.count - 1])
    let height = isOutput ? outer * rows : rows
    let width = isOutput ? columns : outer * columns
    let rowPicks = WeightMatrix.sampled(height, limit: 32)
    let columnPicks = WeightMatrix.sampled(width, limit: 32)
    return Tensor(shape: [rowPicks.count, columnPicks.count]) { sample in
      for (i, row) in rowPicks.enumerated() {
        for (j, column) in columnPicks.enumerated() {
          let head = isOutput ? row / rows : column / columns
          let place = (head * rows + row % rows) * columns + column % columns
          sample[i * columnPicks.count + j] = self[place: place]
        }
      }
    }
  }
}
