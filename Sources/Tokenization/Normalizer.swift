/// What becomes of a text before it is cut into pieces.
struct Normalizer: Equatable, Sendable {
  /// One change.
  enum Step: Equatable, Sendable {
    /// Letters and their marks become one character where there is one: Unicode's form NFC.
    case compose
    /// Something goes before a text that is not empty.
    case prepend([UInt8])
    /// Every occurrence of the first becomes the second.
    case replace([UInt8], [UInt8])
  }

  /// The changes, in order; none for GPT-2.
  var steps: [Step] = []

  /// Makes the changes.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: UTF-8.
  func apply(to text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    for step in steps {
      switch step {
      case .compose: text = Self.composed(text)
      case .prepend(let start): if !text.isEmpty { text = start[...] + text }
      case .replace(let old, let new): text = replacing(old, by: new, in: text)[...]
      }
    }
    return text
  }

  /// The text in Unicode's form NFC, as the standard library makes it to compare strings.
  ///
  /// - SeeAlso: Unicode Standard Annex #15, <https://www.unicode.org/reports/tr15/>.
  private static func composed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    // What is below U+0300 is composed.
    guard text.contains(where: { $0 >= 0xCC }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    String(decoding: text, as: UTF8.self)._withNFCCodeUnits { result.append($0) }
    return result[...]
  }
}

/// What a tokenizer does to a text before its tokens merge.
struct TextPreparation: Equatable, Sendable {
  /// What goes before a stretch of text that does not begin with it already.
  struct Prefix: Equatable, Sendable {
    var text: [UInt8]
    /// Whether only the beginning of the whole text gets it.
    var onlyFirst = false
  }

  var normalizer = Normalizer()
  /// Whether spaces are written as SentencePiece does, once added tokens have been found.
  var marksSpaces = false
  var prefix: Prefix?
  var preTokenizer = PreTokenizer.gpt2

  /// A stretch between added tokens as it is cut.
  ///
  /// - Parameters:
  ///   - stretch: The normalized stretch.
  ///   - isFirst: Whether it begins the text.
  /// - Returns: The stretch with its spaces marked and what goes before it.
  func prepared(_ stretch: ArraySlice<UInt8>, isFirst: Bool) -> ArraySlice<UInt8> {
    var stretch = stretch
    if marksSpaces { stretch = replacing([0x20], by: Metaspace.mark, in: stretch)[...] }
    if let prefix, isFirst || !prefix.onlyFirst, !stretch.starts(with: prefix.text) {
      stretch = prefix.text[...] + stretch
    }
    return stretch
  }
}
