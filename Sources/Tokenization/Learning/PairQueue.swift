/// Pairs of tokens with their counts, the most frequent first: a binary heap.
///
/// Of equally frequent ones, the pair of the lower ids comes first.
struct PairQueue {
  typealias Entry = (count: Int, left: Int32, right: Int32)

  private var heap: [Entry] = []

  private static func precedes(_ a: Entry, _ b: Entry) -> Bool {
    (b.count, a.left, a.right) < (a.count, b.left, b.right)
  }

  /// Adds an entry.
  mutating func push(_ entry: Entry) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0, Self.precedes(heap[child], heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Takes out the first entry.
  mutating func pop() -> Entry? {
    guard let first = heap.first else { return nil }
    heap.swapAt(0, heap.count - 1)
    heap.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && Self.precedes(heap[child], heap[least]) {
        least = child
      }
      guard least != parent else { return first }
      heap.swapAt(parent, least)
      parent = least
    }
  }
}
