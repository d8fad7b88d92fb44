/// Learns the merges of byte-pair encoding from texts: the pair of neighbours that is most frequent
/// merges, and so on, until the vocabulary is as large as it should be.
///
/// Of equally frequent pairs, the one of the lower ids merges first. Words (pieces of the
/// pre-tokenizer) are counted once, so that it is their number that matters and not the text's length.
///
/// Where a text has no spaces, a piece is a whole clause. If it is known where words begin in it, a pair counts for
/// the times it stands within a word, less ten times those it would join two, and nothing grows that is neither a
/// whole number of characters nor the beginning of one: so words become tokens, and what is saved is an ordinary
/// vocabulary.
///
/// - SeeAlso: Sennrich et al. 2016, algorithm 1, <https://arxiv.org/abs/1508.07909>.
package struct MergeLearner {
  /// The bytes of each token: 256 single bytes, in the order of their characters in the byte alphabet,
  /// then one token a merge.
  private(set) var tokens: [[UInt8]] = byteOrder.map { [$0] }
  /// The two tokens of each merge, in order.
  private(set) var merges: [(left: Int32, right: Int32)] = []

  fileprivate struct Word {
    var symbols: [Int32]
    /// Whether a word begins with each symbol; empty if that is not known.
    var beginnings: [Bool]
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
  /// Whether it is known where words begin.
  private var knowsWords = false

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

  /// Counts the pieces of a text that has no spaces, given its words.
  ///
  /// - Parameter words: UTF-8; joined, they are the text.
  package mutating func read(words: [[UInt8]]) {
    knowsWords = true
    var (text, beginnings): ([UInt8], Set<Int>) = ([], [])
    for word in words {
      beginnings.insert(text.count)
      text += word
    }
    var start = 0
    for end in PreTokenizer.gpt2.ends(ofPiecesOf: text.span) {
      let piece = (start..<end).flatMap { place in
        place > start && beginnings.contains(place) ? [Self.border, text[place]] : [text[place]]
      }
      counts[piece[...], default: 0] += 1
      start = end
    }
  }

  /// What stands between words where a piece is counted; no byte of UTF-8.
  private static let border: UInt8 = 0xFF

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
      var beginnings: [Bool] = []
      var isFirst = true
      for byte in knowsWords ? word.key : [] {
        if byte != Self.border { beginnings.append(isFirst) }
        isFirst = byte == Self.border
      }
      let bytes = knowsWords ? word.key.filter { $0 != Self.border }[...] : word.key
      return Word(
        symbols: bytes.map { tokenOfByte[Int($0)] },
        beginnings: beginnings,
        count: word.value
      )
    }
    counts = [:]
    for index in words.indices { count(index, sign: 1) }
    for (pair, count) in pairCounts { queue.push((count, pair.left, pair.right)) }
  }

  /// Adds a word's pairs to the counts, or takes them away.
  private mutating func count(_ index: Int, sign: Int) {
    let word = words[index]
    for place in word.symbols.indices.dropFirst() {
      let pair = Pair(left: word.symbols[place - 1], right: word.symbols[place])
      let joinsWords = knowsWords && word.beginnings[place]
      pairCounts[pair, default: 0] += sign * word.count * (joinsWords ? -10 : 1)
      if sign > 0 { wordsOfPair[pair, default: []].insert(index) }
    }
  }

  /// Whether two tokens may merge where words are known: two of whole characters, or the beginning of one and the
  /// byte after it.
  private func mayMerge(_ pair: Pair) -> Bool {
    let (left, right) = (tokens[Int(pair.left)], tokens[Int(pair.right)])
    let isWhole = { (token: [UInt8]) in String(validating: token, as: UTF8.self) != nil }
    if isWhole(left) { return isWhole(right) }
    return left[0] >= 0xC0 && right.count == 1 && 0x80...0xBF ~= right[0]
  }

  /// The most frequent pair.
  private mutating func nextPair() -> Pair? {
    while let (count, left, right) = queue.pop() {
      let pair = Pair(left: left, right: right)
      let current = pairCounts[pair] ?? 0
      if current == count, count > 0 {
        if knowsWords, !mayMerge(pair) { continue }
        return pair
      }
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
      words[index].merge(pair.left, pair.right, into: new)
      count(index, sign: 1)
      let symbols = words[index].symbols
      // Where words are known, other pairs grow too: those that join words in fewer places than before.
      for (left, right) in zip(symbols, symbols.dropFirst())
      where knowsWords || left == new || right == new {
        grown.insert(Pair(left: left, right: right))
      }
    }
    for pair in grown { queue.push((pairCounts[pair] ?? 0, pair.left, pair.right)) }
    pairCounts[pair] = nil
    wordsOfPair[pair] = nil
  }
}

extension MergeLearner.Word {
  /// Replaces every `left` that `right` follows by `new`, from left to right.
  fileprivate mutating func merge(_ left: Int32, _ right: Int32, into new: Int32) {
    var (merged, kept): ([Int32], [Bool]) = ([], [])
    var i = 0
    while i < symbols.count {
      let isPair = i + 1 < symbols.count && symbols[i] == left && symbols[i + 1] == right
      merged.append(isPair ? new : symbols[i])
      if !beginnings.isEmpty { kept.append(beginnings[i]) }
      i += isPair ? 2 : 1
    }
    (symbols, beginnings) = (merged, kept)
  }
}
