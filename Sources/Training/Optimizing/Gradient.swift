import Platform
package import Tensors
package import Transformer

/// What a change of every parameter means for the loss.
package struct Gradient: Sendable {
  /// The mean loss of the batch, in nats per token.
  package let loss: Double
  /// dLoss/dθ, in the layout of the parameters, `[N]`.
  package private(set) var values: Tensor

  /// How many sequences are worked on as one piece.
  ///
  /// Pieces are shared out over the cores. They do not depend on how many cores there are, and
  /// neither does, therefore, the order in which their gradients are added.
  private static let sequencesInAPiece = 2

  /// Computes the gradient of a batch's mean loss.
  ///
  /// - Parameters:
  ///   - batch: What the model reads, and what it should have said.
  ///   - parameters: θ, `[N]`.
  ///   - layout: Where in θ each matrix stands.
  ///   - configuration: The model's sizes and choices.
  package init(
    of batch: Sequences,
    at parameters: Tensor,
    _ layout: ParameterLayout,
    _ configuration: Configuration
  ) {
    let weights = layout.weights(in: parameters)
    let share = 1 / Double(batch.inputs.count)
    let pieces = batch.pieces(of: Self.sequencesInAPiece)
    let parts = Cores.map(count: pieces.count) { index in
      LanguageModel.lossAndGradient(pieces[index], weight: Float(share), weights, configuration)
    }
    loss = parts.reduce(0) { $0 + $1.loss } * share
    values = layout.sum(ofGradients: parts.map { $0.gradient })
  }

  /// The gradient's length, ‖g‖.
  package var norm: Double {
    values.withValues { values in
      // Single sums of a thousand squares are added in double precision.
      stride(from: 0, to: values.count, by: 1024).reduce(0.0) { sum, start in
        var part: Float = 0
        for i in start..<min(start + 1024, values.count) { part += values[i] * values[i] }
        return sum + Double(part)
      }.squareRoot()
    }
  }

  /// Shortens the gradient to a length, if it is longer.
  ///
  /// - SeeAlso: Pascanu et al. 2013, algorithm 1, <https://arxiv.org/abs/1211.5063>.
  package mutating func clip(to length: Double) {
    let norm = norm
    guard norm > length else { return }
    let factor = Float(length / norm)
    values = values.map { $0 * factor }
  }

  /// The mean loss of a batch without its gradient, in nats per token.
  package static func loss(
    of batch: Sequences,
    at parameters: Tensor,
    _ layout: ParameterLayout,
    _ configuration: Configuration
  ) -> Double {
    let weights = layout.weights(in: parameters)
    let pieces = batch.pieces(of: sequencesInAPiece)
    let sums = Cores.map(count: pieces.count) { index in
      LanguageModel.loss(pieces[index], weights, configuration)
    }
    return sums.reduce(0, +) / Double(batch.inputs.count)
  }
}

extension Sequences {
  fileprivate func pieces(of size: Int) -> [Sequences] {
    stride(from: 0, to: count, by: size).map { self[$0..<min($0 + size, count)] }
  }
}
