import Platform

/// How the queries and keys of each head are turned by their positions.
///
/// Number i of the first n and number i + n/2 are turned together, by the position times a speed of their own: θ^(−2i/n).
///
/// - SeeAlso: Su et al. 2021, section 3.4.2, <https://arxiv.org/abs/2104.09864>.
public struct Rotary: Sendable, Equatable {
  /// How the speeds are changed, so that a model can read longer texts than it learned from.
  public enum Scaling: Sendable, Equatable {
    /// Each is divided by a factor.
    case linear(factor: Double)
    /// Llama 3's: slow ones are divided by a factor, fast ones are not, and those between in part.
    ///
    /// A pair is fast if it turns more than `high` times in `original` positions, slow if fewer than `low` times.
    case llama3(factor: Double, low: Double, high: Double, original: Double)
  }

  /// How many of a head's numbers are turned, n.
  public var dimensions: Int
  /// The base of the speeds, θ.
  public var base: Double
  /// How they are changed, if they are.
  public var scaling: Scaling?

  /// Takes the choices as they are.
  public init(dimensions: Int, base: Double, scaling: Scaling? = nil) {
    (self.dimensions, self.base, self.scaling) = (dimensions, base, scaling)
  }

  /// How far each pair is turned from one position to the next, in radians: n/2 speeds, fastest first.
  public var speeds: [Double] {
    (0..<dimensions / 2).map { pair in
      let speed = pow(base, -Double(2 * pair) / Double(dimensions))
      switch scaling {
      case nil: return speed
      case .linear(let factor): return speed / factor
      case .llama3(let factor, let low, let high, let original):
        let turns = original * speed / (2 * .pi)
        let share = min(max((turns - low) / (high - low), 0), 1)
        return (1 - share) * speed / factor + share * speed
      }
    }
  }
}
