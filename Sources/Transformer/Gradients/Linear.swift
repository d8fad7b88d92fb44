package import Tensors

/// A matrix and a bias, forward and backward.
package enum Linear {
  /// Computes `out = x · W + b`.
  ///
  /// - Parameters:
  ///   - x: `[N, in]`.
  ///   - layer: W, `[in, out]`, and b, `[out]`.
  /// - Returns: `[N, out]`.
  package static func forward(_ x: Tensor, _ layer: Weights.Linear) -> Tensor {
    product(x, layer.weight, plus: layer.bias)
  }

  /// Computes `dx = dOut · Wᵀ`, `dW = xᵀ · dOut`, and `db = Σ dOut` over the rows.
  ///
  /// - Parameters:
  ///   - dOut: What a change of each output means for the loss, `[N, out]`.
  ///   - x: What went in, `[N, in]`.
  ///   - layer: What it went through.
  /// - Returns: The same for `x` and for the layer.
  package static func backward(
    _ dOut: Tensor,
    _ x: Tensor,
    _ layer: Weights.Linear
  ) -> (dx: Tensor, gradient: Weights.Linear) {
    (
      dx: product(dOut, layer.weight.transposed()),
      gradient: Weights.Linear(weight: product(transposed: x, dOut), bias: dOut.columnSums())
    )
  }
}
