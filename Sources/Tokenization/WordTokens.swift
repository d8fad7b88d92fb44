extension Tokenizer {
  /// The token that someone means who types a word.
  ///
  /// Within a text, a word is the token with its space; the one without begins a text or ends a word. In kana or kanji it is
  /// the one without. What is quoted, or begins with `·` for the space, is meant as it stands.
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
    if isQuoted || isSpaced { return [exact] }
    let isJapanese = word.unicodeScalars.contains {
      0x3041...0x30FF ~= $0.value || 0x4E00...0x9FFF ~= $0.value
    }
    return isJapanese ? [exact, " " + exact] : [" " + exact, exact]
  }
}
