extension Tokenizer {
  /// The token that someone means who types a word.
  ///
  /// Within a text, a word is the token with its space; the one without begins a text or ends a word. What is quoted, or
  /// begins with `·` for the space, is meant as it stands.
  ///
  /// - Returns: The token's id; nil if the word is not one token.
  package func token(for word: String, isQuoted: Bool) -> Int? {
    for spelling in Self.spellings(of: word, isQuoted: isQuoted) {
      if let id = id(of: spelling) { return id }
    }
    return nil
  }

  /// How a word that someone types may stand in the vocabulary, the likeliest way first.
  package static func spellings(of word: String, isQuoted: Bool) -> [String] {
    let isSpaced = word.hasPrefix("·")
    let exact = isSpaced ? " " + word.dropFirst() : word
    return isQuoted || isSpaced ? [exact] : [" " + exact, exact]
  }
}
