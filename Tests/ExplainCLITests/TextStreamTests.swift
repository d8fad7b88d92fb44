import ExplainCLI
import Testing

@Suite struct TextStreamTests {
  private func pieces(_ tokens: [[UInt8]], stops: [String] = []) -> [String] {
    var stream = TextStream(stops: stops)
    return tokens.map { stream.take($0) } + [stream.finish()]
  }

  @Test func `a character that comes in parts is shown when it is whole`() {
    let tokyo = Array("東京".utf8)
    #expect(
      pieces([[tokyo[0]], [tokyo[1]], Array(tokyo[2...4]), [tokyo[5]]]) == ["", "", "東", "京", ""]
    )
  }

  @Test func `bytes that become no character are shown as such`() {
    #expect(pieces([[0xE6], [0x61]]) == ["", "\u{FFFD}a", ""])
    #expect(pieces([[0x61, 0xE6, 0x9D]]) == ["a", "\u{FFFD}"])
  }

  @Test func `nothing of a stop text is shown, wherever tokens cut it`() {
    #expect(
      pieces(["one\n".utf8, "Us".utf8, "er: two".utf8].map(Array.init), stops: ["\nUser:"])
        == ["one", "", "", ""]
    )
    #expect(pieces(["on".utf8, "e ".utf8].map(Array.init), stops: ["e x"]) == ["on", "", "e "])
    #expect(pieces(["aab".utf8].map(Array.init), stops: ["ab", "b"]) == ["a", ""])
  }

  @Test func `what seemed to become the stop text is shown once it does not`() {
    #expect(
      pieces(["a\nU".utf8, "ncle".utf8].map(Array.init), stops: ["\nUser:"])
        == ["a", "\nUncle", ""]
    )
  }
}
