// What the standard library has of texts within texts, where it has it at all (String Processing is no part of Embedded
// Swift).

extension StringProtocol {
  /// Whether a text stands somewhere in this one, scalar by scalar; nothing stands in no text.
  public func holds(_ part: some StringProtocol) -> Bool {
    let (all, sought) = (Array(utf8), Array(part.utf8))
    guard !sought.isEmpty, sought.count <= all.count else { return false }
    return (0...all.count - sought.count).contains { all[$0...].starts(with: sought) }
  }

  /// The text with another in place of each occurrence of a part, from left to right.
  public func swapping(_ part: some StringProtocol, for other: some StringProtocol) -> String {
    let (all, sought) = (Array(utf8), Array(part.utf8))
    guard !sought.isEmpty else { return String(self) }
    var swapped: [UInt8] = []
    swapped.reserveCapacity(all.count)
    var position = 0
    while position < all.count {
      if all[position] == sought[0], all[position...].starts(with: sought) {
        swapped += other.utf8
        position += sought.count
      } else {
        swapped.append(all[position])
        position += 1
      }
    }
    return String(decoding: swapped, as: UTF8.self)
  }
}
