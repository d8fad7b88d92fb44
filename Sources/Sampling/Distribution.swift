import Platform
public import Tensors

/// How the next token is picked from what the model predicts.
///
/// In this order: logits are divided by the temperature, the ``topK`` likeliest tokens are kept, of
/// those the fewest that reach ``topP``, and what remains is scaled up to 1 again.
public struct SamplingOptions: Sendable, Equatable {
  /// T: below 1 the likeliest tokens gain, above 1 they lose; 0 always picks the likeliest.
  public var temperature = 1.0
  /// How many of the likeliest tokens are kept; all if not given.
  public var topK: Int?
  /// Of the tokens kept, the likeliest are kept until they reach this share; all if not given.
  public var topP: Double?
  /// What the draws start from.
  public var seed: UInt64 = 0

  /// Draws from the distribution as the model predicts it.
  public init() {}

  /// Whether tokens are drawn from the distribution as the model predicts it.
  public var changesNothing: Bool { temperature == 1 && topK == nil && topP == nil }
}

/// The tokens that may come next laid out on the line from 0 to 1, likeliest first, each with its
/// share.
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
    var options = SamplingOptions()
    options.temperature = temperature
    self.init(logits: Tensor(shape: [logits.count], values: logits), options)
  }

  /// Turns logits into the probabilities that a token is drawn by.
  ///
  /// - Parameters:
  ///   - logits: One for each token of the vocabulary, `[V]`.
  ///   - options: What changes the probabilities, and which tokens are kept.
  /// - Complexity: O(V).
  public init(logits: Tensor, _ options: SamplingOptions) {
    let temperature = options.temperature
    let order = logits.withValues { $0.indicesInFallingOrder() }.prefix(options.topK ?? .max)
    let shares = logits.withValues { logits in
      let largest = Double(order.first.map { logits[$0] } ?? 0)
      return [Double](unsafeUninitializedCapacity: order.count) { shares, count in
        count = order.count
        inParallel(count: count, work: 30 * count) { ranks in
          for rank in ranks {
            let share =
              temperature > 0
              ? exp((Double(logits[order[rank]]) - largest) / temperature)
              : (rank == 0 ? 1 : 0)
            shares.initializeElement(at: rank, to: share)
          }
        }
      }
    }
    let kept = Self.nucleus(of: shares, reaching: options.topP ?? 1)
    let whole = kept.reduce(0, +)
    probabilities = kept.map { $0 / whole }
    tokens = Array(order.prefix(kept.count))
  }

  /// The fewest of the largest shares that together are `p` of the whole; one at least.
  ///
  /// - SeeAlso: Holtzman et al. 2020, section 3.1, <https://arxiv.org/abs/1904.09751>.
  private static func nucleus(of shares: [Double], reaching p: Double) -> ArraySlice<Double> {
    guard p < 1 else { return shares[...] }
    let goal = p * shares.reduce(0, +)
    var sum = 0.0
    for (rank, share) in shares.enumerated() {
      sum += share
      if sum >= goal { return shares[...rank] }
    }
    return shares[...]
  }

  /// The token on whose share a number falls, and where that share lies.
  ///
  /// - Parameter draw: A number, 0 or more and below 1.
  /// - Returns: The token's rank, and where its share begins and ends.
  public func token(at draw: Double) -> (rank: Int, low: Double, high: Double) {
    var hit = (rank: 0, low: 0.0, high: 0.0)
    // Rounding may leave the last share short of 1: a draw behind it falls on it all the same.
    for (rank, share) in probabilities.enumerated() where share > 0 {
      hit = (rank, hit.high, hit.high + share)
      if draw < hit.high { break }
    }
    return hit
  }
}
