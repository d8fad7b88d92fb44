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
    while waitingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: waiting))
      waiting >>= 8
      waitingCount -= 8
    }
  }

  /// Fills the last byte with zeros.
  mutating func finish() {
    if waitingCount > 0 { bytes.append(UInt8(truncatingIfNeeded: waiting)) }
    (waiting, waitingCount) = (0, 0)
  }
}
