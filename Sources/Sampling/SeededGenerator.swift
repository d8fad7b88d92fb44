/// A generator of random numbers that gives the same ones on every platform: SplitMix64.
///
/// - SeeAlso: Steele, Lea & Flood 2014, *Fast Splittable Pseudorandom Number Generators*, figure 17.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts at a seed; the same seed gives the same numbers.
  public init(seed: UInt64) { state = seed }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// The next random number, 0 or more and below 1: the upper 53 bits of ``next()`` over 2⁵³.
  public mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
