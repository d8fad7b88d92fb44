import Platform
import Tensors

/// How surprised the model is by the token that does come next, at every position.
enum CrossEntropy {
  /// Computes `loss = Σ −log softmax(logits)[target]`.
  ///
  /// - Parameters:
  ///   - logits: `[N, V]`.
  ///   - targets: The token that comes next at each position, N of them.
  /// - Returns: The sum over the positions in nats, and what the way back needs.
  static func forward(
    _ logits: Tensor,
    _ targets: [Int]
  ) -> (loss: Double, probabilities: Tensor) {
    precondition(targets.count == logits.rows, "\(targets.count) targets for \(logits.shape)")
    let probabilities = softmax(logits)
    let width = logits.columns
    let loss = logits.withValues { logits in
      probabilities.withValues { p in
        targets.enumerated().reduce(0.0) { sum, position in
          let row = position.offset * width
          let target = row + position.element
          // −log p, by way of the likeliest token where p itself is too small for a float.
          if p[target] > 1e-30 { return sum - log(Double(p[target])) }
          let best = (row..<row + width).max { logits[$0] < logits[$1] } ?? row
          return sum + Double(logits[best] - logits[target]) - log(Double(p[best]))
        }
      }
    }
    return (loss, probabilities)
  }

  /// Computes `dLogits = (softmax(logits) − 1 at the target) · weight`.
  ///
  /// - Parameters:
  ///   - probabilities: The softmax, `[N, V]`.
  ///   - targets: The token that comes next at each position.
  ///   - weight: What a nat at one position counts in the loss: for the mean, 1/N.
  /// - Returns: `[N, V]`.
  static func backward(_ probabilities: Tensor, _ targets: [Int], weight: Float) -> Tensor {
    let width = probabilities.columns
    return Tensor(shape: probabilities.shape) { dLogits in
      probabilities.withValues { p in
        for i in p.indices { dLogits[i] = p[i] * weight }
      }
      for (row, target) in targets.enumerated() { dLogits[row * width + target] -= weight }
    }
  }
}
