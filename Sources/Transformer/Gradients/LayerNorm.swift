package import Tensors
package import Traces

/// The layer norm, forward and backward.
///
/// - SeeAlso: Ba et al. 2016, <https://arxiv.org/abs/1607.06450>.
package enum LayerNorm {
  /// What the way back needs to know of the way there.
  package struct Saved {
    /// `(x − mean x) / scale`, `[N, D]`.
    let normalized: Tensor
    /// `√(variance x + ε)`, `[N, 1]`.
    let scale: PerRow

    /// Takes what was computed, or recorded, on the way there.
    package init(normalized: Tensor, scale: PerRow) {
      (self.normalized, self.scale) = (normalized, scale)
    }
  }

  /// Computes `out = (x − mean x) / √(variance x + ε) · gain + bias`.
  package static func forward(
    _ x: Tensor,
    _ norm: Weights.Norm,
    epsilon: Float
  ) -> (out: Tensor, saved: Saved) {
    let centred = x - x.rowMeans()
    let variance = (centred * centred).rowMeans()
    let scale = (variance + epsilon).squareRoots()
    let normalized = centred / scale
    let scaled = normalized * norm.gain
    let out = norm.bias.map { scaled + $0 } ?? scaled
    return (out, Saved(normalized: normalized, scale: scale))
  }

  /// Computes `dx = (g − mean g − n · mean(g · n)) / scale`, with `g = dOut · gain` and n the normalized x:
  /// what would move a row's mean or its length is taken out, since the norm undoes it.
  ///
  /// - Parameters:
  ///   - dOut: `[N, D]`.
  ///   - saved: What the way there left.
  ///   - norm: The gain and the bias.
  ///   - site: Which of the model's norms it is.
  ///   - hook: Is handed the gradients on their way.
  /// - Returns: The gradients of `x` and of the norm.
  package static func backward<H: Hook>(
    _ dOut: Tensor,
    _ saved: Saved,
    _ norm: Weights.Norm,
    _ site: NormSite,
    _ hook: inout H
  ) -> (dx: Tensor, gradient: Weights.Norm) {
    let n = saved.normalized
    let dOut = hook(.normOut(site), dOut)
    let g = hook(.normalized(site), dOut * norm.gain)
    // The part of it that comes by way of the scale.
    let byScale = PerRow(values: hook(.scale(site), (g * n).rowMeans().values))
    let dx = (g - g.rowMeans() - n * byScale) / saved.scale
    return (dx, Weights.Norm(gain: (dOut * n).columnSums(), bias: dOut.columnSums()))
  }
}
