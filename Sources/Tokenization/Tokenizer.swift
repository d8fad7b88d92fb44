/// A tokenizer: text to token ids and back, by byte-pair encoding of bytes, or of SentencePiece's
/// characters.
///
/// 1. Added tokens, such as `<|endoftext|>`, are found.
/// 2. The text between them is cut into pieces (``PreTokenizer``).
/// 3. A piece is taken as the bytes of its UTF-8; each is a token. With SentencePiece, each character
///    is, and the bytes of those without a token.
/// 4. Neighbours merge, the merge that was learned first going first, until no pair is left that
///    merges.
///
/// Every text has tokens, for every text is bytes; and the tokens' bytes, joined, are the text as
/// it was normalized.
///
/// - SeeAlso: Radford et al. 2019, section 2.2 (the GPT-2 paper).
public struct Tokenizer: Sendable {
  private let vocabulary: Vocabulary
  private let encoding: BytePairEncoding
  private let addedTokens: [AddedVocabulary.Entry]
  private let finder: AddedTokenFinder
  private let preparation: TextPreparation
  private let stripsSpace: Bool

  /// The token that ends a text: `<|endoftext|>`, or the `eos_token` that the folder names.
  public let endOfTextID: Int?

  /// The tokens that the tokenizer puts around every text; most of GPT-2's kind put none.
  public let surrounding: SurroundingTokens

  /// What a reader of the folder should know: where its files contradict one another.
  public let notes: [String]

  /// The size of the vocabulary: the largest id plus one.
  public var count: Int { vocabulary.count }

  /// A tokenizer of parts that fit together.
  init(
    vocabulary: Vocabulary,
    encoding: BytePairEncoding,
    added: [AddedVocabulary.Entry],
    surrounding: SurroundingTokens,
    notes: [String],
    preparation: TextPreparation,
    stripsSpace: Bool,
    endOfTextID: Int?
  ) {
    self.vocabulary = vocabulary
    self.encoding = encoding
    self.preparation = preparation
    self.stripsSpace = stripsSpace
    self.endOfTextID = endOfTextID
    self.surrounding = surrounding
    self.notes = notes
    addedTokens = added
    finder = AddedTokenFinder(added, normalizer: preparation.normalizer)
  }

  /// The tokens of a text.
  ///
  /// A byte that the vocabulary has no token for (GPT-2's own has all) is left out, as Hugging
  /// Face does.
  ///
  /// - Parameters:
  ///   - text: Any text; empty text has no tokens of its own.
  ///   - addsSpecialTokens: Whether ``surrounding`` tokens are put around those of the text.
  /// - Returns: Token ids, each less than ``count``.
  /// - Complexity: O(n log m) for n bytes in pieces of at most m.
  public func encode(_ text: String, addingSpecialTokens addsSpecialTokens: Bool = false) -> [Int] {
    if addsSpecialTokens { return surrounding.around(encode(text)) }
    let bytes = Array(text.utf8)
    var ids: [Int] = []
    ids.reserveCapacity(bytes.count / 3)
    for segment in finder.segments(of: bytes) {
      if segment.token >= 0 {
        ids.append(segment.token)
        continue
      }
      let prepared = preparation.prepared(segment.text, isFirst: segment.isFirst)
      let text = prepared.span
      var start = 0
      for end in preparation.preTokenizer.ends(ofPiecesOf: text) {
        encoding.encode(text.extracting(start..<end), into: &ids)
        start = end
      }
    }
    return ids
  }

  /// The pieces of a text that merges do not cross, in order, each with its tokens.
  ///
  /// - Parameter text: Any text.
  /// - Returns: What the pre-tokenizer cuts out, and added tokens, each a piece of its own. The tokens, joined, are those
  ///   that ``encode(_:addingSpecialTokens:)`` gives.
  public func pieces(of text: String) -> [(text: String, ids: [Int])] {
    let bytes = Array(text.utf8)
    var pieces: [(text: String, ids: [Int])] = []
    for segment in finder.segments(of: bytes) {
      if segment.token >= 0 {
        pieces.append((self.text(of: segment.token).string, [segment.token]))
        continue
      }
      let text = Array(preparation.prepared(segment.text, isFirst: segment.isFirst))
      var start = 0
      for end in preparation.preTokenizer.ends(ofPiecesOf: text.span) {
        var ids: [Int] = []
        encoding.encode(text.span.extracting(start..<end), into: &ids)
        var bytes = Array(text[start..<end])
        if case .pieces = vocabulary.spelling { bytes = Spelling.pieces.bytes(of: bytes[...]) }
        pieces.append((String(decoding: bytes, as: UTF8.self), ids))
        start = end
      }
    }
    return pieces
  }

  /// The text of tokens.
  ///
  /// - Parameters:
  ///   - ids: Token ids; those without a token are left out.
  ///   - skipsSpecial: Whether special tokens, such as one that begins a text, are left out.
  /// - Returns: Exactly the text that was encoded, as it was normalized; where the tokens' bytes are
  ///   not UTF-8 (a sequence cut within a character), U+FFFD stands for them.
  public func decode(_ ids: [Int], skippingSpecialTokens skipsSpecial: Bool = false) -> String {
    var bytes: [UInt8] = []
    for id in ids {
      if skipsSpecial, isSpecial(id) { continue }
      if let token = vocabulary[id] { bytes += token }
    }
    // The one that the tokenizer puts before every text.
    if stripsSpace, bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Whether a token is a sign, such as the end of a text, and no word.
  public func isSpecial(_ id: Int) -> Bool {
    addedTokens.contains { $0.id == id && $0.token.isSpecial }
  }

  /// How the tokenizer's files write a token: `Ġking`, `▁king`, `<0xE6>`.
  ///
  /// - Parameter id: Any number.
  /// - Returns: nil for an id with no token.
  package func key(of id: Int) -> String? {
    vocabulary.key(of: id).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The bytes a token stands for.
  ///
  /// - Parameter id: Any number.
  /// - Returns: nil for an id with no token.
  public func bytes(of id: Int) -> [UInt8]? { vocabulary[id] }

  /// How a token is shown.
  ///
  /// - Parameter id: Any number; one with no token has no bytes.
  /// - Returns: Its bytes and text.
  public func text(of id: Int) -> TokenText { TokenText(bytes: vocabulary[id] ?? []) }

  /// The token that is exactly this text.
  ///
  /// - Parameter token: Decoded text: `" king"` with its space, not `Ġking`.
  /// - Returns: nil if no single token is.
  public func id(of token: String) -> Int? {
    let bytes = Array(token.utf8)
    return addedTokens.first { $0.token.content == bytes }?.id ?? vocabulary.id(of: bytes)
  }

  /// Whether merges start from characters, as SentencePiece's do, and not from bytes.
  public var mergesCharacters: Bool {
    if case .pieces = vocabulary.spelling { true } else { false }
  }

  /// The merges that make a token of its bytes.
  ///
  /// - Parameter id: Any number.
  /// - Returns: nil for an id with no token, and for an added token, which is not made by merging.
  public func merges(of id: Int) -> MergeHistory? {
    guard !addedTokens.contains(where: { $0.id == id }), let bytes = vocabulary[id],
      let key = vocabulary.key(of: id)
    else { return nil }
    switch vocabulary.spelling {
    case .byteLevel: return history(of: bytes, standingFor: bytes)
    case .pieces: return history(of: Array(key), standingFor: bytes)
    }
  }

  /// The merges of one piece of text.
  ///
  /// - Parameter word: Text that is one piece; it is not cut.
  /// - Returns: Every merge in the order done.
  public func merges(ofWord word: String) -> MergeHistory {
    let bytes = Array(word.utf8)
    switch vocabulary.spelling {
    case .byteLevel: return history(of: bytes, standingFor: bytes)
    case .pieces: return history(of: Spelling.pieces.key(of: bytes), standingFor: bytes)
    }
  }

  /// The merging of one piece, ready for its first step.
  package func queue(for piece: [UInt8]) -> MergeQueue {
    MergeQueue(encoding.symbols(of: piece.span), merges: encoding.merges)
  }

  private func history(of written: [UInt8], standingFor bytes: [UInt8]) -> MergeHistory {
    var queue = queue(for: written)
    func piece(_ id: Int32, at position: Int) -> MergeHistory.Piece {
      MergeHistory.Piece(id: Int(id), text: text(of: Int(id)), position: position)
    }
    let start = queue.symbols.enumerated().map { piece($1, at: $0) }
    var steps: [MergeHistory.Step] = []
    while let step = queue.next() {
      steps.append(
        MergeHistory.Step(
          left: piece(step.left, at: step.position),
          right: piece(step.right, at: step.rightPosition),
          result: piece(step.merge.result, at: step.position),
          rank: step.merge.rank
        )
      )
    }
    return MergeHistory(text: TokenText(bytes: bytes), start: start, steps: steps)
  }
}
