import Platform

/// How many columns text takes in a terminal.
///
/// Counted by grapheme cluster, as current terminals do: an ideograph takes two columns, an emoji
/// sequence two as a whole, a combining mark none, a conjunct of an Indic script at most two.
///
/// - SeeAlso: Unicode Standard Annex #11, East Asian Width, <https://www.unicode.org/reports/tr11/>.
public enum TextWidth {
  /// The columns of `text`, which is expected to hold no line breaks or control characters
  /// (they count as nothing; ``VisibleText`` replaces them).
  public static func columns(of text: String) -> Int {
    var total = 0
    for character in text { total += columns(of: character) }
    return total
  }

  /// The columns of one grapheme cluster: 0, 1 or 2.
  public static func columns(of character: Character) -> Int {
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if first.isASCII && scalars.count == 1 {
      return first.value >= 0x20 && first.value != 0x7F ? 1 : 0
    }
    if isEmoji(scalars, first) { return 2 }
    return min(2, scalars.reduce(0) { $0 + columns(of: $1) })
  }

  /// `text` padded with spaces to `width` columns; longer text stays as it is.
  public static func pad(
    _ text: String,
    to width: Int,
    alignment: TextAlignment = .leading
  ) -> String {
    let missing = max(0, width - columns(of: text))
    switch alignment {
    case .leading: return text + spaces(missing)
    case .trailing: return spaces(missing) + text
    case .center: return spaces(missing / 2) + text + spaces(missing - missing / 2)
    }
  }

  /// `text` cut to at most `width` columns, its end replaced by `ellipsis` where something is lost.
  public static func truncate(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    guard columns(of: text) > width else { return text }
    let mark = columns(of: ellipsis) <= width ? ellipsis : ""
    let room = max(0, width - columns(of: mark))
    var used = 0
    var kept = ""
    for character in text {
      used += columns(of: character)
      guard used <= room else { break }
      kept.append(character)
    }
    return kept + mark
  }

  /// `text` cut or padded to exactly `width` columns.
  public static func fit(
    _ text: String,
    to width: Int,
    alignment: TextAlignment = .leading,
    ellipsis: String = "…"
  ) -> String {
    pad(truncate(text, to: width, ellipsis: ellipsis), to: width, alignment: alignment)
  }

  /// `text` broken into lines of at most `width` columns, at spaces where there are some, and
  /// between any two ideographs or kana.
  public static func wrap(_ text: String, to width: Int) -> [String] {
    let width = max(2, width)
    var lines: [String] = []
    var line = ""
    var used = 0
    let pieces = TextPieces.split(text).flatMap { piece in
      columns(of: piece) > width ? TextPieces.split(piece, keepsTogether: false) : [piece]
    }
    for piece in pieces {
      let size = columns(of: piece)
      if used + columns(of: trimmed(piece)) > width, used > 0 {
        lines.append(trimmed(line))
        (line, used) = ("", 0)
      }
      if size <= width {
        line += piece
        used += size
        continue
      }
      for character in piece {
        let size = columns(of: character)
        if used + size > width {
          lines.append(trimmed(line))
          (line, used) = ("", 0)
        }
        line.append(character)
        used += size
      }
    }
    lines.append(trimmed(line))
    return lines
  }

  static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }

  private static func isEmoji(
    _ scalars: String.UnicodeScalarView,
    _ first: Unicode.Scalar
  ) -> Bool {
    if first.isEmojiPresentation { return true }
    return first.isEmoji && scalars.contains { $0.value == 0xFE0F }
  }

  private static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .control, .nonspacingMark, .enclosingMark, .format, .lineSeparator, .paragraphSeparator,
      .surrogate:
      return 0
    default: break
    }
    let value = scalar.value
    if isJoiningHangul(value) { return 0 }
    return scalar.isInOne(of: wide) ? 2 : 1
  }

  /// Medial and final jamo, which complete the syllable before them, and invisible fillers.
  private static func isJoiningHangul(_ value: UInt32) -> Bool {
    (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FB).contains(value)
      || value == 0x3164 || value == 0xFFA0
  }

  /// The ranges of East Asian Width W and F, emoji aside; unassigned gaps within a script are joined.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x2329...0x232A, 0x2630...0x2637, 0x268A...0x268F, 0x2E80...0x303E,
    0x3041...0x3247, 0x3250...0xA4C6, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x16FF6,
    0x17000...0x191D2, 0x1AFF0...0x1B2FB, 0x1D300...0x1D376, 0x1F1AE...0x1F1AE,
    0x1F1E6...0x1F202, 0x1F210...0x1F265, 0x20000...0x3FFFD,
  ]
}

/// Where text stands in the room it is given.
public enum TextAlignment: Sendable, Equatable {
  case leading
  case center
  case trailing
}
