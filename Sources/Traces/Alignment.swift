/// Which tokens of two texts belong together.
///
/// Equal tokens from the end, then from the start, then along the longest common subsequence of what is left. Where both texts
/// have as many tokens, what stands between two pairs is paired one by one too, if it is as long in both.
public struct Alignment: Sendable, Equatable {
  /// A position of the first text and the one of the second that belongs to it.
  public struct Pair: Sendable, Equatable {
    /// The positions, counted from 0.
    public var a: Int, b: Int

    /// Makes a pair.
    public init(_ a: Int, _ b: Int) { (self.a, self.b) = (a, b) }
  }

  /// The pairs, in order.
  public let pairs: [Pair]

  /// Aligns two texts.
  ///
  /// - Parameters:
  ///   - a: The token ids of the first.
  ///   - b: Those of the second.
  /// - Complexity: O(the product of what differs in each).
  public init(_ a: [Int], _ b: [Int]) {
    let shorter = min(a.count, b.count)
    var end = 0
    while end < shorter, a[a.count - 1 - end] == b[b.count - 1 - end] { end += 1 }
    var start = 0
    while start < shorter - end, a[start] == b[start] { start += 1 }
    var pairs = (0..<start).map { Pair($0, $0) }
    pairs += Self.common(a, start..<a.count - end, b, start..<b.count - end)
    pairs += (0..<end).reversed().map { Pair(a.count - 1 - $0, b.count - 1 - $0) }
    self.pairs = a.count == b.count ? Self.filled(pairs, a.count) : pairs
  }

  /// The longest common subsequence of two ranges; of equally long ones that which pairs the earliest tokens.
  private static func common(
    _ a: [Int],
    _ rowsOfA: Range<Int>,
    _ b: [Int],
    _ rowsOfB: Range<Int>
  ) -> [Pair] {
    let (m, n) = (rowsOfA.count, rowsOfB.count)
    guard m > 0, n > 0 else { return [] }
    // The length of the longest one of what follows each place.
    var longest = [[Int32]](repeating: [Int32](repeating: 0, count: n + 1), count: m + 1)
    for i in (0..<m).reversed() {
      for j in (0..<n).reversed() {
        longest[i][j] =
          a[rowsOfA.lowerBound + i] == b[rowsOfB.lowerBound + j]
          ? longest[i + 1][j + 1] + 1 : max(longest[i + 1][j], longest[i][j + 1])
      }
    }
    var (i, j) = (0, 0)
    var pairs: [Pair] = []
    while i < m, j < n {
      if a[rowsOfA.lowerBound + i] == b[rowsOfB.lowerBound + j] {
        pairs.append(Pair(rowsOfA.lowerBound + i, rowsOfB.lowerBound + j))
        (i, j) = (i + 1, j + 1)
      } else if longest[i + 1][j] >= longest[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    return pairs
  }

  /// The pairs, and what stands between them one by one where it is as long in both.
  private static func filled(_ pairs: [Pair], _ count: Int) -> [Pair] {
    var filled: [Pair] = []
    var (a, b) = (0, 0)
    for pair in pairs + [Pair(count, count)] {
      if pair.a - a == pair.b - b {
        filled += (0..<pair.a - a).map { Pair(a + $0, b + $0) }
      }
      if pair.a < count { filled.append(pair) }
      (a, b) = (pair.a + 1, pair.b + 1)
    }
    return filled
  }
}
