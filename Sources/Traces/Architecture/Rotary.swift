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

    /// A speed, changed.
    static func scaled(_ speed: Double, _ scaling: Scaling?) -> Double {
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
      Scaling.scaled(pow(base, -Double(2 * pair) / Double(dimensions)), scaling)
    }
  }
}

extension Rotary.Scaling {
  /// Finds Llama 3's scaling behind what it divides each speed by, as GGUF files state it.
  ///
  /// Only two numbers decide which part of a speed is kept, so of the three that name them one is free: `low` is 1 turn.
  ///
  /// It is `nil` if that is not what it is.
  ///
  /// - Parameters:
  ///   - speeds: The speeds before that, fastest first.
  ///   - divisors: By what each of them is divided.
  package init?(dividing speeds: [Double], by divisors: [Double]) {
    guard speeds.count == divisors.count, let factor = divisors.last, factor > 1 else { return nil }
    // The share that is kept grows in a straight line with the speed, from 0 to 1.
    let kept = zip(speeds, divisors).map {
      (speed: $0, share: (1 / $1 - 1 / factor) / (1 - 1 / factor))
    }
    let between = kept.filter { $0.share > 1e-6 && $0.share < 1 - 1e-6 }
    let fast = kept.last { $0.share >= 1 - 1e-6 }?.speed ?? speeds[0] * 2
    let slow = kept.first { $0.share <= 1e-6 }?.speed ?? 0
    var (zero, one) = ((2 * slow + fast) / 3, (slow + 2 * fast) / 3)
    if let first = between.first, let last = between.last {
      let slope =
        between.count > 1
        ? (first.share - last.share) / (first.speed - last.speed)
        : max(first.share / (first.speed - slow), (1 - first.share) / (fast - first.speed))
      zero = last.speed - last.share / slope
      one = zero + 1 / slope
    }
    guard zero > 0, one > zero else { return nil }
    let (high, original) = (one / zero, 2 * .pi / zero)
    // The file's numbers are rounded: if Llama's own 4 turns and a whole number fit them, they were made of these.
    let usual = between.first.map { (3 * $0.share + 1) * 2 * .pi / $0.speed } ?? original
    let found = [(4, usual.rounded()), (high, original)].map {
      Self.llama3(factor: factor, low: 1, high: $0.0, original: $0.1)
    }
    .first { scaling in
      zip(speeds, divisors).allSatisfy {
        abs(Self.scaled($0, scaling) * $1 / $0 - 1) < 1e-5
      }
    }
    guard let found else { return nil }
    self = found
  }
}
