/// Text cut where a line may break.
enum TextPieces {
  /// The pieces of `text` in order: a word with the spaces after it, or one ideograph or kana.
  ///
  /// Closing punctuation stays with what it closes.
  static func split(_ text: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    var previous: Character?
    for character in text {
      if let previous, breaks(between: previous, and: character) {
        pieces.append(piece)
        piece = ""
      }
      piece.append(character)
      previous = character
    }
    if !piece.isEmpty { pieces.append(piece) }
    return pieces
  }

  private static func breaks(between left: Character, and right: Character) -> Bool {
    if right == " " { return false }
    if left == " " { return true }
    if "、。，．）」』】！？：；・ー…)]".contains(right) || "（「『【([".contains(left) {
      return false
    }
    return isIdeographic(left) || isIdeographic(right)
  }

  private static func isIdeographic(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x2E80...0xA4C6).contains(scalar.value) || (0xF900...0xFAFF).contains(scalar.value)
      || (0xFF01...0xFF60).contains(scalar.value) || (0x20000...0x3FFFD).contains(scalar.value)
  }
}
