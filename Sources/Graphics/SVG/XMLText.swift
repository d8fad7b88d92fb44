/// Text as XML carries it.
package enum XMLText {
  /// `text` for an element's content or a quoted attribute.
  ///
  /// What XML 1.0 cannot hold, not even escaped, becomes U+FFFD.
  package static func escape(_ text: String) -> String {
    // Nearly all texts need nothing: no sign of XML's, and no byte that could belong to what it cannot hold.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0xED && $0 != 0x7F && $0 != 0xC2 && !isSign($0) })
    {
      return text
    }
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
      case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
      default: escaped.append(isLegal(scalar) ? scalar : "\u{FFFD}")
      }
    }
    return String(escaped)
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: false
    }
  }

  /// Whether XML 1.0 allows the character, C1 controls and noncharacters aside, which it only
  /// discourages.
  private static func isLegal(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case ..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: false
    default: scalar.value & 0xFFFE != 0xFFFE
    }
  }

  /// `text` as an id: letters, digits, `-` and `_`, beginning with a letter.
  package static func identifier(_ text: String) -> String {
    let kept = text.unicodeScalars.map { scalar -> UInt8 in
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "_": UInt8(scalar.value)
      default: UInt8(ascii: "-")
      }
    }
    let isLetter = kept.first.map { 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 } ?? false
    return (isLetter ? "" : "f") + String(decoding: kept, as: UTF8.self)
  }
}
