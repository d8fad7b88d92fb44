package import Tensors

/// Tokens become vectors: a row of W_E for what they are, a row of W_pos for where they stand.
package enum Embedding {
  /// Computes `out = W_E[token] + W_pos[place]`.
  ///
  /// - Parameters:
  ///   - tokens: Several sequences of one length, one after the other, S·T tokens.
  ///   - length: The length of each, T.
  ///   - weights: Has W_E, `[V, D]`, and W_pos, `[C, D]`.
  /// - Returns: `[S·T, D]`.
  package static func forward(_ tokens: [Int], length: Int, _ weights: Weights) -> Tensor {
    let embed = weights.embedding.rows(tokens)
    return weights.position.map { embed + $0.rows(tokens.indices.map { $0 % length }) } ?? embed
  }

  /// Gives a row of W_E what became of every token it was looked up for; a row of W_pos likewise.
  ///
  /// - Parameters:
  ///   - dOut: `[S·T, D]`.
  ///   - tokens: As for the way there.
  ///   - length: The length of each sequence, T.
  ///   - weights: Has W_E and W_pos.
  /// - Returns: dW_E, `[V, D]`, and dW_pos, `[C, D]`; rows that were not looked up are 0.
  package static func backward(
    _ dOut: Tensor,
    _ tokens: [Int],
    length: Int,
    _ weights: Weights
  ) -> (embedding: Tensor, position: Tensor?) {
    (
      dOut.addingRows(to: tokens, of: weights.embedding.shape),
      weights.position.map { table in
        dOut.addingRows(to: tokens.indices.map { $0 % length }, of: table.shape)
      }
    )
  }
}

extension Tensor {
  /// Adds each row to the row of a zero matrix that `places` says.
  fileprivate func addingRows(to places: [Int], of shape: [Int]) -> Tensor {
    let width = columns
    return Tensor(shape: shape) { sums in
      withValues { rows in
        for (row, place) in places.enumerated() {
          for i in 0..<width { sums[place * width + i] += rows[row * width + i] }
        }
      }
    }
  }
}
