// What a model takes to keep and to run, counted from its sizes alone.

extension ModelSizes {
  /// T × D at a full window: the numbers that flow from block to block.
  public var stream: Int64 { context * width }

  /// The multiply–adds that the eight kinds of matrices take for one more token.
  ///
  /// Every weight is multiplied once, but for those of the embedding, where a row is looked up.
  public var multiplyAdds: Int64 { ParameterCount(self).weights - vocabulary * width }

  /// The multiply–adds that attention takes for each token it looks at.
  ///
  /// In every layer D for the token's score and D for its share of the weighted sum. Keys and values of earlier tokens are kept.
  public var multiplyAddsPerTokenSeen: Int64 { 2 * layers * headsWidth }
}

/// How finely a parameter is stored.
public enum ParameterFormat: String, Sendable, CaseIterable {
  /// 32 bits, as in training.
  case float32
  /// 16 bits, as models are usually run.
  case float16
  /// 8 bits, an integer and a shared scale: the scales, a small part, are not counted.
  case int8

  /// The size of a parameter in bytes.
  public var bytes: Int64 {
    switch self {
    case .float32: 4
    case .float16: 2
    case .int8: 1
    }
  }
}
