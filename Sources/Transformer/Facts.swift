import Embeddings
import Tensors
import Traces

/// Records what a walkthrough shows beside the activations.
struct Facts {
  let model: Model

  private var weights: Weights { model.transformer.weights }
  private var configuration: Configuration { model.transformer.configuration }

  /// The activations that facts are computed from.
  static func needed(layerCount: Int) -> Set<HookPoint> {
    Set(
      [.embed, .residPre(0), .logits]
        + (0..<layerCount).flatMap { [.residPost($0), .mlpPost($0)] }
    )
  }

  func add(to trace: inout Trace) {
    addNeighbours(to: &trace)
    addLens(to: &trace)
    addUnembedding(to: &trace)
    addNeurons(to: &trace)
    addParameters(to: &trace)
    addSamples(to: &trace)
  }

  // MARK: - Embedding

  /// The tokens nearest to each of the prompt's by cosine in W_E.
  private func addNeighbours(to trace: inout Trace) {
    guard let embed = trace[.embed] else { return }
    let count = min(6, configuration.dVocab - 1)
    guard count > 0 else { return }
    let nearest = Neighbours(in: weights.embedding)
      .nearest(to: embed, count: count, excluding: trace.tokens.map(\.id))
    let ids = nearest.flatMap { $0.map(\.index) }
    let shape = [trace.tokens.count, count]
    trace[.neighbourID] = Tensor(shape: shape, values: ids.map(Float.init))
    trace[.neighbourCosine] = Tensor(shape: shape, values: nearest.flatMap { $0.map(\.cosine) })
    trace[.neighbourEmbed] = weights.embedding.rows(ids).reshaped(
      to: shape + [configuration.dModel]
    )
  }

  // MARK: - Logit lens

  /// What would be predicted if the stream were read out before the first block and after each.
  private func addLens(to trace: inout Trace) {
    let streams =
      [trace[.residPre(0)]] + (0..<configuration.layerCount).map { trace[.residPost($0)] }
    let count = min(5, configuration.dVocab)
    var ids: [Float] = []
    var probabilities: [Float] = []
    for stream in streams {
      guard let stream else { return }
      // A few positions at a time: the logits of all would be T × V.
      for start in stride(from: 0, to: stream.rows, by: 64) {
        let positions = Array(start..<min(start + 64, stream.rows))
        for row in guesses(of: stream.rows(positions), count: count) {
          ids += row.map { Float($0.id) }
          probabilities += row.map(\.probability)
        }
      }
    }
    let shape = [streams.count, trace.tokens.count, count]
    trace[.lensID] = Tensor(shape: shape, values: ids)
    trace[.lensProbability] = Tensor(shape: shape, values: probabilities)
  }

  private func guesses(of stream: Tensor, count: Int) -> [[(id: Int, probability: Float)]] {
    var nobody = NoRecorder()
    let final = model.transformer.layerNorm(stream, weights.finalNorm, .final, &nobody)
    let probabilities = softmax(weights.unembedding(final))
    return (0..<stream.rows).map { row in
      probabilities.slice(row).withValues { row in
        row.indicesOfLargest(count).map { (id: $0, probability: row[$0]) }
      }
    }
  }

  // MARK: - Unembedding

  /// The columns of W_U for the likeliest next tokens.
  private func addUnembedding(to trace: inout Trace) {
    guard let logits = trace[.logits] else { return }
    let ids = logits.slice(logits.rows - 1).withValues { $0.indicesOfLargest(5) }
    trace[.unembedID] = Tensor(shape: [ids.count], values: ids.map(Float.init))
    trace[.unembedColumn] = weights.unembedding.columns.rows(ids)
  }

  // MARK: - Neurons

  /// The neurons that add most to the last position's vector, and which tokens they promote.
  private func addNeurons(to trace: inout Trace) {
    let count = min(6, configuration.dMLP)
    let promotedCount = min(5, configuration.dVocab)
    var indices: [Float] = []
    var outputs: [Tensor] = []
    var activations: [Float] = []
    for (layer, block) in weights.blocks.enumerated() {
      guard let post = trace[.mlpPost(layer)] else { return }
      let last = post.slice(post.rows - 1).values
      let norms = block.mlp.down.weight.rowLengths().values.values
      let strengths = zip(last, norms).map { abs($0) * $1 }
      let neurons = strengths.withUnsafeBufferPointer { $0.indicesOfLargest(count) }
      indices += neurons.map(Float.init)
      outputs.append(block.mlp.down.weight.rows(neurons))
      activations += neurons.map { last[$0] }
    }
    let layers = configuration.layerCount
    let rows = Tensor(
      shape: [layers * count, configuration.dModel],
      values: outputs.flatMap(\.values)
    )
    let promoted = promotions(of: rows, activations: activations, count: promotedCount)
    trace[.neuronIndex] = Tensor(shape: [layers, count], values: indices)
    trace[.neuronOutput] = rows.reshaped(to: [layers, count, configuration.dModel])
    trace[.promotedID] = Tensor(
      shape: [layers, count, promotedCount],
      values: promoted.flatMap { $0.map { Float($0.id) } }
    )
    trace[.promotedLogit] = Tensor(
      shape: [layers, count, promotedCount],
      values: promoted.flatMap { $0.map(\.logit) }
    )
  }

  /// The tokens whose logits `activation · row · W_U` raises most, for each row.
  private func promotions(
    of rows: Tensor,
    activations: [Float],
    count: Int
  ) -> [[(id: Int, logit: Float)]] {
    let logits = weights.unembedding(rows)
    return activations.enumerated().map { row, activation in
      let added = logits.slice(row).map { $0 * activation }
      return added.withValues { added in
        added.indicesOfLargest(count).map { (id: $0, logit: added[$0]) }
      }
    }
  }

  // MARK: - Weights

  /// Gains, biases: small enough to keep whole.
  private func addParameters(to trace: inout Trace) {
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
  private func addSamples(to trace: inout Trace) {
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
