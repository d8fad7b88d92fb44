/// Bytes as letters and signs, so that they may stand in a page: 13 bits in two characters.
///
/// Base64 writes 12 bits in two; on a page of packed data that is a twelfth more. The characters are the printable ones of
/// ASCII but `<`, `>` and `&`, which mark-up needs, and the space: 91, whose square is just above 2¹³.
package enum Base91 {
  /// The characters, in the order of their values.
  static let characters: [UInt8] = (0x21...0x7E).filter { !"<>&".utf8.contains($0) }

  /// The bytes as text: their bits from the lowest up, 13 at a time, the lower character first; the last group is filled up
  /// with zeros.
  package static func text(_ bytes: [UInt8]) -> String {
    String(unsafeUninitializedCapacity: (8 * bytes.count + 12) / 13 * 2) { text in
      var (waiting, count, end) = (0, 0, 0)
      func write(_ group: Int) {
        text[end] = characters[group % 91]
        text[end + 1] = characters[group / 91]
        end += 2
      }
      for byte in bytes {
        waiting |= Int(byte) << count
        count += 8
        if count >= 13 {
          write(waiting & 0x1FFF)
          waiting >>= 13
          count -= 13
        }
      }
      if count > 0 { write(waiting) }
      return end
    }
  }
}
