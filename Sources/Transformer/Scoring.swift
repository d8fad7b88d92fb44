import Platform
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
    self.init(of: token, in: logits, shares: softmax(logits))
  }

  /// Looks tokens up in what was predicted of them.
  ///
  /// - Parameters:
  ///   - tokens: The tokens that came, n of them.
  ///   - logits: The score of every token in the place of each, `[n, V]`.
  /// - Returns: One for each token.
  static func all(of tokens: ArraySlice<Int>, in logits: Tensor) -> [TokenPrediction] {
    let shares = softmax(logits)
    return zip(tokens, 0..<logits.rows).map { token, row in
      TokenPrediction(of: token, in: logits.slice(row), shares: shares.slice(row))
    }
  }

  /// Looks a token up in a prediction of which the softmax is known.
  private init(of token: Int, in logits: Tensor, shares: Tensor) {
    let (own, largest, rank) = logits.withValues { logits in
      let own = logits[token]
      var (largest, rank) = (own, 1)
      for id in 0..<token { rank &+= logits[id] >= own ? 1 : 0 }
      for id in token..<logits.count { rank &+= logits[id] > own ? 1 : 0 }
      for logit in logits { largest = max(largest, logit) }
      return (own, largest, rank)
    }
    // The likeliest token's share is e^0 over the sum of all powers. A single precision's least number is no bound for the
    // token's own share then.
    let likeliest = shares.withValues { Double($0.max() ?? 1) }
    probability = exponential(Double(own) - Double(largest)) * likeliest
    self.rank = rank
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
  ///   - progress: Is told which share of the text has been read, while there is more.
  /// - Returns: One prediction for each token but the first; nil if the model's logits are not finite.
  public func predictions(
    of tokens: [Int],
    _ interventions: [Intervention] = [],
    progress: (Double) -> Void = { _ in }
  ) -> [TokenPrediction]? {
    let windows = windows(over: tokens.count)
    // Of few windows, each is read by all cores; of many, each core reads some of its own.
    let isShared = windows.count >= 2 * coreCount
    var predictions: [TokenPrediction] = []
    var done = 0
    while done < windows.count {
      let next = windows[done..<min(done + (isShared ? 4 * coreCount : 1), windows.count)]
      let read = { self.predictions(in: next[next.startIndex + $0], of: tokens, interventions) }
      let parts = isShared ? Cores.map(count: next.count, read) : [read(0)]
      for part in parts {
        guard let part else { return nil }
        predictions += part
      }
      done = next.endIndex
      progress(Double(done) / Double(windows.count))
    }
    return predictions
  }

  /// A part of a text that is read at once.
  private struct Window {
    /// The places of its tokens.
    let tokens: Range<Int>
    /// The first token that is predicted in it.
    let firstPredicted: Int
  }

  private func windows(over count: Int) -> [Window] {
    let length = configuration.contextLength
    var windows: [Window] = []
    var (start, predicted) = (0, 1)
    while predicted < count {
      let end = min(start + length, count)
      windows.append(Window(tokens: start..<end, firstPredicted: predicted))
      // The last token of a window predicts the one behind it.
      predicted = end + 1
      start = max(start + 1, end - length / 2)
    }
    return windows
  }

  /// Predictions of the tokens of a window, and of the one behind it, that were not predicted before.
  private func predictions(
    in window: Window,
    of tokens: [Int],
    _ interventions: [Intervention]
  ) -> [TokenPrediction]? {
    // Means are of the whole text where it fits the window, its last token included.
    var hook = RunHook(self.interventions(interventions, on: Array(tokens[window.tokens])))
    hook.first.textStart = window.tokens.lowerBound
    // The last token of all predicts what nobody wrote.
    let seen = window.tokens.clamped(to: 0..<tokens.count - 1)
    var cache = KeyValueCache(for: configuration)
    let stream = stream(of: Array(tokens[seen]), after: &cache, &hook)
    var predictions: [TokenPrediction] = []
    // A few positions at a time: the logits of all would be T × V.
    for first in stride(from: window.firstPredicted - 1, to: seen.upperBound, by: 64) {
      let places = first..<min(first + 64, seen.upperBound)
      let start = first - seen.lowerBound
      let rows = stream.rows(start..<start + places.count)
      let logits = logits(of: rows, from: start, &hook)
      guard logits.firstNonFinite == nil else { return nil }
      predictions += TokenPrediction.all(
        of: tokens[places.lowerBound + 1..<places.upperBound + 1],
        in: logits
      )
    }
    return predictions
  }
}
