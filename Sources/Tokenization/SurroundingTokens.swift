/// The tokens that a tokenizer puts before and after every text, such as one that begins a text.
public struct SurroundingTokens: Equatable, Sendable {
  /// Ids put before the text.
  public var before: [Int]
  /// Ids put after the text.
  public var after: [Int]

  /// Makes a choice of tokens; none by default.
  public init(before: [Int] = [], after: [Int] = []) {
    (self.before, self.after) = (before, after)
  }

  /// Puts tokens around a text's own.
  public func around(_ text: [Int]) -> [Int] { before + text + after }

  /// The last of a text's own tokens, as many as there is room for beside these.
  ///
  /// - Parameters:
  ///   - text: The text's own tokens.
  ///   - limit: How many tokens there may be in all.
  /// - Returns: The end of the text's own tokens.
  public func fitting(_ text: [Int], in limit: Int) -> [Int] {
    Array(text.suffix(max(0, limit - before.count - after.count)))
  }
}
