extension UnsafeBufferPointer<Float> {
  /// The indices of the largest elements, largest first; of equal ones, the lower index first.
  ///
  /// - Parameter count: How many; all if there are fewer.
  /// - Returns: At most `count` indices, as positions in the buffer.
  /// - Complexity: O(elements · count) at worst; close to O(elements) in a random order.
  public func indicesOfLargest(_ count: Int) -> [Int] {
    var largest: [Int] = []
    guard count > 0 else { return [] }
    largest.reserveCapacity(count + 1)
    for index in indices {
      if largest.count == count, let last = largest.last, self[index] <= self[last] { continue }
      let place = largest.firstIndex { self[index] > self[$0] } ?? largest.count
      largest.insert(index, at: place)
      if largest.count > count { largest.removeLast() }
    }
    return largest
  }
}
