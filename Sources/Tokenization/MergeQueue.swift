/// The merging of one piece, step by step: a linked list of symbols, and a heap of the pairs that
/// may merge.
///
/// A merge changes two pairs and takes one away. The heap is told of the changed ones and keeps
/// the stale; those are recognised when they come up.
package struct MergeQueue {
  /// One step: the symbol that begins at `position` took in the one after it.
  package struct Step {
    /// Which of the first symbols the merged pair begins with.
    let position: Int
    /// Which of the first symbols its right half begins with.
    let rightPosition: Int
    let left: Int32
    let right: Int32
    let merge: Merge
  }

  /// How often two entries of the heap were compared: the measure of the work done.
  package private(set) var comparisons = 0

  private let merges: MergeTable
  private var symbol: [Int32]
  /// The position of the symbol after each; `symbol.count` after the last, −1 for one that was
  /// merged away.
  private var following: [Int32]
  private var preceding: [Int32]
  /// The merge of each symbol with the one after it.
  private var pending: [Merge]
  private var heap: [Entry] = []

  /// A pair that may merge; lower rank goes first, then the leftmost.
  private struct Entry {
    /// The rank in the upper half, the position in the lower: small, for the heap is what costs.
    let order: UInt64

    init(_ merge: Merge, at position: Int) {
      order = UInt64(merge.rank) << 32 | UInt64(position)
    }

    var rank: Int { Int(order >> 32) }
    var position: Int { Int(order & 0xFFFF_FFFF) }
  }

  /// - Precondition: there are fewer than 2³¹ symbols.
  init(_ symbols: [Int32], merges: MergeTable) {
    precondition(symbols.count < Int32.max, "a piece of \(symbols.count) bytes")
    self.merges = merges
    symbol = symbols
    following = symbols.indices.map { Int32($0 + 1) }
    preceding = symbols.indices.map { Int32($0 - 1) }
    pending = symbols.indices.map { i in
      i + 1 < symbols.count ? merges.merge(of: symbols[i], symbols[i + 1]) : .none
    }
    for i in symbols.indices where pending[i] < .none { heap.append(Entry(pending[i], at: i)) }
    for i in stride(from: heap.count / 2 - 1, through: 0, by: -1) { siftDown(i) }
  }

  /// What the symbols are now.
  var symbols: [Int32] {
    symbol.indices.lazy.filter { following[$0] >= 0 }.map { symbol[$0] }
  }

  /// Merges the pair whose turn it is.
  ///
  /// - Returns: What was merged; nil if nothing is left to merge.
  package mutating func next() -> Step? {
    while let entry = pop() {
      let left = entry.position
      let merge = pending[left]
      guard following[left] >= 0, merge < .none, merge.rank == entry.rank else { continue }
      let right = Int(following[left])
      let step = Step(
        position: left,
        rightPosition: right,
        left: symbol[left],
        right: symbol[right],
        merge: merge
      )
      symbol[left] = merge.result
      following[left] = following[right]
      following[right] = -1
      if following[left] < symbol.count { preceding[Int(following[left])] = Int32(left) }
      if preceding[left] >= 0 { lookUp(Int(preceding[left])) }
      lookUp(left)
      return step
    }
    return nil
  }

  /// Looks up the merge of a symbol with the one after it, after either has changed.
  private mutating func lookUp(_ position: Int) {
    let after = Int(following[position])
    pending[position] =
      after < symbol.count ? merges.merge(of: symbol[position], symbol[after]) : .none
    if pending[position] < .none { push(Entry(pending[position], at: position)) }
  }

  // MARK: - A binary heap, the first to go at 0

  private mutating func push(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard isBefore(child, parent) else { return }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  private mutating func pop() -> Entry? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      siftDown(0)
    }
    return first
  }

  private mutating func siftDown(_ start: Int) {
    var parent = start
    while true {
      var child = 2 * parent + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, isBefore(child + 1, child) { child += 1 }
      guard isBefore(child, parent) else { return }
      heap.swapAt(child, parent)
      parent = child
    }
  }

  private mutating func isBefore(_ a: Int, _ b: Int) -> Bool {
    comparisons += 1
    return heap[a].order < heap[b].order
  }
}
