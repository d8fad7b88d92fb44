import Testing
import Tokenization

@Suite struct ByteAlphabetTests {
  @Test func `every byte has a character of its own, and comes back from it`() {
    let bytes = Array(UInt8.min...UInt8.max)
    let text = ByteAlphabet.text(of: bytes)
    #expect(Set(text.unicodeScalars).count == 256)
    #expect(ByteAlphabet.bytes(of: text.utf8) == bytes)
    #expect(text.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0.value != 0xAD })
  }

  @Test(arguments: [
    (" king", "Ġking"), ("\n", "Ċ"), ("\t", "ĉ"), ("é", "Ã©"), ("東", "æĿ±"), ("\u{7F}", "ġ"),
    ("\u{A0}", "Âł"), ("\u{AD}", "ÂŃ"),
  ])
  func `bytes are written as GPT-2's files write them`(text: String, written: String) {
    #expect(ByteAlphabet.text(of: text.utf8).utf8.elementsEqual(written.utf8))
  }

  @Test(arguments: [" ", "a b", "\n", "\u{AD}", "\u{144}", "東", "🗼", "e\u{301}"])
  func `text outside the alphabet is not bytes`(text: String) {
    #expect(ByteAlphabet.bytes(of: text.utf8) == nil)
  }

  @Test(arguments: [[0xC4], [0xA0], [0xC4, 0x41], [0xC0, 0x80], [0xFF]] as [[UInt8]])
  func `what is not UTF-8 is not bytes either`(damaged: [UInt8]) {
    #expect(ByteAlphabet.bytes(of: damaged) == nil)
  }
}
