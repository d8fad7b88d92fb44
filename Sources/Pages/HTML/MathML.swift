import Graphics
package import Walkthrough

/// Formulas as MathML, which browsers set themselves.
package enum MathML {
  /// A formula on lines of its own: a long one in parts, between which a line may end, for browsers
  /// do not break formulas themselves.
  package static func block(_ math: Math) -> HTML {
    let parts = isLong(math) ? breakable(math) : []
    guard parts.count > 1 else { return #"<math display="block">\#(element(math))</math>"# }
    return parts.map { #"<math displaystyle="true">\#(part($0))</math>"# }.joined(
      separator: "<wbr/>"
    )
  }

  /// Whether ``block(_:)`` sets a formula in parts.
  static func isInParts(_ math: Math) -> Bool {
    isLong(math) && breakable(math).count > 1
  }

  /// Whether a formula may be wider than the text beside a figure.
  static func isLong(_ math: Math) -> Bool { math.plain.count > lineLength }

  /// A part of a formula.
  ///
  /// Before a sign at its start stands an element without content, so that the sign is one between two terms and
  /// keeps its space.
  private static func part(_ elements: [Math]) -> HTML {
    guard let first = elements.first, case .op(let sign) = first else {
      return "<mrow>\(row(elements))</mrow>"
    }
    let rest = row(Array(elements.dropFirst()))
    return "<mrow><mi></mi><mo>\(VisibleText.plain(sign))</mo>\(rest)</mrow>"
  }

  /// About as many characters as fit beside a figure.
  private static let lineLength = 26

  /// A formula cut before its outermost relations and signs, and after its commas.
  private static func breakable(_ math: Math) -> [[Math]] {
    guard case .row(let elements) = math else { return [[math]] }
    var parts: [[Math]] = [[]]
    for (index, element) in elements.enumerated() {
      let isAfterComma = index > 0 && elements[index - 1] == .op(",")
      if case .op(let sign) = element, ["=", "+", "−", "≈", "∈"].contains(sign),
        !parts[parts.count - 1].isEmpty
      {
        parts.append([])
      } else if isAfterComma {
        parts.append([])
      }
      parts[parts.count - 1].append(element)
    }
    return parts
  }

  /// A formula within a line.
  package static func inline(_ math: Math) -> HTML { "<math>\(element(math))</math>" }

  /// One element for the formula: scripts and fractions need exactly one for each part.
  private static func element(_ math: Math) -> HTML {
    switch math {
    case .symbol(let name): "<mi>\(VisibleText.plain(name))</mi>"
    case .number(let digits): "<mn>\(VisibleText.plain(digits))</mn>"
    case .quantity(let quantity): "<mn\(Markup.origin(of: quantity))>\(quantity.text)</mn>"
    case .op(let sign): "<mo>\(VisibleText.plain(sign))</mo>"
    case .function(let name): "<mi>\(VisibleText.plain(name))</mi>"
    case .text(let words): text(words)
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

  /// Words; their spaces are made fast, for MathML drops those at the ends.
  private static func text(_ words: String) -> HTML {
    let parts = words.split(separator: " ", omittingEmptySubsequences: false)
    let pieces = parts.map { "\(VisibleText.plain(String($0)))" as HTML }
    return "<mtext>\(pieces.joined(separator: "&#xA0;"))</mtext>"
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
