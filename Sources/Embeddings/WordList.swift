/// The words of a vocabulary, in the order of their vectors, each found by its bytes.
///
/// Words lie one behind another in a single array: a vocabulary may hold millions of them.
public struct WordList: Sendable {
  private let bytes: [UInt8]
  /// Where each word ends; it begins where the one before it ends.
  private let ends: [Int]
  /// The row that a slot holds, −1 for none; a power of two of them, at most half of them taken.
  private let slots: [Int32]
  /// The first row whose word an earlier row has too, and that earlier row.
  package let firstRepeated: (row: Int, earlier: Int)?

  /// Makes a list of words that lie one behind another.
  ///
  /// Of a word that occurs twice, the first is found.
  ///
  /// - Parameters:
  ///   - bytes: The words, as UTF-8, without anything between them.
  ///   - ends: Where each word ends.
  package init(bytes: [UInt8], ends: [Int]) {
    self.bytes = bytes
    self.ends = ends
    var size = 16
    while size < 2 * ends.count { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    var repeated: (row: Int, earlier: Int)?
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (row, end) in ends.enumerated() {
        let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
        let slot = Self.slot(of: word, in: slots, bytes, ends)
        if slots[slot] < 0 {
          slots[slot] = Int32(row)
        } else if repeated == nil {
          repeated = (row, Int(slots[slot]))
        }
        start = end
      }
    }
    self.slots = slots
    firstRepeated = repeated
  }

  /// Makes a list of words.
  public init(_ words: some Sequence<String>) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for word in words {
      bytes += word.utf8
      ends.append(bytes.count)
    }
    self.init(bytes: bytes, ends: ends)
  }

  /// The number of words.
  public var count: Int { ends.count }

  /// The word of a row; what in it is not UTF-8 is shown as U+FFFD.
  public subscript(row: Int) -> String { String(decoding: bytes(of: row), as: UTF8.self) }

  /// The row of a word, if there is such a word: byte for byte, as it was written.
  public func row(of word: String) -> Int? {
    var word = word
    return word.withUTF8 { word in
      bytes.withUnsafeBufferPointer { bytes in
        let row = slots[Self.slot(of: word, in: slots, bytes, ends)]
        return row < 0 ? nil : Int(row)
      }
    }
  }

  /// The first row that has the word of a row.
  package func firstRow(withWordOf row: Int) -> Int {
    bytes.withUnsafeBufferPointer { all in
      let start = row == 0 ? 0 : ends[row - 1]
      let word = UnsafeBufferPointer(rebasing: all[start..<ends[row]])
      return Int(slots[Self.slot(of: word, in: slots, all, ends)])
    }
  }

  /// The words of some rows.
  package func keeping(_ rows: [Int]) -> WordList {
    var (kept, keptEnds): ([UInt8], [Int]) = ([], [])
    keptEnds.reserveCapacity(rows.count)
    for row in rows {
      kept += bytes(of: row)
      keptEnds.append(kept.count)
    }
    return WordList(bytes: kept, ends: keptEnds)
  }

  /// The bytes of a row's word.
  package func bytes(of row: Int) -> ArraySlice<UInt8> {
    bytes[(row == 0 ? 0 : ends[row - 1])..<ends[row]]
  }

  /// Where a word's row is, or the free slot where it would go.
  private static func slot(
    of word: UnsafeBufferPointer<UInt8>,
    in slots: [Int32],
    _ bytes: UnsafeBufferPointer<UInt8>,
    _ ends: [Int]
  ) -> Int {
    // FNV-1a, RFC 9923.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in word { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0 {
      let row = Int(slots[slot])
      let start = row == 0 ? 0 : ends[row - 1]
      if ends[row] - start == word.count, bytes[start..<ends[row]].elementsEqual(word) { break }
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }
}
