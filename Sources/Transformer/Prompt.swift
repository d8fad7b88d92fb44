import Tokenization

/// A text that a model can take: its tokens, as many as the context window holds at most.
public struct Prompt: Sendable, Equatable {
  /// The text the model is given.
  public let text: String
  /// Its tokens, at least one.
  public let tokens: [Int]
  /// How many of them the tokenizer put before the text and after it.
  public let put: Put
  /// How many tokens the whole text has, those that were left out included.
  public let wholeCount: Int

  /// Tokens around a text.
  public struct Put: Sendable, Equatable {
    /// Before it.
    public var before = 0
    /// After it.
    public var after = 0
  }
}

/// Why a text cannot be given to a model.
public enum PromptError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The vocabulary has no token for any of it.
  case noTokens(model: String)
  /// The tokenizer gives an id that the model has no row for.
  case strayToken(id: Int, vocabulary: Int)
  /// It has more tokens than the context window holds.
  case tooLong(count: Int, limit: Int, model: String)

  /// One sentence that says what is wrong.
  public var description: String {
    switch self {
    case .noTokens(let model): "the vocabulary of \(model) has no token for any of the prompt"
    case .strayToken(let id, let vocabulary):
      "the tokenizer gives token id \(id), but the model's vocabulary has \(vocabulary) tokens"
    case .tooLong(let count, let limit, let model):
      "the prompt has \(count) tokens, but the context window of \(model) holds \(limit)"
    }
  }
}

extension Model {
  /// Checks that the model has a row for each of a text's tokens, and that there is one.
  ///
  /// - Throws: ``PromptError/noTokens(model:)`` or ``PromptError/strayToken(id:vocabulary:)``.
  public func check(_ tokens: [Int]) throws(PromptError) {
    guard !tokens.isEmpty else { throw .noTokens(model: name) }
    let vocabulary = transformer.configuration.dVocab
    if let stray = tokens.first(where: { $0 >= vocabulary }) {
      throw .strayToken(id: stray, vocabulary: vocabulary)
    }
  }

  /// Cuts a text into tokens that the model can take.
  ///
  /// - Parameters:
  ///   - text: The text, as typed.
  ///   - addsSpecialTokens: Whether the tokenizer puts tokens around it, if it does so by itself.
  ///   - keepsLast: Whether of a text longer than the context window the last tokens are taken.
  /// - Returns: The text and its tokens.
  /// - Throws: ``PromptError``.
  public func prompt(
    _ text: String,
    addingSpecialTokens addsSpecialTokens: Bool = true,
    keepingLast keepsLast: Bool = false
  ) throws(PromptError) -> Prompt {
    let surrounding = addsSpecialTokens ? tokenizer.surrounding : SurroundingTokens()
    let put = Prompt.Put(before: surrounding.before.count, after: surrounding.after.count)
    let own = tokenizer.encode(text)
    let all = surrounding.around(own)
    let limit = transformer.configuration.contextLength
    try check(all)
    guard all.count > limit else {
      return Prompt(text: text, tokens: all, put: put, wholeCount: all.count)
    }
    guard keepsLast else { throw .tooLong(count: all.count, limit: limit, model: name) }
    let kept = surrounding.fitting(own, in: limit)
    return Prompt(
      text: tokenizer.decode(kept),
      tokens: Array(surrounding.around(kept).suffix(limit)),
      put: put,
      wholeCount: all.count
    )
  }
  /// The prompt that tokens make up.
  ///
  /// - Parameter tokens: Token ids, at least one. Those at either end that the tokenizer puts around texts are taken to be
  ///   put there, unless nothing else is left.
  /// - Returns: The text of the others, and all tokens.
  public func prompt(of tokens: [Int]) -> Prompt {
    let surrounding = tokenizer.surrounding
    var put = Prompt.Put()
    var own = tokens[...]
    if own.count > surrounding.before.count, own.starts(with: surrounding.before) {
      put.before = surrounding.before.count
      own.removeFirst(put.before)
    }
    if own.count > surrounding.after.count,
      own.suffix(surrounding.after.count).elementsEqual(surrounding.after)
    {
      put.after = surrounding.after.count
      own.removeLast(put.after)
    }
    let text = tokenizer.decode(Array(own))
    return Prompt(text: text, tokens: tokens, put: put, wholeCount: tokens.count)
  }
}
