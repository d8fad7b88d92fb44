import Testing
import Walkthrough

@Suite struct CharacterPartTests {
  /// For each token the characters it is a part of, each with the bytes it holds.
  private func parts(_ tokens: [String], in text: String? = nil) -> [[String]] {
    CharacterPart.parts(of: tokens, in: text).map { parts in
      parts.map { "\($0.character) \($0.range.lowerBound)..<\($0.range.upperBound)" }
    }
  }

  @Test func `日 is E6 97 A5`() throws {
    let tokens = ["<0xE6>", "<0x97>", "<0xA5>"]
    #expect(parts(tokens, in: "日") == [["日 0..<1"], ["日 1..<2"], ["日 2..<3"]])
    #expect(CharacterPart.parts(of: tokens)[2].first?.bytes == "E6 97 A5")
  }

  @Test func `a token may hold several bytes, text beside them, and parts of two characters`() {
    let tokens = ["a <0xE6>", "<0x97><0xA5><0xE6>", "<0x9C><0xAC>!"]
    #expect(
      parts(tokens, in: "a 日本!") == [["日 0..<1"], ["日 1..<3", "本 0..<1"], ["本 1..<3"]]
    )
  }

  @Test func `an emoji with its joiners is one character`() throws {
    let astronaut = "\u{1F469}\u{200D}\u{1F680}"
    let whole = ["\u{1F469}", "\u{200D}", "\u{1F680}"]
    #expect(
      parts(whole, in: astronaut)
        == [["\(astronaut) 0..<4"], ["\(astronaut) 4..<7"], ["\(astronaut) 7..<11"]]
    )
    let cut = ["<0xF0><0x9F>", "<0x91><0xA9>\u{200D}<0xF0>", "<0x9F><0x9A><0x80>"]
    #expect(
      parts(cut, in: astronaut)
        == [["\(astronaut) 0..<2"], ["\(astronaut) 2..<8"], ["\(astronaut) 8..<11"]]
    )
    let bytes = CharacterPart.parts(of: cut)[0].first?.bytes
    #expect(bytes == "F0 9F 91 A9 E2 80 8D F0 9F 9A 80")
  }

  @Test func `a mark that stands in a token of its own belongs to the letter before it`() {
    #expect(parts(["e", "\u{301}"]) == [["e\u{301} 0..<1"], ["e\u{301} 1..<3"]])
  }

  @Test func `whole characters are parts of nothing`() {
    #expect(parts(["日本", " は", "é", "\r", "\n", "a"]).allSatisfy { $0.isEmpty })
    #expect(parts([]).isEmpty)
  }

  @Test func `bytes that are no UTF-8 remain as they are`() {
    #expect(parts(["<0xE6>", "<0x97>"]) == [[], []])
    let bytes = ["<0xFF>", "<0xE6>", "<0x97>", "<0xA5>", "<0xA5>"]
    #expect(parts(bytes).map(\.count) == [0, 1, 1, 1, 0])
  }

  @Test func `what was typed so is no byte`() {
    #expect(parts(["<0xE6>", "<0x97>", "<0xA5>"], in: "<0xE6><0x97><0xA5>") == [[], [], []])
    #expect(parts(["<", "0xE6", ">", "<0x41>"]) == [[], [], [], []])
  }

  @Test func `a token put before the text changes nothing`() {
    #expect(parts(["<|endoftext|>", "<0xC3>", "<0xA9>"], in: "é").map(\.count) == [0, 1, 1])
  }

  @Test func `marks piled up without end are characters of their own`() {
    let marks = [String](repeating: "\u{301}", count: 100)
    let found = CharacterPart.parts(of: ["e"] + marks)
    #expect(found.allSatisfy { $0.isEmpty })
  }
}
