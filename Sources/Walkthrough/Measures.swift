import Platform

// Small measurements on recorded vectors, in double precision so that what is derived is as exact as what is recorded.

/// The dot product Σᵢ aᵢ · bᵢ.
func dot(_ a: [Float], _ b: [Float]) -> Double {
  zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// The Euclidean length ‖a‖.
func norm(_ a: [Float]) -> Double { dot(a, a).squareRoot() }

/// The cosine of the angle between two vectors; 0 if one of them has no length.
func cosine(_ a: [Float], _ b: [Float]) -> Double {
  let lengths = norm(a) * norm(b)
  return lengths > 0 ? dot(a, b) / lengths : 0
}

/// The mean of the elements.
func mean(_ a: [Float]) -> Double {
  a.isEmpty ? 0 : a.reduce(0.0) { $0 + Double($1) } / Double(a.count)
}

/// e to the power of x.
func exponential(_ x: Double) -> Double { exp(x) }

/// The indices of the largest elements, largest first; of equal ones the lower index first.
func largest<Value: BinaryFloatingPoint>(_ count: Int, of values: [Value]) -> [Int] {
  guard count < 12 else {
    return Array(risingOrder(of: values.map { -Double($0) }).prefix(count))
  }
  // A few of many: each is put among those found so far.
  var order: [Int] = []
  for index in values.indices {
    if order.count == count {
      guard let last = order.last, values[index] > values[last] else { continue }
      order.removeLast()
    }
    let place = order.firstIndex { values[index] > values[$0] } ?? order.count
    order.insert(index, at: place)
  }
  return order
}

/// The hyperbolic tangent of x.
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

extension ActivationFinding.Function {
  /// The function's value.
  ///
  /// - SeeAlso: Hendrycks & Gimpel 2016, <https://arxiv.org/abs/1606.08415>, for GELU and its two approximations.
  func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .relu: max(0, x)
    case .gelu: x / 2 * (1 + erf(x / 2.0.squareRoot()))
    case .geluTanh: x / 2 * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
    case .silu: x / (1 + exp(-x))
    case .quickGELU: x / (1 + exp(-1.702 * x))
    }
  }
}
