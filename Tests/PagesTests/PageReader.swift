import Foundation

/// Reads a page as far as tests need to.
struct PageReader {
  let html: String

  /// The values of an attribute, in the order of the page.
  func values(of attribute: String) -> [String] {
    html.components(separatedBy: " \(attribute)=\"").dropFirst().map {
      String($0.prefix { $0 != "\"" })
    }
  }

  /// The attribute's values with the text that follows their element's start.
  func contents(of attribute: String) -> [(value: String, text: String)] {
    html.components(separatedBy: " \(attribute)=\"").dropFirst().map { rest in
      let value = rest.prefix { $0 != "\"" }
      let text = rest.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
      return (Self.unescaped(String(value)), Self.unescaped(String(text)))
    }
  }

  /// The page without what its script is and reads, of which tests of its own know.
  var withoutScripts: String {
    html.replacing(
      /<script type="application\/[a-z-]+" id="[A-Za-z0-9-]+"(?: data-bytes="\d+")?>[^<>&]*<\/script>\n/,
      with: ""
    )
    .replacing(/<script type="module">\/\/<!\[CDATA\[\n(?s:.*?)\/\/\]\]>\n<\/script>\n/, with: "")
  }

  /// The page without its style sheet and the insides of its figures, which have tests of their own.
  var skeleton: String {
    var text = withoutScripts.replacing(/'sha256-[^']+'/, with: "'sha256-…'")
    for (open, close) in [
      ("<style id=\"figure-style\">", "</style>"), ("<style>", "</style>"), ("<svg ", "</svg>"),
    ] {
      var rest = text[...]
      var kept = ""
      while let start = rest.range(of: open), let end = rest.range(of: close) {
        kept += rest[..<start.lowerBound] + open.trimmingCharacters(in: .whitespaces)
        kept += open.hasSuffix(">") ? close : ">" + close
        rest = rest[end.upperBound...]
      }
      text = kept + rest
    }
    return text
  }

  static func unescaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&lt;", with: "<").replacingOccurrences(of: "&gt;", with: ">")
      .replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&#39;", with: "'")
      .replacingOccurrences(of: "&amp;", with: "&")
  }
}
