/// Text cut where a line may break.
enum TextPieces {
  /// Cuts text where a line may break: after a word with its spaces, after a word in katakana, and between ideographs
  /// and hiragana.
  ///
  /// Closing punctuation stays with what it closes, small kana with what they follow, and a number with its unit.
  ///
  /// - Parameters:
  ///   - text: What is cut.
  ///   - keepsTogether: Whether a word in katakana is one piece, and a number with its unit; where they do not fit a line,
  ///     they may break too.
  /// - Returns: The pieces in order.
  static func split(_ text: String, keepsTogether: Bool = true) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var previous: Character?
    for character in keepsTogether ? UnbrokenText.bound(text) : text {
      if let previous, breaks(between: previous, and: character, keepsTogether) {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character == UnbrokenText.space ? " " : character)
      previous = character
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private static func breaks(between left: Character, and right: Character, _ keepsTogether: Bool)
    -> Bool
  {
    if right == " " || right == UnbrokenText.space || left == UnbrokenText.space { return false }
    if left == " " { return true }
    if "、。，．）」』】！？：；・ー…)]ゃゅょっ".contains(right) || "（「『【([".contains(left) {
      return false
    }
    if keepsTogether, isKatakana(left), isKatakana(right) { return false }
    // 1つ, 8種類, 1,751億8,129万1,520.
    if isDigit(left) || (isDigit(right) && (isMyriad(left) || left == "第")) { return false }
    return isIdeographic(left) || isIdeographic(right)
  }

  /// Whether the sign stands between groups of four digits.
  static func isMyriad(_ character: Character) -> Bool { "万億兆京".contains(character) }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func isKatakana(_ character: Character) -> Bool {
    ("ァ"..."ヺ").contains(character) || character == "ー"
  }

  private static func isIdeographic(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x2E80...0xA4C6).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF01...0xFF60).contains(scalar.value) || (0x20000...0x3FFFD).contains(scalar.value)
  }
}
