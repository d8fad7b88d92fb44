public import Tensors
public import Traces

/// What a model thought of a token before it saw it.
public struct TokenPrediction: Sendable, Equatable {
  /// The token's probability.
  public let probability: Double
  /// The token's place among all, 1 the likeliest; equally likely ones by id.
  public let rank: Int

  /// Looks a token up in a prediction.
  ///
  /// - Parameters:
  ///   - token: The token that came.
  ///   - logits: The score of every token, `[V]`.
  public init(of token: Int, in logits: Tensor) {
    (probability, rank) = logits.withValues { logits in
      let own = logits[token]
      let largest = logits.max() ?? own
      var (whole, rank) = (0.0, 1)
      for (id, logit) in logits.enumerated() {
        whole += exponential(Double(logit) - Double(largest))
        if logit > own || (logit == own && id < token) { rank += 1 }
      }
      return (exponential(Double(own) - Double(largest)) / whole, rank)
    }
  }
}

extension Transformer {
  /// What the model thought of every token of a text; the first has nothing to be predicted from.
  ///
  /// A text longer than the context window is read in windows that overlap by half, so that each
  /// token beyond the first window is predicted from half a window at least.
  ///
  /// - Parameters:
  ///   - tokens: Token ids, each below V.
  ///   - interventions: What is set from outside; means are those of the window that is read.
  /// - Returns: One prediction for each token but the first; nil if the model's logits are not finite.
  public func predictions(
    of tokens: [Int],
    _ interventions: [Intervention] = []
  ) -> [TokenPrediction]? {
    var predictions: [TokenPrediction] = []
    let window = configuration.contextLength
    var start = 0
    while predictions.count < tokens.count - 1 {
      let end = min(start + window, tokens.count)
      // The last token of all predicts what nobody wrote.
      let seen = Array(tokens[start..<min(end, tokens.count - 1)])
      let known = predictions.count
      // Means are of the whole text where it fits the window, its last token included.
      var change = self.interventions(interventions, on: Array(tokens[start..<end]))
      change.textStart = start
      guard
        let new = self.predictions(
          after: seen,
          of: tokens,
          from: start,
          skipping: known,
          &change
        )
      else { return nil }
      predictions += new
      start = max(start + 1, end - window / 2)
    }
    return predictions
  }

  /// Predictions for the tokens after those of a window, leaving out the first ones of the text.
  private func predictions(
    after seen: [Int],
    of tokens: [Int],
    from start: Int,
    skipping known: Int,
    _ change: inout InterventionHook
  ) -> [TokenPrediction]? {
    var cache = KeyValueCache(for: configuration)
    let stream = stream(of: seen, after: &cache, &change)
    var predictions: [TokenPrediction] = []
    // A few positions at a time: the logits of all would be T × V.
    for first in stride(from: known - start, to: seen.count, by: 64) {
      let rows = stream.rows(first..<min(first + 64, seen.count))
      let logits = logits(of: rows, from: first, &change)
      guard logits.firstNonFinite == nil else { return nil }
      for row in 0..<rows.rows {
        let next = tokens[start + first + row + 1]
        predictions.append(TokenPrediction(of: next, in: logits.slice(row)))
      }
    }
    return predictions
  }
}
