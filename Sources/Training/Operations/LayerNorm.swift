import Tensors
import Transformer

/// The layer norm, forward and backward.
///
/// - SeeAlso: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>.
enum LayerNorm {
  /// What the way back needs to know of the way there.
  struct Saved {
    /// `(x − mean x) / scale`, `[N, D]`.
    let normalized: Tensor
    /// `√(variance x + ε)`, `[N, 1]`.
    let scale: PerRow
  }

  /// Computes `out = (x − mean x) / √(variance x + ε) · gain + bias`.
  static func forward(
    _ x: Tensor,
    _ norm: Weights.Norm,
    epsilon: Float
  ) -> (out: Tensor, saved: Saved) {
    let centred = x - x.rowMeans()
    let variance = (centred * centred).rowMeans()
    let scale = (variance + epsilon).squareRoots()
    let normalized = centred / scale
    return (normalized * norm.gain + norm.bias, Saved(normalized: normalized, scale: scale))
  }

  /// Computes `dx = (g − mean g − n · mean(g · n)) / scale`, with `g = dOut · gain` and n the normalized x:
  /// what would move a row's mean or its length is taken out, since the norm undoes it.
  static func backward(
    _ dOut: Tensor,
    _ saved: Saved,
    _ norm: Weights.Norm
  ) -> (dx: Tensor, gradient: Weights.Norm) {
    let n = saved.normalized
    let g = dOut * norm.gain
    let dx = (g - g.rowMeans() - n * (g * n).rowMeans()) / saved.scale
    return (dx, Weights.Norm(gain: (dOut * n).columnSums(), bias: dOut.columnSums()))
  }
}
