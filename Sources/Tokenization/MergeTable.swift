import Platform

/// What the merging of one pair of tokens does: its rank, and the token that comes out.
///
/// One number holds both, the rank in its upper half, so that the smaller of two merges is the
/// one to do first.
struct Merge: Comparable, Sendable {
  private let packed: UInt64

  /// No merge; larger than every merge.
  static let none = Merge(packed: .max)

  init(rank: Int, result: Int32) {
    packed = UInt64(rank) << 32 | UInt64(UInt32(bitPattern: result))
  }

  private init(packed: UInt64) { self.packed = packed }

  /// The merge's line in the list of merges, counted from 0; the lower, the earlier it is done.
  var rank: Int { Int(packed >> 32) }

  /// The token that the pair becomes.
  var result: Int32 { Int32(truncatingIfNeeded: packed) }

  static func < (a: Merge, b: Merge) -> Bool { a.packed < b.packed }
}

/// The merges, found by their pair: a hash table with open addressing.
///
/// Merging looks up every neighbouring pair of every word, mostly to find nothing; this is the
/// inner loop of `encode`.
struct MergeTable: Sendable {
  /// How many different pairs merge.
  private(set) var count = 0
  private var pairs: [UInt64]
  private var merges: [Merge]
  private let shift: UInt64
  /// SentencePiece's pieces, each with its rank, where any two merge that are one joined.
  private var pieces: Pieces?

  private struct Pieces: Sendable {
    let vocabulary: Vocabulary
    let ranks: [Int32]

    func merge(of left: Int32, _ right: Int32) -> Merge {
      guard let first = vocabulary.key(of: Int(left)), let second = vocabulary.key(of: Int(right)),
        let id = vocabulary.id(ofKey: first, second), id < ranks.count, ranks[id] >= 0
      else { return .none }
      return Merge(rank: Int(ranks[id]), result: Int32(id))
    }
  }

  /// An empty table.
  ///
  /// - Parameter capacity: The most pairs that will be inserted.
  init(capacity: Int) {
    var bits = 4
    while 1 << bits < 2 * capacity { bits += 1 }
    pairs = [UInt64](repeating: Self.free, count: 1 << bits)
    merges = [Merge](repeating: .none, count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  /// Merges by score: two tokens merge that are a token joined, that of the best score first.
  ///
  /// - Parameters:
  ///   - scores: A score for each id; what is not a number never merges.
  ///   - vocabulary: The tokens.
  /// - SeeAlso: `bpe_model.cc` in <https://github.com/google/sentencepiece>.
  init(scores: [Float], vocabulary: Vocabulary) {
    self.init(capacity: 0)
    let order = scores.indices.filter { !scores[$0].isNaN }
      .rising { -Double(scores[$0]) }
    var ranks = [Int32](repeating: -1, count: scores.count)
    var rank: Int32 = 0
    for (place, id) in order.enumerated() {
      // Equal scores have one rank, so that of their pairs the leftmost goes first.
      if place > 0, scores[order[place - 1]] != scores[id] { rank = Int32(place) }
      ranks[id] = rank
    }
    pieces = Pieces(vocabulary: vocabulary, ranks: ranks)
  }

  /// Adds a merge; of two for the same pair the later counts.
  mutating func insert(_ merge: Merge, of left: Int32, _ right: Int32) {
    let slot = slot(of: Self.pair(left, right))
    if pairs[slot] == Self.free { count += 1 }
    precondition(2 * count <= pairs.count, "more merges than the table was made for")
    pairs[slot] = Self.pair(left, right)
    merges[slot] = merge
  }

  /// The merge of two neighbouring tokens, or `Merge.none`.
  func merge(of left: Int32, _ right: Int32) -> Merge {
    if let pieces { return pieces.merge(of: left, right) }
    return merges[slot(of: Self.pair(left, right))]
  }

  private static let free = UInt64.max

  private static func pair(_ left: Int32, _ right: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: left)) << 32 | UInt64(UInt32(bitPattern: right))
  }

  /// Where `pair` is, or the free slot where it would go.
  private func slot(of pair: UInt64) -> Int {
    // Fibonacci hashing: the high bits of a product with 2⁶⁴/φ; the fold lets both halves reach
    // them.
    let mixed = (pair ^ pair >> 29) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: mixed >> shift)
    while pairs[slot] != pair && pairs[slot] != Self.free { slot = (slot + 1) & (pairs.count - 1) }
    return slot
  }
}
