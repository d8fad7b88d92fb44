import Graphics
import Walkthrough

/// Formulas as MathML, which browsers set themselves.
enum MathML {
  /// A formula on a line of its own.
  static func block(_ math: Math) -> HTML {
    #"<math display="block">\#(element(math))</math>"#
  }

  /// A formula within a line.
  static func inline(_ math: Math) -> HTML { "<math>\(element(math))</math>" }

  /// One element for the formula: scripts and fractions need exactly one for each part.
  private static func element(_ math: Math) -> HTML {
    switch math {
    case .symbol(let name): "<mi>\(VisibleText.plain(name))</mi>"
    case .number(let digits): "<mn>\(VisibleText.plain(digits))</mn>"
    case .quantity(let quantity): "<mn\(Markup.origin(of: quantity))>\(quantity.text)</mn>"
    case .op(let sign): "<mo>\(VisibleText.plain(sign))</mo>"
    case .function(let name): "<mi>\(VisibleText.plain(name))</mi>"
    case .text(let words): "<mtext>\(VisibleText.plain(words))</mtext>"
    case .row(let parts): "<mrow>\(row(parts))</mrow>"
    case .parens(let inner):
      "<mrow><mo>(</mo>\(element(inner))<mo>)</mo></mrow>"
    case .sub(.sup(let base, let power), let index), .sup(.sub(let base, let index), let power):
      "<msubsup>\(element(base))\(element(index))\(element(power))</msubsup>"
    case .sub(let base, let index): "<msub>\(element(base))\(element(index))</msub>"
    case .sup(let base, let power): "<msup>\(element(base))\(element(power))</msup>"
    case .frac(let top, let bottom): "<mfrac>\(element(top))\(element(bottom))</mfrac>"
    case .sqrt(let inner): "<msqrt>\(element(inner))</msqrt>"
    case .sum(let under, let inner):
      "<mrow><munder><mo>∑</mo>\(element(under))</munder>\(element(inner))</mrow>"
    }
  }

  /// Parts in a row; between a function's name and what it is applied to stands the invisible sign
  /// of application, which speech and spacing need.
  private static func row(_ parts: [Math]) -> HTML {
    var html = HTML.nothing
    for (index, part) in parts.enumerated() {
      html += element(part)
      if case .function = part, index + 1 < parts.count { html += "<mo>&#x2061;</mo>" }
    }
    return html
  }
}
