import Graphics

/// A piece of HTML that is known to be safe.
///
/// Written as a string literal: what stands in the literal is markup, and every interpolated text is
/// escaped, so that no prompt can become markup by being forgotten. The markup written is well-formed
/// XML too: void elements are closed, attributes quoted, and no entities but those of XML occur.
package struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup.
  package private(set) var text: String

  /// Takes a literal as markup.
  package init(stringLiteral value: String) { text = value }

  /// Takes a literal with pieces in it.
  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Takes over markup that another part of the program made.
  init(trusted markup: String) { text = markup }

  static let nothing: HTML = ""

  var isEmpty: Bool { text.isEmpty }

  static func + (a: HTML, b: HTML) -> HTML { HTML(trusted: a.text + b.text) }

  static func += (a: inout HTML, b: HTML) { a.text += b.text }

  /// Collects the pieces of an interpolated literal.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    /// Starts with nothing.
    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    /// Adds markup.
    @inline(never)
    package mutating func appendLiteral(_ literal: String) { text += literal }

    /// Adds text, escaped for an element's content or a quoted attribute.
    @inline(never)
    package mutating func appendInterpolation(_ words: String) { text += XMLText.escape(words) }

    /// Adds a whole number.
    @inline(never)
    package mutating func appendInterpolation(_ number: Int) { text += String(number) }

    /// Adds a piece of HTML.
    @inline(never)
    package mutating func appendInterpolation(_ html: HTML) { text += html.text }

    /// Adds a piece of HTML if there is one.
    @inline(never)
    package mutating func appendInterpolation(_ html: HTML?) { text += html?.text ?? "" }
  }
}

extension Sequence<HTML> {
  /// The pieces one after another.
  func joined(separator: String = "") -> HTML {
    HTML(trusted: map { $0.text }.joined(separator: separator))
  }
}
