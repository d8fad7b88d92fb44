import Tensors
import Transformer

/// The MLP's nonlinearity, forward and backward.
enum Nonlinearity {
  /// Computes `out = f(x)`, element by element.
  static func forward(_ x: Tensor, _ f: Activation) -> Tensor { f(x) }

  /// Computes `dx = dOut · f′(x)`.
  static func backward(_ dOut: Tensor, _ x: Tensor, _ f: Activation) -> Tensor {
    switch f {
    case .geluTanh: geluSlope(at: x, times: dOut)
    case .gelu: exactGELUSlope(at: x, times: dOut)
    case .relu: reluSlope(at: x, times: dOut)
    }
  }
}
