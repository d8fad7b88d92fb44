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
    return total * size.rawValue * (bold ? 1.12 : 1)
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
    case "−", "–", "×", "÷", "√": return 0.7
    case "…", "⏎", "⇥": return 1
    default:
      switch TextWidth.columns(of: character) {
      case 0: return 0
      case 1: return 0.66
      default: return character.unicodeScalars.first?.properties.isEmoji == true ? 1.3 : 1
      }
    }
  }

  /// Advances of the printable ASCII characters, in hundredths of an em.
  private static let asciiWidths: [UInt8] = [
    32, 36, 42, 76, 61, 86, 74, 26, 36, 36, 48, 76, 31, 36, 31, 34, 60, 60, 60, 60, 60, 60, 60, 60,
    60, 60, 33, 33, 76, 76, 76, 50, 96, 68, 67, 69, 74, 62, 57, 75, 74, 31, 32, 66, 55, 86, 74, 78,
    61, 78, 67, 63, 61, 73, 67, 97, 67, 62, 64, 37, 34, 37, 76, 50, 52, 60, 62, 55, 62, 60, 35, 62,
    62, 27, 28, 57, 27, 95, 62, 60, 62, 62, 41, 52, 38, 62, 57, 80, 57, 57, 52, 60, 34, 60, 76,
  ]
}
