import Platform
import Testing

@Suite struct HexadecimalTests {
  @Test(arguments: [(0, "00"), (9, "09"), (10, "0A"), (16, "10"), (0xE6, "E6"), (255, "FF")])
  func `a byte has two digits`(byte: UInt8, digits: String) {
    #expect(byte.hexadecimal == digits)
  }
}
