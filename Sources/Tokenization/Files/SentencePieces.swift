/// What a token is, by the numbers that SentencePiece and llama.cpp give it.
enum PieceKind: Int {
  case normal = 1
  case unknown, control, userDefined, unused, byte
}

extension TokenizerParts {
  /// Takes a list of tokens, of which some are found in text as a whole: signs, and words of a user's.
  mutating func take(_ tokens: [ArraySlice<UInt8>], _ kinds: [PieceKind]) {
    for (id, key) in tokens.enumerated() {
      entries.append(Entry(key: key, id: id, offset: 0))
      let isSpecial = kinds[id] == .control || kinds[id] == .unknown
      guard isSpecial || kinds[id] == .userDefined, !key.isEmpty else { continue }
      var token = AddedToken(content: Array(key), isSpecial: isSpecial)
      token.statedNormalized = false
      listed.append(AddedTokensFile.Stated(token: token, id: id))
    }
    inTokenizer = listed.count
  }

  /// Makes the tokens SentencePiece's pieces, of which any two merge that are one joined, that of the
  /// best score first.
  ///
  /// - Parameters:
  ///   - scores: A score for each token.
  ///   - kinds: What each token is; normal ones and a user's come of merges.
  ///   - isPrefixed: Whether a space goes before each stretch of text.
  mutating func takePieces(scores: [Float], _ kinds: [PieceKind], isPrefixed: Bool) {
    let marking = Normalizer.Step.replace([0x20], Metaspace.mark)
    spelling = .pieces
    preparation = TextPreparation(
      normalizer: Normalizer(steps: isPrefixed ? [.prepend(Metaspace.mark), marking] : [marking]),
      preTokenizer: PreTokenizer(rule: .none)
    )
    stripsSpace = isPrefixed
    self.scores = scores.indices.map {
      kinds[$0] == .normal || kinds[$0] == .userDefined ? scores[$0] : .nan
    }
  }
}
