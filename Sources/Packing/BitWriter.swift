/// Collects bits into bytes, the lowest bit of a byte first, as DEFLATE wants them.
///
/// - SeeAlso: RFC 1951, section 3.1.1, <https://www.rfc-editor.org/rfc/rfc1951>.
struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var waiting: UInt64 = 0
  private var waitingCount = 0

  /// Adds the `count` lowest bits of a number, at most 32, lowest first.
  mutating func write(_ bits: UInt32, count: Int) {
    waiting |= UInt64(bits) << UInt64(waitingCount)
    waitingCount += count
    if waitingCount >= 32 {
      for _ in 0..<4 { writeByte() }
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish() {
    while waitingCount > 0 { writeByte() }
    (waiting, waitingCount) = (0, 0)
  }

  private mutating func writeByte() {
    bytes.append(UInt8(truncatingIfNeeded: waiting))
    waiting >>= 8
    waitingCount -= 8
  }
}
