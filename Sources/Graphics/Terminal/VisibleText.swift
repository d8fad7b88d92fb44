import Platform

/// Text made visible and harmless.
///
/// A prompt may hold anything: escape sequences that would move the terminal's cursor, controls that
/// reverse the reading order, characters that nobody sees. What a terminal or the bidirectional
/// algorithm would act on is shown by its name instead.
public enum VisibleText {
  /// A token as it is shown: spaces as `·`, line ends as `⏎`, tabs as `⇥`, and what is otherwise
  /// invisible by its name.
  ///
  /// Showing what is already shown changes nothing.
  public static func show(_ token: String) -> String {
    rewrite(token, space: "·")
  }

  /// A label or a sentence: as ``show(_:)``, but spaces stay spaces.
  public static func plain(_ text: String) -> String {
    // Nearly all labels are printable ASCII and the signs of formulas: leave these alone.
    if text.unicodeScalars.allSatisfy(isPlain) { return text }
    return rewrite(text, space: " ")
  }

  private static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " "..."~", "·", "−", "×", "÷", "‖", "Σ", "√", "₀"..."₉", "ₙ", "ᵢ", "…", "→", "“", "”": true
    default: false
    }
  }

  /// More marks than this on one base would run into the lines above and below.
  private static let markLimit = 6

  private static func rewrite(_ text: String, space: Unicode.Scalar) -> String {
    func sign(of blank: Unicode.Scalar) -> Unicode.Scalar? {
      switch blank {
      case " ": space
      case "\n": "⏎"
      case "\t": "⇥"
      default: nil
      }
    }
    let scalars = Array(text.unicodeScalars)
    var shown = String.UnicodeScalarView()
    var marks = 0
    var hasBase = false
    for (index, scalar) in scalars.enumerated() {
      let category = scalar.properties.generalCategory
      let isMark =
        category == .nonspacingMark || category == .enclosingMark || category == .spacingMark
      if let sign = sign(of: scalar) {
        shown.append(sign)
        (marks, hasBase) = (0, false)
      } else if isJoiner(at: index, of: scalars) {
        shown.append(scalar)
      } else if let name = name(of: scalar, category) {
        shown.append(contentsOf: name.unicodeScalars)
        (marks, hasBase) = (0, false)
      } else if isMark {
        marks += 1
        if marks > markLimit {
          shown.append(contentsOf: codePoint(scalar).unicodeScalars)
          (marks, hasBase) = (0, false)
          continue
        }
        if !hasBase { shown.append("\u{25CC}") }
        hasBase = true
        shown.append(scalar)
      } else {
        shown.append(scalar)
        (marks, hasBase) = (0, true)
      }
    }
    return String(shown)
  }

  /// What stands for a scalar that cannot be shown itself, or nil for one that can.
  private static func name(
    of scalar: Unicode.Scalar,
    _ category: Unicode.GeneralCategory
  ) -> String? {
    switch category {
    case .control:
      if scalar.value == 0x7F { return "\u{2421}" }
      if scalar.value < 0x20, let picture = Unicode.Scalar(0x2400 + scalar.value) {
        return String(Character(picture))
      }
      return codePoint(scalar)
    case .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      return codePoint(scalar)
    case .spaceSeparator:
      return scalar == " " ? nil : codePoint(scalar)
    default:
      let isInvisible = scalar.isDefaultIgnorable || scalar.value == 0x2800
      return isInvisible ? codePoint(scalar) : nil
    }
  }

  /// Whether the scalar joins the emoji around it into one picture, which is visible as a whole.
  ///
  /// That is ZERO WIDTH JOINER between two emoji, or a variation selector after one.
  private static func isJoiner(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
    let value = scalars[index].value
    guard index > 0, value == 0x200D || value == 0xFE0F || value == 0xFE0E else { return false }
    var before = index - 1
    if value == 0x200D, before > 0, scalars[before].value == 0xFE0F { before -= 1 }
    guard scalars[before].isEmoji else { return false }
    guard value == 0x200D else { return true }
    return scalars[before].value > 0x7F && index + 1 < scalars.count
      && scalars[index + 1].value > 0x7F && scalars[index + 1].isEmoji
  }

  private static func codePoint(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return "⟨U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "⟩"
  }
}
