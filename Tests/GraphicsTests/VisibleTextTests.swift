import Graphics
import Testing

@Suite struct VisibleTextTests {
  @Test(arguments: [
    (" king", "·king"), ("a\nb", "a⏎b"), ("\t", "⇥"), ("\u{1B}[31m", "␛[31m"), ("\u{7F}", "␡"),
    ("\r\n", "␍⏎"), ("\u{85}", "⟨U+0085⟩"), ("\u{202E}x", "⟨U+202E⟩x"),
    ("a\u{200B}b", "a⟨U+200B⟩b"), ("\u{FEFF}", "⟨U+FEFF⟩"), ("\u{3000}", "⟨U+3000⟩"),
    ("\u{E000}", "⟨U+E000⟩"),
    ("\u{301}", "◌\u{301}"), (" \u{301}", "·◌\u{301}"), ("e\u{301}", "e\u{301}"),
    ("a\u{200D}b", "a⟨U+200D⟩b"), ("\u{FE0F}", "⟨U+FE0F⟩"), ("❤\u{FE0F}", "❤\u{FE0F}"),
    ("👨\u{200D}👩\u{200D}👧", "👨\u{200D}👩\u{200D}👧"), ("👨\u{200D}", "👨⟨U+200D⟩"),
    ("\u{3164}", "⟨U+3164⟩"), ("\u{AD}", "⟨U+00AD⟩"), ("東京", "東京"), ("שלום", "שלום"),
    ("\u{FFFD}", "\u{FFFD}"), ("", ""),
  ])
  func `what is invisible is named`(_ token: String, _ shown: String) {
    #expect(VisibleText.show(token) == shown)
    #expect(Array(VisibleText.show(token).unicodeScalars) == Array(shown.unicodeScalars))
  }

  @Test(arguments: Hostile.labels)
  func `showing twice changes nothing`(_ label: String) {
    let once = VisibleText.show(label)
    #expect(VisibleText.show(once) == once)
    #expect(VisibleText.plain(once) == once)
  }

  @Test func `spaces stay in sentences`() {
    #expect(VisibleText.plain("a b\nc") == "a b⏎c")
  }

  @Test func `a tower of marks is cut down`() {
    let shown = VisibleText.show("a" + String(repeating: "\u{301}", count: 50))
    #expect(shown.hasPrefix("a" + String(repeating: "\u{301}", count: 6)))
    #expect(shown.contains("⟨U+0301⟩"))
  }

  @Test func `every character of Unicode is shown without harm`() {
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let shown = VisibleText.show(String(Character(scalar))).unicodeScalars
      if shown.contains(where: { $0 == "\n" || HostileLabelTests.isHarmful($0) }) {
        Issue.record("U+\(String(value, radix: 16)) gets through")
      }
    }
  }
}
