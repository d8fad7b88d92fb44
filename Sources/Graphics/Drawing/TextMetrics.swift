import Platform

/// The sizes of type in figures.
public enum FontSize: Double, Sendable, CaseIterable {
  /// Ids, ticks, remarks.
  case small = 12
  /// Labels and numbers.
  case regular = 13
  /// A figure's title.
  case title = 16
}

/// How wide text will be, estimated: the reader's system font is not known here.
///
/// The estimate is that of a wide font, so that labels keep clear of their neighbours in any.
enum TextMetrics {
  /// The width of `text` in pixels.
  static func width(of text: String, size: FontSize, bold: Bool = false) -> Double {
    let total = text.reduce(0) { $0 + ems(of: $1) }
    return total * size.rawValue * (bold ? 1.15 : 1)
  }

  /// `text` cut to at most `width` pixels, ending in an ellipsis where something is lost.
  static func truncate(
    _ text: String,
    to width: Double,
    size: FontSize,
    bold: Bool = false
  ) -> String {
    guard self.width(of: text, size: size, bold: bold) > width else { return text }
    let room = width - self.width(of: "…", size: size, bold: bold)
    var kept = ""
    var used = 0.0
    for character in text {
      used += self.width(of: String(character), size: size, bold: bold)
      guard used <= room else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  private static func ems(of character: Character) -> Double {
    if let ascii = character.asciiValue {
      return ascii >= 32 && ascii < 127 ? Double(asciiWidths[Int(ascii) - 32]) / 100 : 0
    }
    switch character {
    case "·": return 0.32
    case "−", "×", "÷", "→", "←", "≤", "≥", "∞": return 0.84
    case "–", "√": return 0.7
    case "…", "⏎", "⇥": return 1
    default:
      switch TextWidth.columns(of: character) {
      case 0: return 0
      case 1: return 0.66
      default: return character.unicodeScalars.first?.isEmoji == true ? 1.3 : 1
      }
    }
  }

  /// Advances of the printable ASCII characters, in hundredths of an em: those of DejaVu Sans, which is
  /// as wide as Verdana and wider than the system fonts of Apple and Microsoft.
  private static let asciiWidths: [UInt8] = [
    32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 31, 32, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50, 52, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
  ]
}
