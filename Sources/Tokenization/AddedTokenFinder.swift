/// Finds added tokens in text: the leftmost first, of several at one place the longest.
///
/// Hugging Face looks for the special ones in the text as typed, and for the others (`normalized` in
/// the files) in what is left of it. GPT-2 does not normalize text, but the order shows where tokens
/// overlap.
///
/// - SeeAlso: `added_vocabulary.rs` in <https://github.com/huggingface/tokenizers>.
struct AddedTokenFinder: Sendable {
  private let first: Candidates
  private let last: Candidates

  /// One stretch of text.
  enum Segment {
    /// Ordinary text.
    case text(Range<Int>)
    /// An added token, by its id.
    case token(Int)
  }

  init(_ tokens: [AddedVocabulary.Entry]) {
    first = Candidates(tokens.filter { !$0.comesLast })
    last = Candidates(tokens.filter { $0.comesLast })
  }

  /// Cuts text into added tokens and what stands between them.
  ///
  /// - Parameters:
  ///   - text: Valid UTF-8.
  ///   - body: Told of every stretch, from left to right; none is empty.
  func forEachSegment(of text: [UInt8], _ body: (Segment) -> Void) {
    first.forEachSegment(of: text[...]) { segment in
      if case .text(let range) = segment {
        last.forEachSegment(of: text[range], body)
      } else {
        body(segment)
      }
    }
  }
}

/// Added tokens by their first byte, longest first.
private struct Candidates: Sendable {
  private var byFirstByte: [[AddedVocabulary.Entry]] = []

  init(_ tokens: [AddedVocabulary.Entry]) {
    if tokens.isEmpty { return }
    byFirstByte = Array(repeating: [], count: 256)
    for entry in tokens.sorted(by: { $0.token.content.count > $1.token.content.count }) {
      guard let first = entry.token.content.first else { continue }
      byFirstByte[Int(first)].append(entry)
    }
  }

  func forEachSegment(of text: ArraySlice<UInt8>, _ body: (AddedTokenFinder.Segment) -> Void) {
    var (start, at) = (text.startIndex, text.startIndex)
    while at < text.endIndex, !byFirstByte.isEmpty {
      guard let (token, id) = match(at: at, in: text) else {
        at += 1
        continue
      }
      var (from, to) = (at, at + token.content.count)
      at = to
      if token.singleWord, touchesWord(from..<to, in: text) { continue }
      if token.stripsLeft {
        while from > start, let space = whiteSpace(scalar(before: from, in: text)) { from -= space }
      }
      if token.stripsRight {
        while let space = whiteSpace(scalar(at: to, in: text)) { to += space }
      }
      if start < from { body(.text(start..<from)) }
      body(.token(id))
      (start, at) = (to, to)
    }
    if start < text.endIndex { body(.text(start..<text.endIndex)) }
  }

  private func match(
    at position: Int,
    in text: ArraySlice<UInt8>
  ) -> (token: AddedToken, id: Int)? {
    let tokens = byFirstByte[Int(text[position])]
    if tokens.isEmpty { return nil }
    return tokens.first { text[position...].starts(with: $0.token.content) }
      .map { ($0.token, $0.id) }
  }

  private func touchesWord(_ range: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
    scalar(before: range.lowerBound, in: text).map(Self.isWord) ?? false
      || scalar(at: range.upperBound, in: text).map(Self.isWord) ?? false
  }

  /// Whether a scalar is part of a word: a regular expression's `\w`.
  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: true
    default: scalar.properties.isAlphabetic || scalar.properties.isJoinControl
    }
  }

  /// How many bytes a scalar takes, if it is white space.
  private func whiteSpace(_ scalar: Unicode.Scalar?) -> Int? {
    guard let scalar, scalar.properties.isWhitespace else { return nil }
    return UTF8.width(scalar)
  }

  private func scalar(before position: Int, in text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard position > text.startIndex else { return nil }
    var start = position - 1
    while start > text.startIndex, text[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(at: start, in: text)
  }

  private func scalar(at position: Int, in text: ArraySlice<UInt8>) -> Unicode.Scalar? {
    var units = text[position...].prefix(4).makeIterator()
    var decoder = UTF8.ForwardParser()
    guard case .valid(let scalar) = decoder.parseScalar(from: &units) else { return nil }
    return UTF8.decode(scalar)
  }
}
