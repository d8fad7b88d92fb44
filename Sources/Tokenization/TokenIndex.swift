/// Finds a token's id by its key: a hash table with open addressing, over bytes that lie in one row.
///
/// Loading a tokenizer looks up three keys for every merge, so this is most of the start-up time.
struct TokenIndex: Sendable {
  private var bytes: [UInt8] = []
  private var entries: [Entry] = []
  /// Which entry a slot holds, −1 for none; a power of two of them, at most half of them taken.
  private var slots: [Int32]
  /// Which entry an id has, −1 for none.
  private var entryOfID: [Int32] = []

  private struct Entry: Sendable {
    let start: Int
    let count: Int
    let id: Int32
  }

  /// An index without keys, with room for `count`.
  init(capacity count: Int) {
    var size = 16
    while size < 2 * count { size *= 2 }
    slots = Array(repeating: -1, count: size)
    entries.reserveCapacity(count)
  }

  /// The id of the key that is `first` and `second` joined.
  func id(of first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8> = []) -> Int32? {
    let entry = slots[slot(of: first, second)]
    return entry < 0 ? nil : entries[Int(entry)].id
  }

  /// The key of an id.
  func key(of id: Int32) -> ArraySlice<UInt8>? {
    guard entryOfID.indices.contains(Int(id)), entryOfID[Int(id)] >= 0 else { return nil }
    let entry = entries[Int(entryOfID[Int(id)])]
    return bytes[entry.start..<entry.start + entry.count]
  }

  /// Adds a key that is not there yet.
  ///
  /// - Precondition: the id is not negative.
  mutating func insert(_ key: ArraySlice<UInt8>, id: Int32) {
    if 2 * (entries.count + 1) > slots.count { grow() }
    while entryOfID.count <= id { entryOfID.append(-1) }
    entryOfID[Int(id)] = Int32(entries.count)
    slots[slot(of: key, [])] = Int32(entries.count)
    entries.append(Entry(start: bytes.count, count: key.count, id: id))
    bytes += key
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: 2 * slots.count)
    for (i, entry) in entries.enumerated() {
      slots[slot(of: bytes[entry.start..<entry.start + entry.count], [])] = Int32(i)
    }
  }

  /// Where the key is, or the free slot where it would go.
  private func slot(of first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    // FNV-1a, <https://datatracker.ietf.org/doc/draft-eastlake-fnv/>.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in first { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    for byte in second { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while slots[slot] >= 0, !isKey(entries[Int(slots[slot])], first, second) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private func isKey(
    _ entry: Entry,
    _ first: ArraySlice<UInt8>,
    _ second: ArraySlice<UInt8>
  ) -> Bool {
    guard entry.count == first.count + second.count else { return false }
    let middle = entry.start + first.count
    return bytes[entry.start..<middle].elementsEqual(first)
      && bytes[middle..<middle + second.count].elementsEqual(second)
  }
}
