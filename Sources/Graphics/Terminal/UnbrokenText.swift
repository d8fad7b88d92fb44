/// Keeps on one line what belongs together: a number and its unit, or its name.
///
/// `F = 49,152`, `layer 3`, `2,048 tokens`, `位置 4`, `5 個`: no line may end at the spaces in these.
package enum UnbrokenText {
  /// Stands for a space at which no line may break.
  package static let space: Character = "\u{A0}"

  /// The text with ``space`` where no line may break.
  ///
  /// - Parameters:
  ///   - text: Words and numbers.
  ///   - before: What stands before it, if it does not stand alone; of that the last word matters.
  ///   - after: What stands behind it; of that the first word matters.
  /// - Returns: The text, as long as it was.
  package static func bound(_ text: String, between before: String = "", and after: String = "")
    -> String
  {
    var words = text.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count > 1 else { return text }
    // A word that goes on before or behind the text is looked at as a whole.
    let (first, last) = (words[0], words[words.count - 1])
    words[0] = (lastWord(of: before) + first)[...]
    words[words.count - 1] = last + firstWord(of: after)
    var bound = String(first)
    for index in 1..<words.count {
      let holds = belongs(words[index - 1], with: words[index])
      bound.append(holds ? space : " ")
      bound += index == words.count - 1 ? last : words[index]
    }
    return bound
  }

  /// The text with plain spaces again.
  package static func unbound(_ text: String) -> String {
    text.contains(space) ? String(text.map { $0 == space ? " " : $0 }) : text
  }

  private static func lastWord(of text: String) -> String {
    String(text.split(separator: " ", omittingEmptySubsequences: false).last ?? "")
  }

  private static func firstWord(of text: String) -> String {
    String(text.split(separator: " ", omittingEmptySubsequences: false).first ?? "")
  }

  // MARK: - What belongs together

  private static func belongs(_ left: Substring, with right: Substring) -> Bool {
    if right == "=" { return (1...8).contains(left.count) }
    if left == "=" { return startsNumber(right) }
    if startsNumber(right), isName(left) { return true }
    return endsNumber(left) && isUnit(right)
  }

  private static func startsNumber(_ word: Substring) -> Bool {
    var word = word
    while let first = word.first, first == "(" || first == "−" { word.removeFirst() }
    return word.first.map(isDigit) ?? false
  }

  private static func endsNumber(_ word: Substring) -> Bool {
    word.last.map { isDigit($0) || TextPieces.isMyriad($0) } ?? false
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  /// Whether a number behind the word says which one.
  private static func isName(_ word: Substring) -> Bool {
    namesBehind.contains { word.utf8.reversed().starts(with: $0.utf8.reversed()) }
      || names.contains { word == $0 }
  }

  /// Whether the word says what a number before it counts.
  private static func isUnit(_ word: Substring) -> Bool {
    if counters.contains(where: { word.utf8.starts(with: $0.utf8) }) { return true }
    var word = word
    while let last = word.last, ".,;:)".contains(last) { word.removeLast() }
    return units.contains { word == $0 }
  }

  private static let names = [
    "layer", "head", "position", "neuron", "depth", "stage", "block", "token", "row", "seed",
    "temperature", "step", "number", "length", "Layer", "Head", "Position", "Neuron", "Token",
  ]
  private static let units = [
    "tokens", "bits", "bytes", "GB", "MB", "KB", "layers", "heads", "neurons", "positions", "times",
    "numbers", "weights", "logits", "characters", "dimensions", "rows", "columns", "words", "years",
  ]
  /// Japanese words, which stand without a space behind others.
  private static let namesBehind = [
    "レイヤー", "ヘッド", "位置", "ニューロン", "深さ", "ブロック", "番号", "軸", "温度", "シード",
  ]
  private static let counters = [
    "個", "本", "行", "列", "次元", "トークン", "組", "回", "文字", "か所", "バイト", "ビット", "番", "語", "年",
    "倍", "枚", "ロジット", "種類",
  ]
}
