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
    merges[slot(of: Self.pair(left, right))]
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
