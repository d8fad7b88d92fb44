import Platform

extension WordList {
  /// The words spelt most like one that is not there: fewest letters to insert, delete or replace;
  /// of equally like ones, the earlier row, as files list frequent words first.
  ///
  /// - Parameters:
  ///   - word: What was asked for.
  ///   - count: How many to find at most.
  /// - Returns: Words at most one edit away for every three letters, nearest first.
  /// - Complexity: O(bytes of all words · length of `word`) at worst.
  public func near(to word: String, count: Int = 3) -> [String] {
    let wanted = Array(word.utf8)
    guard !wanted.isEmpty, wanted.count <= 64 else { return [] }
    let lower = word.lowercasedASCII
    if lower != word, row(of: lower) != nil { return [lower] }
    var limit = max(1, min(3, wanted.count / 3))
    var found: [(row: Int, distance: Int)] = []
    var table = EditTable(wanted)
    for row in 0..<self.count {
      let other = bytes(of: row)
      guard abs(other.count - wanted.count) <= limit,
        let distance = table.distance(to: other, atMost: limit)
      else { continue }
      let place = found.firstIndex { $0.distance > distance } ?? found.count
      found.insert((row, distance), at: place)
      if found.count > count { found.removeLast() }
      // Only nearer ones can still find a place.
      if found.count == count, let last = found.last { limit = min(limit, last.distance - 1) }
      if limit < 1 { break }
    }
    return found.map { self[$0.row] }
  }
}

/// Counts the bytes to insert, delete or replace to make one word of another.
private struct EditTable {
  private let word: [UInt8]
  private var row: [Int]

  init(_ word: [UInt8]) {
    self.word = word
    row = Array(0...word.count)
  }

  /// The distance, or nil if it is greater than `limit`.
  mutating func distance(to other: ArraySlice<UInt8>, atMost limit: Int) -> Int? {
    for j in row.indices { row[j] = j }
    for (i, byte) in other.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      var least = row[0]
      for j in word.indices {
        let replaced = diagonal + (word[j] == byte ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, diagonal + 1)
        least = min(least, row[j + 1])
      }
      if least > limit { return nil }
    }
    return row[word.count] <= limit ? row[word.count] : nil
  }
}
