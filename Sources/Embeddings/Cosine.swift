import Platform
public import Tensors

/// The Euclidean length of a vector: `√Σᵢ x[i]²`.
public func norm(_ x: Tensor) -> Float { dot(x, x).squareRoot() }

/// The cosine of the angle between two vectors, −1 to 1; 0 if one of them has no length.
///
/// - Precondition: `a` and `b` hold equally many elements.
public func cosine(_ a: Tensor, _ b: Tensor) -> Float {
  cosine(dot: dot(a, b), lengths: norm(a), norm(b))
}

/// The cosine that follows from a dot product and two lengths.
func cosine(dot: Float, lengths a: Float, _ b: Float) -> Float {
  // Divided one after the other, as the product of two short lengths may vanish.
  guard a > 0, b > 0 else { return 0 }
  // Rounding may take parallel vectors beyond 1.
  return min(1, max(-1, dot / a / b))
}

/// The angle whose cosine is given, in degrees, 0 to 180.
func degrees(ofCosine cosine: Double) -> Double { acos(cosine) * 180 / .pi }

/// The angle between two vectors in degrees, 0 to 180; 90 if one of them has no length.
///
/// It is computed in 64 bits, for near a cosine of 1 an angle of 0.03° is within what 32 bits round to it.
///
/// - Precondition: `a` and `b` hold equally many elements.
public func degrees(between a: Tensor, _ b: Tensor) -> Double {
  var (product, first, second) = (0.0, 0.0, 0.0)
  for (x, y) in zip(a.values, b.values) {
    product += Double(x) * Double(y)
    first += Double(x) * Double(x)
    second += Double(y) * Double(y)
  }
  guard first > 0, second > 0 else { return 90 }
  return degrees(ofCosine: min(1, max(-1, product / (first.squareRoot() * second.squareRoot()))))
}
