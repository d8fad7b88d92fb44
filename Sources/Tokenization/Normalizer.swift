/// What becomes of a text before it is cut into pieces.
struct Normalizer: Equatable, Sendable {
  /// One change.
  struct Step: Equatable, Sendable {
    /// What is replaced wherever it occurs; empty for a change that replaces nothing.
    var old: [UInt8] = []
    /// What it becomes, or what goes before a text that is not empty; empty for ``compose``.
    var new: [UInt8] = []

    /// Letters and their marks become one character where there is one: Unicode's form NFC.
    static var compose: Step { Step() }
    /// Something goes before a text that is not empty.
    static func prepend(_ start: [UInt8]) -> Step { Step(new: start) }
    /// Every occurrence of the first becomes the second.
    static func replace(_ old: [UInt8], _ new: [UInt8]) -> Step { Step(old: old, new: new) }
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
      if !step.old.isEmpty {
        text = replacing(step.old, by: step.new, in: text)[...]
      } else if step.new.isEmpty {
        text = Self.composed(text)
      } else if !text.isEmpty {
        text = step.new[...] + text
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
