#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The Gaussian error linear unit in GPT-2's tanh form: `½x(1 + tanh(√(2/π)(x + 0.044715x³)))`.
///
/// - SeeAlso: Hendrycks & Gimpel 2016, section 2, <https://arxiv.org/abs/1606.08415>.
public func gelu(_ x: Tensor) -> Tensor {
  x.map { u in 0.5 * u * (1 + tanh((2 / Float.pi).squareRoot() * (u + 0.044715 * u * u * u))) }
}

/// The Gaussian error linear unit as defined: `x · Φ(x) = ½x(1 + erf(x / √2))`.
///
/// - SeeAlso: Hendrycks & Gimpel 2016, section 2, <https://arxiv.org/abs/1606.08415>.
public func exactGELU(_ x: Tensor) -> Tensor {
  x.map { u in 0.5 * u * (1 + erf(u * Float(0.5).squareRoot())) }
}

/// The rectified linear unit: `max(0, x)`.
public func relu(_ x: Tensor) -> Tensor {
  x.map { u in Swift.max(u, 0) }
}
