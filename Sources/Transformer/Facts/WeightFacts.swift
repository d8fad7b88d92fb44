import Tensors
import Traces

extension Facts {
  /// Gains, biases: small enough to keep whole.
  func addParameters(to trace: inout Trace) {
    for (layer, block) in weights.blocks.enumerated() {
      trace[.attentionOutputBias(layer)] = block.attention.output.bias
      add(block.norm1, at: .beforeAttention(layer: layer), to: &trace)
      add(block.norm2, at: .beforeMLP(layer: layer), to: &trace)
    }
    add(weights.finalNorm, at: .final, to: &trace)
  }

  private func add(_ norm: Weights.Norm, at site: NormSite, to trace: inout Trace) {
    trace[.gain(site)] = norm.gain
    trace[.bias(site)] = norm.bias
  }

  /// Thumbnails: every so-manieth row and column of the large matrices.
  func addSamples(to trace: inout Trace) {
    func add(_ matrix: WeightMatrix, _ weight: Tensor, isTransposed: Bool = false) {
      trace[.sample(of: matrix)] = weight.sampled(isTransposed: isTransposed)
    }
    add(.embedding, weights.embedding)
    add(.position, weights.position)
    add(.unembedding, weights.unembedding.columns, isTransposed: true)
    for (layer, block) in weights.blocks.enumerated() {
      let width = configuration.dModel
      let fused = block.attention.queryKeyValue.weight
      add(.query(layer: layer), fused.columns(0..<width))
      add(.key(layer: layer), fused.columns(width..<2 * width))
      add(.value(layer: layer), fused.columns(2 * width..<3 * width))
      add(.output(layer: layer), block.attention.output.weight)
      add(.up(layer: layer), block.mlp.up.weight)
      add(.down(layer: layer), block.mlp.down.weight)
    }
  }
}

extension Tensor {
  /// A sample of at most 32 rows and 32 columns, as ``WeightMatrix/sampled(_:limit:)`` picks them.
  fileprivate func sampled(isTransposed: Bool) -> Tensor {
    let rowPicks = WeightMatrix.sampled(isTransposed ? columns : rows, limit: 32)
    let columnPicks = WeightMatrix.sampled(isTransposed ? rows : columns, limit: 32)
    let width = columns
    return Tensor(shape: [rowPicks.count, columnPicks.count]) { sample in
      withValues { values in
        var i = 0
        for row in rowPicks {
          for column in columnPicks {
            sample[i] = isTransposed ? values[column * width + row] : values[row * width + column]
            i += 1
          }
        }
      }
    }
  }
}
