/// A token that is found in the text before any splitting and merging, such as `<|endoftext|>`.
struct AddedToken: Equatable, Sendable {
  /// What is looked for, in UTF-8.
  let content: [UInt8]
  var id: Int
  /// Whether it counts only where no letter, digit or underscore touches it.
  var singleWord = false
  /// Whether white space before it is taken in.
  var stripsLeft = false
  /// Whether white space after it is taken in.
  var stripsRight = false
}

/// Finds added tokens in text: the leftmost first, of several at one place the longest.
///
/// - SeeAlso: `added_vocabulary.rs` in <https://github.com/huggingface/tokenizers>.
struct AddedTokenFinder: Sendable {
  /// The tokens by their first byte, longest first.
  private var candidates: [[AddedToken]]

  /// One stretch of text.
  enum Segment {
    /// Ordinary text.
    case text(Range<Int>)
    /// An added token, by its id.
    case token(Int)
  }

  init(_ tokens: [AddedToken]) {
    candidates = Array(repeating: [], count: 256)
    for token in tokens.sorted(by: { $0.content.count > $1.content.count }) {
      guard let first = token.content.first else { continue }
      candidates[Int(first)].append(token)
    }
  }

  /// Cuts text into added tokens and what stands between them.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - body: Told of every stretch, from left to right; none is empty.
  func forEachSegment(of text: [UInt8], _ body: (Segment) -> Void) {
    var (start, at) = (0, 0)
    while at < text.count {
      guard let token = match(at: at, in: text) else {
        at += 1
        continue
      }
      var (from, to) = (at, at + token.content.count)
      at = to
      if token.singleWord, isWord(before: from, in: text) || isWord(at: to, in: text) { continue }
      if token.stripsLeft {
        while from > start, let space = whiteSpace(before: from, in: text) { from -= space }
      }
      if token.stripsRight {
        while let space = whiteSpace(at: to, in: text) { to += space }
      }
      if start < from { body(.text(start..<from)) }
      body(.token(token.id))
      (start, at) = (to, to)
    }
    if start < text.count { body(.text(start..<text.count)) }
  }

  private func match(at position: Int, in text: [UInt8]) -> AddedToken? {
    let tokens = candidates[Int(text[position])]
    if tokens.isEmpty { return nil }
    return tokens.first { text[position...].starts(with: $0.content) }
  }

  private func whiteSpace(at position: Int, in text: [UInt8]) -> Int? {
    scalar(at: position, in: text).flatMap {
      $0.properties.isWhitespace ? UTF8.width($0) : nil
    }
  }

  private func whiteSpace(before position: Int, in text: [UInt8]) -> Int? {
    scalar(before: position, in: text).flatMap {
      $0.properties.isWhitespace ? UTF8.width($0) : nil
    }
  }

  private func isWord(at position: Int, in text: [UInt8]) -> Bool {
    scalar(at: position, in: text).map(Self.isWord) ?? false
  }

  private func isWord(before position: Int, in text: [UInt8]) -> Bool {
    scalar(before: position, in: text).map(Self.isWord) ?? false
  }

  /// Whether a scalar is part of a word: a regular expression's `\w`.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
    default: scalar.properties.isAlphabetic || scalar.properties.isJoinControl
    }
  }

  private func scalar(before position: Int, in text: [UInt8]) -> Unicode.Scalar? {
    var start = position - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start < 0 ? nil : scalar(at: start, in: text)
  }

  private func scalar(at position: Int, in text: [UInt8]) -> Unicode.Scalar? {
    guard position < text.count else { return nil }
    var units = text[position...].prefix(4).makeIterator()
    var decoder = UTF8.ForwardParser()
    guard case .valid(let scalar) = decoder.parseScalar(from: &units) else { return nil }
    return UTF8.decode(scalar)
  }
}
