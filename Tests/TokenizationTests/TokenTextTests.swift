import Testing
import Tokenization

@Suite struct TokenTextTests {
  @Test(arguments: ["king", " king", "\n", "\u{1B}[31m", "東", "e\u{301}", "🗼", ""])
  func `text is shown as it is`(text: String) {
    let token = TokenText(bytes: Array(text.utf8))
    #expect(token.isText)
    #expect(token.string.utf8.elementsEqual(text.utf8))
  }

  @Test(
    arguments: [
      ([0xE6, 0x9D], "<0xE6><0x9D>"), ([0xB1], "<0xB1>"), ([0x20, 0xF0, 0x9F], " <0xF0><0x9F>"),
      ([0xC0, 0x80], "<0xC0><0x80>"), ([0x80, 0x61, 0x81], "<0x80>a<0x81>"),
      ([0xED, 0xA0, 0x80], "<0xED><0xA0><0x80>"), ([0xE6, 0x9D, 0xB1, 0xE4], "東<0xE4>"),
    ] as [([UInt8], String)]
  )
  func `parts of a character are shown as bytes`(bytes: [UInt8], shown: String) {
    let token = TokenText(bytes: bytes)
    #expect(!token.isText)
    #expect(token.string == shown)
  }
}
