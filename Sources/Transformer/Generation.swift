public import Sampling
public import Tensors
import Traces

/// A text that a model continues: predict, sample, append, repeat.
///
/// Each turn, the model predicts from the tokens in its context window, one random number is drawn
/// from ``Sampling/SeededGenerator``, and the token whose share it falls on is appended. When the text
/// outgrows the window, its beginning is forgotten: a quarter of the window at a time, because all
/// that remains changes its place and has to be computed anew.
public struct Generation: Sendable {
  /// One turn of the crank.
  public struct Step: Sendable {
    /// What the model predicted: a score for every token, `[V]`.
    public let logits: Tensor
    /// What the token was drawn from.
    public let distribution: Distribution
    /// The random number, 0 or more and below 1.
    public let draw: Double
    /// The drawn token's place in the distribution, 0 the likeliest.
    public let rank: Int
    /// Where the drawn token's share begins on the line from 0 to 1.
    public let low: Double
    /// Where it ends.
    public let high: Double
    /// How many tokens at the beginning of the text the model did not see any more.
    public let forgotten: Int

    /// The drawn token.
    public var token: Int { distribution.tokens[rank] }
    /// Its probability.
    public var probability: Double { distribution.probabilities[rank] }
  }

  /// The text so far: the prompt's tokens and those appended.
  public private(set) var tokens: [Int]
  /// How many tokens at the beginning of the text the model does not see any more.
  public private(set) var forgotten = 0

  private let transformer: Transformer
  private let options: SamplingOptions
  private var generator: SeededGenerator
  private var cache: KeyValueCache
  private var hook: RunHook
  /// The next logits, if they are known already.
  private var known: Tensor?

  /// Starts from a prompt.
  ///
  /// - Parameters:
  ///   - prompt: Token ids, at least one, each below V; of more than the window holds, the last are seen.
  ///   - transformer: The model.
  ///   - options: How tokens are picked.
  ///   - change: What is set from outside whenever the model runs; nothing by default.
  public init(
    of prompt: [Int],
    by transformer: Transformer,
    _ options: SamplingOptions,
    _ change: InterventionHook = InterventionHook()
  ) {
    precondition(!prompt.isEmpty, "no token to start from")
    tokens = prompt
    self.transformer = transformer
    self.options = options
    hook = RunHook(change)
    generator = SeededGenerator(seed: options.seed)
    cache = KeyValueCache(for: transformer.configuration)
  }

  /// Starts from a prompt that the model has just read.
  ///
  /// - Parameters:
  ///   - prompt: As for ``init(of:by:_:_:)``, all of it within the window.
  ///   - transformer: The model.
  ///   - options: How tokens are picked.
  ///   - change: What is set from outside whenever the model runs.
  ///   - reading: What the model remembers of the prompt, and the logits after it, `[V]`.
  init(
    of prompt: [Int],
    by transformer: Transformer,
    _ options: SamplingOptions,
    _ change: InterventionHook,
    after reading: (cache: KeyValueCache, logits: Tensor)
  ) {
    self.init(of: prompt, by: transformer, options, change)
    (cache, known) = (reading.cache, reading.logits)
  }

  /// Predicts, samples and appends.
  ///
  /// - Returns: What happened.
  public mutating func next() -> Step {
    let logits = predict()
    let distribution = Distribution(logits: logits, options)
    let draw = generator.unit()
    let (rank, low, high) = distribution.token(at: draw)
    tokens.append(distribution.tokens[rank])
    return Step(
      logits: logits,
      distribution: distribution,
      draw: draw,
      rank: rank,
      low: low,
      high: high,
      forgotten: forgotten
    )
  }

  /// Forgets all but the last tokens, so that the model sees no more of the text than those.
  ///
  /// - Parameter count: How many tokens from the text's beginning are forgotten in all.
  public mutating func forget(_ count: Int) {
    precondition(forgotten...tokens.count - 1 ~= count, "\(count) of \(tokens.count) tokens")
    forgotten = count
    // Positions are told from the beginning of the text, whatever of it is forgotten.
    hook.first.textStart = count
    cache = KeyValueCache(for: transformer.configuration)
  }

  /// Appends tokens that somebody else chose.
  ///
  /// - Parameter given: Token ids, each below V.
  public mutating func append(_ given: [Int]) { tokens += given }

  /// The logits for what comes after the text, `[V]`.
  private mutating func predict() -> Tensor {
    if let known {
      self.known = nil
      return known
    }
    let window = transformer.configuration.contextLength
    if tokens.count - forgotten > window {
      forget(tokens.count - max(1, window - window / 4))
    }
    let new = Array(tokens[(forgotten + cache.length)...])
    return transformer.nextLogits(after: new, continuing: &cache, &hook)
  }
}
