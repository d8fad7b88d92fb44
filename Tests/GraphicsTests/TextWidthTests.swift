import Graphics
import Testing

@Suite struct TextWidthTests {
  /// What Python's wcwidth 0.9.4 says of whole strings.
  static let reference: [(String, Int)] = [
    ("a", 1),
    ("The", 3),
    ("\u{B7}king", 5),
    ("\u{E9}", 1),
    ("e\u{301}", 1),
    ("\u{6771}\u{4EAC}", 4),
    ("\u{6771}\u{4EAC}\u{30BF}\u{30EF}\u{30FC}", 10),
    ("\u{1F5FC}", 2),
    ("\u{D55C}\u{AD6D}\u{C5B4}", 6),
    ("\u{AC01}", 2),
    ("\u{1112}\u{1161}\u{11AB}", 2),
    ("\u{FF71}\u{FF72}\u{FF73}", 3),
    ("\u{FF21}\u{FF11}", 4),
    ("\u{1F1EF}\u{1F1F5}", 2),
    ("\u{1F1EB}\u{1F1F7}\u{1F1E9}\u{1F1EA}", 4),
    ("\u{1F44D}", 2),
    ("\u{1F44D}\u{1F3FD}", 2),
    ("\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}", 2),
    ("\u{1F469}\u{1F3FD}\u{200D}\u{1F680}", 2),
    ("\u{1F3F4}\u{200D}\u{2620}\u{FE0F}", 2),
    ("1\u{FE0F}\u{20E3}", 2),
    ("#\u{FE0F}\u{20E3}", 2),
    ("\u{2764}", 1),
    ("\u{2764}\u{FE0F}", 2),
    ("\u{2600}\u{FE0F}", 2),
    ("\u{260E}", 1),
    ("\u{2708}\u{FE0F}", 2),
    ("\u{231A}", 2),
    ("\u{23F0}", 2),
    ("\u{915}\u{94D}\u{937}\u{93F}", 2),
    ("\u{939}\u{93F}\u{928}\u{94D}\u{926}\u{940}", 4),
    ("\u{E20}\u{E32}\u{E29}\u{E32}\u{E44}\u{E17}\u{E22}", 7),
    ("\u{E01}\u{E47}", 1),
    ("\u{5E2}\u{5D1}\u{5E8}\u{5D9}\u{5EA}", 5),
    ("\u{627}\u{644}\u{639}\u{631}\u{628}\u{64A}\u{629}", 7),
    ("\u{395}\u{3BB}\u{3BB}\u{3AC}\u{3B4}\u{3B1}", 6),
    ("\u{420}\u{43E}\u{441}\u{441}\u{438}\u{44F}", 6),
    ("\u{928}\u{93F}", 2),
    ("\u{200B}", 0),
    ("a\u{200B}b", 2),
    ("\u{2026}", 1),
    ("\u{2212}", 1),
    ("\u{D7}", 1),
    ("\u{2500}", 1),
    ("\u{2588}", 1),
    ("\u{2591}", 1),
    ("\u{23CE}", 1),
    ("\u{21E5}", 1),
    ("\u{241B}", 1),
    ("\u{27E8}U+202E\u{27E9}", 8),
    ("\u{3000}", 2),
    ("\u{3001}\u{3002}", 4),
    ("\u{300C}\u{5F15}\u{7528}\u{300D}", 8),
    ("\u{AC00}\u{11A8}", 2),
    ("\u{1D518}", 1),
    ("\u{20BB7}", 2),
    ("\u{1F937}\u{200D}\u{2642}\u{FE0F}", 2),
    ("\u{1F9D1}\u{200D}\u{1F4BB}", 2),
    ("Z\u{351}\u{36B}\u{343}", 1),
    ("\u{FB01}", 1),
    ("\u{BD}", 1),
    ("\u{2460}", 1),
    ("\u{A0}", 1),
    ("na\u{EF}ve", 5),
    ("\u{DF}", 1),
    ("\u{2211}", 1),
    ("\u{2192}", 1),
    ("\u{25CC}\u{301}", 1),
  ]

  @Test(arguments: reference)
  func `columns are those that wcwidth counts`(_ text: String, _ columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test func `controls take no column`() {
    #expect(TextWidth.columns(of: "a\u{1B}\u{7F}\r\nb\u{85}") == 2)
  }

  @Test(arguments: [TextAlignment.leading, .center, .trailing], ["", "東京", "abc", "🗼e\u{301}"])
  func `padded text is as wide as asked`(_ alignment: TextAlignment, _ text: String) {
    #expect(TextWidth.columns(of: TextWidth.pad(text, to: 9, alignment: alignment)) == 9)
  }

  @Test(arguments: 0...9)
  func `cut text fits and never splits a character`(_ width: Int) {
    let text = "東e\u{301}👨\u{200D}👩\u{200D}👧京"
    let cut = TextWidth.truncate(text, to: width)
    #expect(TextWidth.columns(of: cut) <= width)
    #expect(width < 7 || cut == text)
    #expect(text.hasPrefix(cut.replacing("…", with: "")))
  }

  @Test func `a word in katakana stays whole where it fits`() {
    #expect(TextWidth.wrap("次はトークンです", to: 10) == ["次は", "トークンで", "す"])
    #expect(TextWidth.wrap("コンテキストウィンドウ", to: 10) == ["コンテキス", "トウィンド", "ウ"])
    #expect(TextWidth.wrap("もっと", to: 4) == ["もっ", "と"])
  }

  @Test func `text wraps at spaces and between ideographs`() {
    #expect(TextWidth.wrap("one two three", to: 8) == ["one two", "three"])
    #expect(TextWidth.wrap("東京タワー。", to: 6) == ["東京タ", "ワー。"])
    #expect(TextWidth.wrap("unbreakable", to: 4) == ["unbr", "eaka", "ble"])
    #expect(TextWidth.wrap("", to: 4) == [""])
  }
}
