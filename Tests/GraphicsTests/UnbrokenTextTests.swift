import Testing

@testable import Graphics

/// No line breaks between a number and its unit or its name.
@Suite struct UnbrokenTextTests {
  @Test(arguments: [
    (
      "width D = 12,288, MLP width F = 49,152, a context of C = 2,048.",
      "width D_=_12,288, MLP width F_=_49,152, a context of C_=_2,048."
    ),
    ("layer 0, head 12 of 96 heads", "layer_0, head_12 of 96_heads"),
    ("2,048 tokens, 0.61 bits.", "2,048_tokens, 0.61_bits."),
    (
      "幅 D = 12,288、語彙 V = 50,257 トークン、文脈長 C = 2,048",
      "幅 D_=_12,288、語彙 V_=_50,257_トークン、文脈長 C_=_2,048"
    ),
    ("その位置 4 の 5 個と、1746億425万9328 個", "その位置_4 の 5_個と、1746億425万9328_個"),
    ("the sum is = to nothing, 5 of them", "the sum is_= to nothing, 5 of them"),
    ("no number at all", "no number at all"),
  ])
  func `spaces in a number with its unit or name are bound`(text: String, bound: String) {
    let result = UnbrokenText.bound(text)
    #expect(result.map { $0 == UnbrokenText.space ? "_" : String($0) }.joined() == bound)
    #expect(UnbrokenText.unbound(result) == text)
  }

  @Test func `a number that stands in a text of its own is bound to the words around it`() {
    #expect(UnbrokenText.bound("of layer ", between: "", and: "3") == "of layer\u{A0}")
    #expect(UnbrokenText.bound(" bits", between: "0.61", and: "") == "\u{A0}bits")
    #expect(UnbrokenText.bound(" 個の", between: "1,751億", and: "") == "\u{A0}個の")
    #expect(UnbrokenText.bound(" and ", between: "0.61", and: "3") == " and ")
  }

  @Test(arguments: 28...60)
  func `lines never break there, and lose no character`(width: Int) {
    let texts = [
      "96 layers of 96 heads each, width D = 12,288, MLP width F = 49,152, a context of C = 2,048.",
      "レイヤー 96、幅 D = 12,288、語彙 V = 50,257 トークン、合計 174億6425万9328 個、8種類",
    ]
    for text in texts {
      let lines = TextWidth.wrap(text, to: width)
      for line in lines {
        #expect(!line.hasSuffix("=") && !line.hasSuffix(" F") && !line.hasPrefix("="), "\(line)")
        #expect(!line.hasPrefix("トークン") && !line.hasPrefix("個"), "\(line)")
        #expect(!["億", "万"].contains(line.suffix(1)), "\(line)")
      }
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }
}
