import Tensors
import Traces
import Transformer

/// The whole model, forward to the loss and backward to every parameter.
enum LanguageModel {
  /// The loss of several sequences, and its gradient.
  ///
  /// - Parameters:
  ///   - sequences: What the model reads and what it should have said.
  ///   - weight: What a nat at one position counts in the gradient.
  ///   - weights: What the model knows so far.
  ///   - configuration: Its sizes and choices.
  /// - Returns: The sum of the loss over the positions in nats, and the gradient of that sum times
  ///   `weight`, laid out as the weights are. Of a tied W_U, the gradient stands apart from W_E's.
  static func lossAndGradient(
    _ sequences: Sequences,
    weight: Float,
    _ weights: Weights,
    _ configuration: Configuration
  ) -> (loss: Double, gradient: Weights) {
    let shape = { layer in AttentionShape(sequences, configuration, layer: layer) }
    let length = sequences.length

    // Forward.
    var stream = Embedding.forward(sequences.inputs, length: length, weights)
    var saved: [TransformerBlock.Saved] = []
    for (layer, block) in weights.blocks.enumerated() {
      let step = TransformerBlock.forward(stream, block, shape(layer), configuration)
      stream = step.residPost
      saved.append(step.saved)
    }
    let epsilon = configuration.epsilon
    let (final, finalNorm) = LayerNorm.forward(stream, weights.finalNorm, epsilon: epsilon)
    let logits = Unembedding.forward(final, weights.unembedding)
    let (loss, probabilities) = CrossEntropy.forward(logits, sequences.targets)

    // Backward.
    let dLogits = CrossEntropy.backward(probabilities, sequences.targets, weight: weight)
    let (dFinal, dUnembedding) = Unembedding.backward(dLogits, final, weights.unembedding)
    var nobody = NoRecorder()
    var (dStream, dFinalNorm) = LayerNorm.backward(
      dFinal,
      finalNorm,
      weights.finalNorm,
      .final,
      &nobody
    )
    var blocks: [Weights.Block] = []
    for (layer, block) in weights.blocks.enumerated().reversed() {
      let step = TransformerBlock.backward(
        dStream,
        saved.removeLast(),
        block,
        shape(layer),
        layer,
        configuration,
        &nobody
      )
      dStream = step.dResidPre
      blocks.insert(step.gradient, at: 0)
    }
    let (dW_E, dW_pos) = Embedding.backward(dStream, sequences.inputs, length: length, weights)
    let gradient = Weights(
      embedding: dW_E,
      position: dW_pos,
      blocks: blocks,
      finalNorm: dFinalNorm,
      unembedding: dUnembedding
    )
    return (loss, gradient)
  }

  /// The loss alone, as the sum over the positions in nats.
  static func loss(
    _ sequences: Sequences,
    _ weights: Weights,
    _ configuration: Configuration
  ) -> Double {
    var stream = Embedding.forward(sequences.inputs, length: sequences.length, weights)
    for (layer, block) in weights.blocks.enumerated() {
      let shape = AttentionShape(sequences, configuration, layer: layer)
      stream = TransformerBlock.forward(stream, block, shape, configuration).residPost
    }
    let (final, _) = LayerNorm.forward(
      stream,
      weights.finalNorm,
      epsilon: configuration.epsilon
    )
    let logits = Unembedding.forward(final, weights.unembedding)
    return CrossEntropy.forward(logits, sequences.targets).loss
  }
}

extension AttentionShape {
  fileprivate init(_ sequences: Sequences, _ configuration: Configuration, layer: Int) {
    self.init(
      sequenceCount: sequences.count,
      length: sequences.length,
      headCount: configuration.headCount,
      dHead: configuration.dHead,
      divisor: configuration.attentionDivisor(layer: layer)
    )
  }
}
