/// Byte-pair encoding of one piece of text: bytes, or SentencePiece's characters, become tokens, and
/// neighbours merge, lowest rank first.
///
/// Each step merges, of all neighbouring pairs that have a merge, the one of lowest rank; of
/// equal ones the leftmost. It ends when no pair is left that merges. There are two ways through,
/// with the same result: short pieces (nearly all) are scanned again for each step, long ones
/// keep their pairs in a queue, so that a word of 100 KB does not take a hundred thousand scans
/// of a hundred thousand pairs.
///
/// - SeeAlso: Sennrich et al. 2016, section 3.2, <https://arxiv.org/abs/1508.07909>; Radford et
///   al. 2019, section 2.2.
struct BytePairEncoding: Sendable {
  /// The tokens.
  let vocabulary: Vocabulary

  /// Whether a piece that is a token as a whole becomes that token, whatever merges say.
  var takesWholes = false

  /// The token of each byte by itself; negative where the vocabulary has none.
  let tokenOfByte: [Int32]

  /// What stands for a byte without a token.
  let unknown: UnknownByte

  /// Every merge.
  let merges: MergeTable

  /// What becomes of a byte that the vocabulary has no token for.
  ///
  /// GPT-2's own has all 256; a tiny one may not.
  enum UnknownByte: Sendable {
    /// It is left out, and its neighbours become neighbours: what Hugging Face does for GPT-2.
    case dropped
    /// The token `id` stands for it, or for a run of them if `fused`: tokenizer.json's
    /// `unk_token`, `fuse_unk`.
    case replaced(id: Int32, fused: Bool)
  }

  /// The longest piece that is scanned, in bytes: a queue costs more until about here.
  static let longestScanned = 48

  /// The tokens of `piece` before any merge.
  func symbols(of piece: Span<UInt8>) -> [Int32] {
    var symbols: [Int32] = []
    symbols.reserveCapacity(piece.count)
    if case .pieces = vocabulary.spelling {
      addCharacters(of: piece, to: &symbols)
      return symbols
    }
    var afterUnknown = false
    for i in 0..<piece.count {
      let token = tokenOfByte[Int(piece[i])]
      if token >= 0 {
        symbols.append(token)
      } else if case .replaced(let id, let fused) = unknown, !(fused && afterUnknown) {
        symbols.append(id)
      }
      afterUnknown = token < 0
    }
    return symbols
  }

  /// The tokens of a piece's characters; of one that has none, those of its bytes.
  private func addCharacters(of piece: Span<UInt8>, to symbols: inout [Int32]) {
    var (start, afterUnknown) = (0, false)
    while start < piece.count {
      let lead = piece[start]
      let length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var character: [UInt8] = []
      for i in start..<min(start + length, piece.count) { character.append(piece[i]) }
      start += length
      let bytes = character.map { tokenOfByte[Int($0)] }
      let known = vocabulary.id(ofKey: character[...])
      if let known {
        symbols.append(Int32(known))
      } else if bytes.allSatisfy({ $0 >= 0 }) {
        symbols += bytes
        continue
      } else if case .replaced(let id, let fused) = unknown, !(fused && afterUnknown) {
        symbols.append(id)
      }
      afterUnknown = known == nil
    }
  }

  /// Appends the tokens of one piece.
  ///
  /// - Parameters:
  ///   - piece: The bytes of a piece of text.
  ///   - ids: Where the tokens go.
  /// - Complexity: O(n log n) for a piece of n bytes.
  func encode(_ piece: Span<UInt8>, into ids: inout [Int]) {
    if takesWholes, let whole = whole(piece) { return ids.append(whole) }
    var symbols = symbols(of: piece)
    if symbols.count <= Self.longestScanned {
      mergeByScanning(&symbols)
    } else {
      var queue = MergeQueue(symbols, merges: merges)
      while queue.next() != nil {}
      symbols = queue.symbols
    }
    for symbol in symbols { ids.append(Int(symbol)) }
  }

  /// The token that a piece is as a whole.
  private func whole(_ piece: Span<UInt8>) -> Int? {
    var bytes: [UInt8] = []
    for i in 0..<piece.count { bytes.append(piece[i]) }
    return vocabulary.id(ofKey: ByteAlphabet.key(of: bytes)[...])
  }

  /// Merges in place, looking at every pair for each step.
  func mergeByScanning(_ symbols: inout [Int32]) {
    guard symbols.count > 1 else { return }
    // pending[i] is the merge of symbols i and i + 1.
    var pending: [Merge] = []
    pending.reserveCapacity(symbols.count)
    for i in 1..<symbols.count { pending.append(merges.merge(of: symbols[i - 1], symbols[i])) }
    while true {
      var (first, at) = (Merge.none, 0)
      for i in 0..<pending.count where pending[i] < first { (first, at) = (pending[i], i) }
      guard first < .none else { return }
      symbols[at] = first.result
      symbols.remove(at: at + 1)
      pending.remove(at: at)
      if at > 0 { pending[at - 1] = merges.merge(of: symbols[at - 1], symbols[at]) }
      if at < pending.count { pending[at] = merges.merge(of: symbols[at], symbols[at + 1]) }
    }
  }
}
