package import Tensors

/// Every vector is compared with every token's column of W_U, forward and backward.
package enum Unembedding {
  /// Computes `logits = x · W_U`.
  ///
  /// - Parameters:
  ///   - x: `[N, D]`.
  ///   - unembedding: W_U.
  /// - Returns: `[N, V]`.
  package static func forward(_ x: Tensor, _ unembedding: Weights.Unembedding) -> Tensor {
    product(x, unembedding.columns.transposed())
  }

  /// Computes `dx = dLogits · W_Uᵀ` and `dW_U = xᵀ · dLogits`; W_U is kept with a row for each token.
  package static func backward(
    _ dLogits: Tensor,
    _ x: Tensor,
    _ unembedding: Weights.Unembedding
  ) -> (dx: Tensor, gradient: Weights.Unembedding) {
    (
      product(dLogits, unembedding.columns),
      Weights.Unembedding(columns: product(transposed: dLogits, x))
    )
  }
}
