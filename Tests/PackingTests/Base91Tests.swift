import Packing
import Testing

@Suite struct Base91Tests {
  /// The bytes of a text, read as the script of a page reads it.
  private func bytes(_ text: String) -> [UInt8] {
    let characters = (0x21...0x7E).filter { !"<>&".utf8.contains(UInt8($0)) }.map { UInt8($0) }
    let values = text.utf8.map { sign in characters.firstIndex(of: sign) ?? -1 }
    var (bytes, waiting, count) = ([UInt8](), 0, 0)
    for index in stride(from: 0, to: values.count, by: 2) {
      waiting |= (values[index] + 91 * values[index + 1]) << count
      count += 13
      while count >= 8 {
        bytes.append(UInt8(waiting & 0xFF))
        waiting >>= 8
        count -= 8
      }
    }
    return bytes
  }

  @Test(arguments: 0..<40)
  func `what was written is read again, with at most one byte of zeros more`(count: Int) {
    let original = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 151 + 255) }
    let read = bytes(Base91.text(original))
    #expect(Array(read.prefix(count)) == original)
    #expect(read.dropFirst(count).allSatisfy { $0 == 0 } && read.count <= count + 1)
  }

  @Test func `no character of the text means anything in mark-up`() {
    let text = Base91.text((0..<20_000).map { UInt8(truncatingIfNeeded: $0 * $0 * 31 + $0) })
    #expect(!text.contains { "<>& ".contains($0) })
    #expect(text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
  }
}
