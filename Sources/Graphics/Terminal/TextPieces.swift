/// Text cut where a line may break.
enum TextPieces {
  /// Cuts text where a line may break: after a word with its spaces, after a word in katakana, and between ideographs
  /// and hiragana.
  ///
  /// Closing punctuation stays with what it closes, and small kana with what they follow.
  ///
  /// - Parameters:
  ///   - text: What is cut.
  ///   - keepsKatakana: Whether a word in katakana is one piece; where it does not fit a line, it may break too.
  /// - Returns: The pieces in order.
  static func split(_ text: String, keepsKatakana: Bool = true) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var previous: Character?
    for character in text {
      if let previous, breaks(between: previous, and: character, keepsKatakana) {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
      previous = character
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private static func breaks(between left: Character, and right: Character, _ keepsKatakana: Bool)
    -> Bool
  {
    if right == " " { return false }
    if left == " " { return true }
    if "、。，．）」』】！？：；・ー…)]ゃゅょっ".contains(right) || "（「『【([".contains(left) {
      return false
    }
    if keepsKatakana, isKatakana(left), isKatakana(right) { return false }
    return isIdeographic(left) || isIdeographic(right)
  }

  private static func isKatakana(_ character: Character) -> Bool {
    ("ァ"..."ヺ").contains(character) || character == "ー"
  }

  private static func isIdeographic(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x2E80...0xA4C6).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF01...0xFF60).contains(scalar.value) || (0x20000...0x3FFFD).contains(scalar.value)
  }
}
