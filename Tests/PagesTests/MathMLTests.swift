import Foundation
import Graphics
import Pages
import Testing
import Walkthrough

@Suite struct MathMLTests {
  private static let cases: [(Math, String)] = [
    ("x", "<mi>x</mi>"),
    (.number("0.5"), "<mn>0.5</mn>"),
    (
      .quantity(Quantity(-0.5, digits: 1, origin: .trace("hook_q[0,1]"))),
      #"<mn data-from="hook_q[0,1]">−0.5</mn>"#
    ),
    (.op("<"), "<mo>&lt;</mo>"),
    (.function("tanh"), "<mi>tanh</mi>"),
    (.text(" if "), "<mtext>&#xA0;if&#xA0;</mtext>"),
    (
      [.function("LN"), .parens("x")],
      "<mrow><mi>LN</mi><mo>&#x2061;</mo><mrow><mo>(</mo><mi>x</mi><mo>)</mo></mrow></mrow>"
    ),
    ("W_E", "<msub><mi>W</mi><mi>E</mi></msub>"),
    (.sup("e", "s"), "<msup><mi>e</mi><mi>s</mi></msup>"),
    (.sup("x_i", .number("2")), "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>"),
    (.frac("a", .sqrt("d")), "<mfrac><mi>a</mi><msqrt><mi>d</mi></msqrt></mfrac>"),
    (
      .sum(under: "j", "p_j"),
      "<mrow><munder><mo>∑</mo><mi>j</mi></munder><msub><mi>p</mi><mi>j</mi></msub></mrow>"
    ),
  ]

  @Test(arguments: cases)
  func `every kind of formula has its element`(math: Math, expected: String) {
    #expect(MathML.inline(math).text == "<math>\(expected)</math>")
  }

  @Test func `a short equation is one element, a long one is cut before its signs`() {
    let short: Math = ["y", .op("="), "x"]
    #expect(MathML.block(short).text.hasPrefix(#"<math display="block">"#))
    let long: Math = [.text("a rather long name"), .op("="), .text("another one"), .op("+"), "b"]
    let parts = MathML.block(long).text.components(separatedBy: "<wbr/>")
    #expect(parts.count == 3)
    #expect(parts[1].contains("<mi></mi><mo>=</mo>"))
    #expect(parts[2].contains("<mi></mi><mo>+</mo>"))
  }
}
