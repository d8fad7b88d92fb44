package import Tensors
package import Traces

/// The MLP's nonlinearity, forward and backward.
package enum Nonlinearity {
  /// Computes `out = f(x)`, element by element.
  package static func forward(_ x: Tensor, _ f: Activation) -> Tensor { f(x) }

  /// Computes `dx = dOut · f′(x)`.
  package static func backward(_ dOut: Tensor, _ x: Tensor, _ f: Activation) -> Tensor {
    switch f {
    case .geluTanh: geluSlope(at: x, times: dOut)
    case .gelu: exactGELUSlope(at: x, times: dOut)
    case .relu: reluSlope(at: x, times: dOut)
    case .silu: siluSlope(at: x, times: dOut)
    }
  }
}
