/// GPT-2's tokenizer: text to token ids and back, by byte-level byte-pair encoding.
///
/// 1. Added tokens, such as `<|endoftext|>`, are found.
/// 2. The text between them is cut into pieces (``PreTokenizer``).
/// 3. A piece is taken as the bytes of its UTF-8; each is a token.
/// 4. Neighbours merge, the merge that was learned first going first, until no pair is left that
///    merges.
///
/// Every text has tokens, for every text is bytes; and the tokens' bytes, joined, are the text.
///
/// - SeeAlso: Radford et al. 2019, section 2.2 (the GPT-2 paper).
public struct Tokenizer: Sendable {
  private let vocabulary: Vocabulary
  private let encoding: BytePairEncoding
  private let addedTokens: [AddedVocabulary.Entry]
  private let finder: AddedTokenFinder
  private let addsPrefixSpace: Bool

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
    addsPrefixSpace: Bool,
    endOfTextID: Int?
  ) {
    self.vocabulary = vocabulary
    self.encoding = encoding
    self.addsPrefixSpace = addsPrefixSpace
    self.endOfTextID = endOfTextID
    self.surrounding = surrounding
    self.notes = notes
    addedTokens = added
    finder = AddedTokenFinder(added)
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
    finder.forEachSegment(of: bytes) { segment in
      switch segment {
      case .token(let id): ids.append(id)
      case .text(let range): encode(bytes.span.extracting(range), into: &ids)
      }
    }
    return ids
  }

  /// The pieces of a text that merges do not cross, in order, each with its tokens.
  ///
  /// - Parameter text: Any text.
  /// - Returns: What the pre-tokenizer cuts out, and added tokens, each a piece of its own. The tokens, joined, are those
  ///   that ``encode(_:)`` gives.
  public func pieces(of text: String) -> [(text: String, ids: [Int])] {
    let bytes = Array(text.utf8)
    var pieces: [(text: String, ids: [Int])] = []
    finder.forEachSegment(of: bytes) { segment in
      switch segment {
      case .token(let id): pieces.append((self.text(of: id).string, [id]))
      case .text(let range):
        let start = addsPrefixSpace && bytes[range.lowerBound] != UInt8(ascii: " ") ? " " : ""
        let segment = start + String(decoding: bytes[range], as: UTF8.self)
        pieces += PreTokenizer.pieces(of: segment).map { piece in
          var ids: [Int] = []
          encoding.encode(Array(piece.utf8).span, into: &ids)
          return (piece, ids)
        }
      }
    }
    return pieces
  }

  private func encode(_ text: Span<UInt8>, into ids: inout [Int]) {
    let space = UInt8(ascii: " ")
    if addsPrefixSpace, text[0] != space {
      var spaced = [space]
      for i in 0..<text.count { spaced.append(text[i]) }
      return encodePieces(of: spaced.span, into: &ids)
    }
    encodePieces(of: text, into: &ids)
  }

  private func encodePieces(of text: Span<UInt8>, into ids: inout [Int]) {
    var start = 0
    while start < text.count {
      let end = PreTokenizer.end(ofPieceAt: start, in: text)
      encoding.encode(text.extracting(start..<end), into: &ids)
      start = end
    }
  }

  /// The text of tokens.
  ///
  /// - Parameter ids: Token ids; those without a token are left out.
  /// - Returns: Exactly the text that was encoded; where the tokens' bytes are not UTF-8 (a
  ///   sequence cut within a character), U+FFFD stands for them.
  public func decode(_ ids: [Int]) -> String {
    var bytes: [UInt8] = []
    for id in ids {
      if let token = vocabulary[id] { bytes += token }
    }
    return String(decoding: bytes, as: UTF8.self)
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

  /// The merges that make a token of its bytes.
  ///
  /// - Parameter id: Any number.
  /// - Returns: nil for an id with no token, and for an added token, which is not made by merging.
  public func merges(of id: Int) -> MergeHistory? {
    guard !addedTokens.contains(where: { $0.id == id }), let bytes = vocabulary[id] else {
      return nil
    }
    return history(of: bytes)
  }

  /// The merges of one piece of text.
  ///
  /// - Parameter word: Text that is one piece; it is not cut.
  /// - Returns: Every merge in the order done.
  public func merges(ofWord word: String) -> MergeHistory { history(of: Array(word.utf8)) }

  /// The merging of one piece, ready for its first step.
  package func queue(for piece: [UInt8]) -> MergeQueue {
    MergeQueue(encoding.symbols(of: piece.span), merges: encoding.merges)
  }

  private func history(of bytes: [UInt8]) -> MergeHistory {
    var queue = queue(for: bytes)
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
