import Platform

extension Expression.Function {
  /// What the function makes of a number.
  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .negative: -x
    case .exp: raised(x)
    case .log: logarithm(x)
    case .sqrt: x.squareRoot()
    case .tanh: hyperbolicTangent(x)
    case .abs: x.magnitude
    case .floor: x.rounded(.down)
    case .sine: ofAngle(x).sine
    case .cosine: ofAngle(x).cosine
    case .mask: x == 0 ? -.infinity : 0
    case .gelu: x / 2 * complementaryError(-x / 2.0.squareRoot())
    case .gelu_new:
      x / 2 * (1 + hyperbolicTangent((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .relu: Swift.max(0, x)
    case .silu: x / (1 + raised(-x))
    }
  }
}

/// a to the power of b.
func power(_ a: Double, _ b: Double) -> Double { b == 2 ? a * a : pow(a, b) }

// The C library's functions, out of reach of the cases that are called like them.
private func raised(_ x: Double) -> Double { exp(x) }
private func logarithm(_ x: Double) -> Double { log(x) }
private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
private func ofAngle(_ x: Double) -> (sine: Double, cosine: Double) { (sin(x), cos(x)) }
private func complementaryError(_ x: Double) -> Double { erfc(x) }
