import Platform

/// Finds added tokens in text: the leftmost first, of several at one place the longest.
///
/// Hugging Face looks for the special ones in the text as typed, and for the others (`normalized` in
/// the files) in what is left of it, normalized. GPT-2 does not normalize text, but the order shows
/// where tokens overlap.
///
/// - SeeAlso: `added_vocabulary.rs` in <https://github.com/huggingface/tokenizers>.
struct AddedTokenFinder: Sendable {
  private let first: Candidates
  private let last: Candidates
  private let normalizer: Normalizer

  /// One stretch of text.
  struct Segment {
    /// An added token's id; −1 for ordinary text.
    var token = -1
    /// Ordinary text, normalized.
    var text: ArraySlice<UInt8> = []
    /// Whether it begins the whole.
    var isFirst = false
  }

  init(_ tokens: [AddedVocabulary.Entry], normalizer: Normalizer = Normalizer()) {
    self.normalizer = normalizer
    first = Candidates(tokens.filter { !$0.comesLast }) { $0 }
    last = Candidates(tokens.filter { $0.comesLast }) {
      Array(normalizer.apply(to: $0[...]))
    }
  }

  /// Cuts text into added tokens and what stands between them.
  ///
  /// - Parameter text: Valid UTF-8.
  /// - Returns: Every stretch, from left to right; none is empty.
  func segments(of text: [UInt8]) -> [Segment] {
    var segments: [Segment] = []
    for segment in first.segments(of: text[...]) {
      guard segment.token < 0 else {
        segments.append(segment)
        continue
      }
      for var part in last.segments(of: normalizer.apply(to: segment.text)) {
        part.isFirst = part.isFirst && segment.isFirst
        segments.append(part)
      }
    }
    return segments
  }
}

/// Added tokens by their first byte, longest first.
private struct Candidates: Sendable {
  private struct Candidate: Sendable {
    let token: AddedToken
    let id: Int
    /// What is looked for.
    let content: [UInt8]
  }

  private var byFirstByte: [[Candidate]] = []

  /// Takes tokens, whose contents are looked for as `spelling` has them.
  init(_ tokens: [AddedVocabulary.Entry], spelling: ([UInt8]) -> [UInt8]) {
    if tokens.isEmpty { return }
    byFirstByte = Array(repeating: [], count: 256)
    let candidates = tokens.map {
      Candidate(token: $0.token, id: $0.id, content: spelling($0.token.content))
    }
    for candidate in candidates.rising(by: { -Double($0.content.count) }) {
      guard let first = candidate.content.first else { continue }
      byFirstByte[Int(first)].append(candidate)
    }
  }

  func segments(of text: ArraySlice<UInt8>) -> [AddedTokenFinder.Segment] {
    var segments: [AddedTokenFinder.Segment] = []
    func add(_ range: Range<Int>) {
      guard !range.isEmpty else { return }
      let isFirst = range.lowerBound == text.startIndex
      segments.append(AddedTokenFinder.Segment(text: text[range], isFirst: isFirst))
    }
    var (start, at) = (text.startIndex, text.startIndex)
    while at < text.endIndex, !byFirstByte.isEmpty {
      guard let found = match(at: at, in: text) else {
        at += 1
        continue
      }
      let token = found.token
      var (from, to) = (at, at + found.content.count)
      at = to
      if token.singleWord, touchesWord(from..<to, in: text) { continue }
      if token.stripsLeft {
        while from > start, let space = whiteSpace(scalar(before: from, in: text)) { from -= space }
      }
      if token.stripsRight {
        while let space = whiteSpace(scalar(at: to, in: text)) { to += space }
      }
      add(start..<from)
      segments.append(AddedTokenFinder.Segment(token: found.id))
      (start, at) = (to, to)
    }
    add(start..<text.endIndex)
    return segments
  }

  private func match(at position: Int, in text: ArraySlice<UInt8>) -> Candidate? {
    byFirstByte[Int(text[position])].first { text[position...].starts(with: $0.content) }
  }

  private func touchesWord(_ range: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
    scalar(before: range.lowerBound, in: text)?.isWord == true
      || scalar(at: range.upperBound, in: text)?.isWord == true
  }

  /// How many bytes a scalar takes, if it is white space.
  private func whiteSpace(_ scalar: Unicode.Scalar?) -> Int? {
    guard let scalar, scalar.isWhiteSpace else { return nil }
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
