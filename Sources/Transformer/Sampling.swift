import Tensors

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

/// The vocabulary laid out on the line from 0 to 1, likeliest token first, each with its share.
public struct Distribution: Sendable {
  /// Token ids, likeliest first; equally likely ones by id.
  public let tokens: [Int]
  /// Their probabilities, in the same order.
  public let probabilities: [Double]

  /// Turns logits into probabilities at a temperature.
  ///
  /// `p = softmax(logits / T)`; T = 0 gives everything to the largest logit.
  ///
  /// - Parameters:
  ///   - logits: One for each token of the vocabulary.
  ///   - temperature: T, 0 or more.
  public init(logits: [Float], temperature: Double) {
    let order = logits.indices.sorted { a, b in
      logits[a] == logits[b] ? a < b : logits[a] > logits[b]
    }
    tokens = order
    let largest = Double(order.first.map { logits[$0] } ?? 0)
    let shares = order.enumerated().map { rank, token in
      temperature > 0
        ? exponential((Double(logits[token]) - largest) / temperature) : (rank == 0 ? 1 : 0)
    }
    let whole = shares.reduce(0, +)
    probabilities = shares.map { $0 / whole }
  }

  /// The token on whose share a number falls, and where that share lies.
  ///
  /// - Parameter draw: A number, 0 or more and below 1.
  /// - Returns: The token's rank, and where its share begins and ends.
  public func token(at draw: Double) -> (rank: Int, low: Double, high: Double) {
    var low = 0.0
    for (rank, share) in probabilities.enumerated() {
      let high = low + share
      if draw < high || rank == probabilities.count - 1 { return (rank, low, high) }
      low = high
    }
    return (0, 0, 1)
  }
}
