import Platform

/// A Huffman code: frequent symbols get short words of bits.
///
/// - SeeAlso: Huffman 1952, *A Method for the Construction of Minimum-Redundancy Codes*; RFC 1951, section 3.2.2.
struct HuffmanCode {
  /// The number of bits of each symbol's word; 0 if the symbol does not occur.
  let lengths: [Int]
  /// Each symbol's word, its first bit lowest.
  let words: [UInt32]

  /// Makes the code for symbols that occur so often, with words of at most `limit` bits.
  init(counts: [Int], limit: Int) {
    self.init(lengths: Self.lengths(counts, limit: limit))
  }

  /// Makes the code that lengths alone determine: words of one length count upwards in the order of the symbols.
  init(lengths: [Int]) {
    self.lengths = lengths
    var counts = [Int](repeating: 0, count: 17)
    for length in lengths where length > 0 { counts[length] += 1 }
    var next = [UInt32](repeating: 0, count: 17)
    var word: UInt32 = 0
    for length in 1..<17 {
      word = (word + UInt32(counts[length - 1])) << 1
      next[length] = word
    }
    words = lengths.map { length in
      guard length > 0 else { return 0 }
      defer { next[length] += 1 }
      return Self.reversed(next[length], length)
    }
  }

  /// The lowest `count` bits the other way round, for words are written from their highest bit.
  private static func reversed(_ word: UInt32, _ count: Int) -> UInt32 {
    var (source, result) = (word, UInt32(0))
    for _ in 0..<count {
      result = result << 1 | source & 1
      source >>= 1
    }
    return result
  }

  /// Joins the two rarest again and again, and counts for each symbol how often it was joined.
  private static func lengths(_ counts: [Int], limit: Int) -> [Int] {
    var lengths = [Int](repeating: 0, count: counts.count)
    let symbols = counts.indices.filter { counts[$0] > 0 }.rising { Double(counts[$0]) }
    guard symbols.count > 1 else {
      for symbol in symbols { lengths[symbol] = 1 }
      return lengths
    }
    // Leaves first, then the joints in the order of their making, which is the order of their counts.
    var weights = symbols.map { counts[$0] }
    var parents = [Int](repeating: 0, count: 2 * symbols.count - 1)
    var (leaf, joint) = (0, symbols.count)
    for _ in 1..<symbols.count {
      var sum = 0
      for _ in 0..<2 {
        let isLeaf =
          leaf < symbols.count && (joint >= weights.count || weights[leaf] <= weights[joint])
        let rarest = isLeaf ? leaf : joint
        if isLeaf { leaf += 1 } else { joint += 1 }
        sum += weights[rarest]
        parents[rarest] = weights.count
      }
      weights.append(sum)
    }
    // A node below the limit would have too long a word; it is counted, and pays later.
    var depths = [Int](repeating: 0, count: weights.count)
    var tooDeep = 0
    for node in weights.indices.dropLast().reversed() {
      depths[node] = depths[parents[node]] + 1
      if depths[node] > limit {
        depths[node] = limit
        tooDeep += 1
      }
    }
    var counts = [Int](repeating: 0, count: limit + 1)
    for depth in depths.prefix(symbols.count) { counts[depth] += 1 }
    shorten(&counts, tooDeep: tooDeep)
    // The rarest symbols come first and get the longest words.
    var length = limit
    for symbol in symbols {
      while counts[length] == 0 { length -= 1 }
      lengths[symbol] = length
      counts[length] -= 1
    }
    return lengths
  }

  /// Moves words to other lengths until as many fit as there are: Σ 2^−length = 1.
  ///
  /// - Parameters:
  ///   - counts: How many words there are of each length, the longest cut to the limit.
  ///   - tooDeep: How many nodes of the tree were cut.
  private static func shorten(_ counts: inout [Int], tooDeep: Int) {
    let limit = counts.count - 1
    var left = tooDeep
    while left > 0 {
      // A word one shorter than the limit, or the longest there is, makes room for two below it.
      var length = limit - 1
      while counts[length] == 0 { length -= 1 }
      counts[length] -= 1
      counts[length + 1] += 2
      counts[limit] -= 1
      left -= 2
    }
  }
}
