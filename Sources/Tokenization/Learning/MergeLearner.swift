/// Learns the merges of byte-pair encoding from texts: the pair of neighbours that is most frequent
/// merges, and so on, until the vocabulary is as large as it should be.
///
/// Of equally frequent pairs, the one of the lower ids merges first. Words (pieces of the
/// pre-tokenizer) are counted once, so that it is their number that matters and not the text's length.
///
/// - SeeAlso: Sennrich et al. 2016, algorithm 1, <https://arxiv.org/abs/1508.07909>.
package struct MergeLearner {
  /// The bytes of each token: 256 single bytes, in the order of their characters in the byte alphabet,
  /// then one token a merge.
  private(set) var tokens: [[UInt8]] = byteOrder.map { [$0] }
  /// The two tokens of each merge, in order.
  private(set) var merges: [(left: Int32, right: Int32)] = []

  private struct Word {
    var symbols: [Int32]
    let count: Int
  }
  private struct Pair: Hashable, Comparable {
    let left: Int32
    let right: Int32

    static func < (a: Pair, b: Pair) -> Bool { (a.left, a.right) < (b.left, b.right) }
  }
  private var counts: [ArraySlice<UInt8>: Int] = [:]
  private var words: [Word] = []
  private var pairCounts: [Pair: Int] = [:]
  /// The words in which a pair stood at some time.
  private var wordsOfPair: [Pair: Set<Int>] = [:]
  private var queue = PairQueue()

  /// A learner that has seen nothing.
  package init() {}

  /// The bytes in the order of the characters that files write them as.
  private static let byteOrder: [UInt8] = (0...255).sorted {
    ByteAlphabet.scalars[Int($0)] < ByteAlphabet.scalars[Int($1)]
  }

  /// Counts the words of a text.
  ///
  /// - Parameter text: UTF-8.
  package mutating func read(_ text: [UInt8]) {
    var start = 0
    for end in PreTokenizer.gpt2.ends(ofPiecesOf: text.span) {
      counts[text[start..<end], default: 0] += 1
      start = end
    }
  }

  /// Learns from what was read.
  ///
  /// - Parameters:
  ///   - size: How many tokens there should be, 256 or more; there are fewer if no pair is left.
  ///   - endOfText: The token that ends a text, added last.
  /// - Returns: The vocabulary.
  /// - Complexity: O(length of all different words · merges they take part in).
  package mutating func learn(size: Int, endOfText: String) -> LearnedVocabulary {
    prepare()
    while tokens.count < size - 1, let pair = nextPair() { merge(pair) }
    return LearnedVocabulary(tokens: tokens, merges: merges, endOfText: endOfText)
  }

  private mutating func prepare() {
    var tokenOfByte = [Int32](repeating: 0, count: 256)
    for (token, byte) in Self.byteOrder.enumerated() { tokenOfByte[Int(byte)] = Int32(token) }
    // Sorted, so that nothing depends on the order of a hash table.
    words = counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { word in
      Word(symbols: word.key.map { tokenOfByte[Int($0)] }, count: word.value)
    }
    counts = [:]
    for index in words.indices { count(index, sign: 1) }
    for (pair, count) in pairCounts { queue.push((count, pair.left, pair.right)) }
  }

  /// Adds a word's pairs to the counts, or takes them away.
  private mutating func count(_ index: Int, sign: Int) {
    let word = words[index]
    for (left, right) in zip(word.symbols, word.symbols.dropFirst()) {
      let pair = Pair(left: left, right: right)
      pairCounts[pair, default: 0] += sign * word.count
      if sign > 0 { wordsOfPair[pair, default: []].insert(index) }
    }
  }

  /// The most frequent pair.
  private mutating func nextPair() -> Pair? {
    while let (count, left, right) = queue.pop() {
      let pair = Pair(left: left, right: right)
      let current = pairCounts[pair] ?? 0
      if current == count, count > 0 { return pair }
      // It has become rarer since it was put there.
      if current > 0, current < count { queue.push((current, left, right)) }
    }
    return nil
  }

  private mutating func merge(_ pair: Pair) {
    let new = Int32(tokens.count)
    tokens.append(tokens[Int(pair.left)] + tokens[Int(pair.right)])
    merges.append((pair.left, pair.right))
    var grown: Set<Pair> = []
    for index in (wordsOfPair[pair] ?? []).sorted() {
      count(index, sign: -1)
      words[index].symbols.merge(pair.left, pair.right, into: new)
      count(index, sign: 1)
      let symbols = words[index].symbols
      for (left, right) in zip(symbols, symbols.dropFirst()) where left == new || right == new {
        grown.insert(Pair(left: left, right: right))
      }
    }
    for pair in grown { queue.push((pairCounts[pair] ?? 0, pair.left, pair.right)) }
    pairCounts[pair] = nil
    wordsOfPair[pair] = nil
  }
}

extension [Int32] {
  /// Replaces every `left` that `right` follows by `new`, from left to right.
  fileprivate mutating func merge(_ left: Int32, _ right: Int32, into new: Int32) {
    var merged: [Int32] = []
    var i = 0
    while i < count {
      if i + 1 < count, self[i] == left, self[i + 1] == right {
        merged.append(new)
        i += 2
      } else {
        merged.append(self[i])
        i += 1
      }
    }
    self = merged
  }
}
