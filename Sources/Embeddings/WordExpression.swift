import Formats
import Platform
public import Tensors

/// Arithmetic with words: `king - man + woman`, `2 king - queen`.
///
/// Between words stand `+` and `-` (or `−`), with blanks around them, for words may have hyphens. A
/// number before a word is its weight; alone it is a word, as vocabularies have numbers. What stands
/// in quotation marks is taken as it is: `" king"`, `"-"`.
public struct WordExpression: Sendable, Equatable {
  /// A word and how often it is added.
  public struct Term: Sendable, Equatable {
    /// The weight, negative if the word is taken away.
    public var weight: Float
    /// The word as it was typed.
    public var word: String
    /// Whether the word stood in quotation marks.
    public var isQuoted: Bool

    /// Makes a term.
    public init(weight: Float, word: String, isQuoted: Bool = false) {
      self.weight = weight
      self.word = word
      self.isQuoted = isQuoted
    }
  }

  /// The terms in order, at least one.
  public let terms: [Term]

  /// Whether it is a word alone.
  public var isWord: Bool { terms.count == 1 && terms[0].weight == 1 }

  /// Whether it is one word less another.
  public var isDifference: Bool { terms.map { $0.weight } == [1, -1] }

  /// One word less another.
  public init(_ word: String, minus other: String) {
    terms = [Term(weight: 1, word: word), Term(weight: -1, word: other)]
  }

  /// Reads an expression.
  ///
  /// - Throws: ``WordExpressionError`` that says where it cannot be understood.
  public init(_ text: String) throws(WordExpressionError) {
    var terms: [Term] = []
    var sign: (text: String, weight: Float)?
    var number: String?
    func end(_ word: String, isQuoted: Bool) throws(WordExpressionError) {
      guard terms.isEmpty || sign != nil else {
        throw .noSign(before: word, after: terms[terms.count - 1].word)
      }
      let factor = number.flatMap { Float($0) } ?? 1
      terms.append(Term(weight: factor * (sign?.weight ?? 1), word: word, isQuoted: isQuoted))
      (sign, number) = (nil, nil)
    }
    // A number with no word behind it is a word itself.
    func endLoneNumber() throws(WordExpressionError) {
      guard let word = number else { return }
      number = nil
      try end(word, isQuoted: false)
    }
    for piece in try Self.pieces(of: text) {
      if !piece.isQuoted, let weight = Self.sign(piece.text) {
        try endLoneNumber()
        if let sign { throw .twoSigns(sign.text, piece.text) }
        sign = (piece.text, weight)
      } else if !piece.isQuoted, piece.text == "*", number != nil {
        continue
      } else if !piece.isQuoted, number == nil, let weight = Self.weight(piece.text) {
        number = weight
      } else {
        try end(piece.text, isQuoted: piece.isQuoted)
      }
    }
    try endLoneNumber()
    if let sign { throw terms.isEmpty ? .noWords : .endsWith(sign.text) }
    guard !terms.isEmpty else { throw .noWords }
    self.terms = terms
  }

  /// The sum of the terms: `Σₜ weight · vector`, `[dimension]`.
  ///
  /// - Parameters:
  ///   - vectors: `[word, dimension]`.
  ///   - rows: The row of each term's word.
  /// - Returns: The sum.
  public func vector(in vectors: Tensor, rows: [Int]) -> Tensor {
    precondition(rows.count == terms.count, "\(rows.count) rows for \(terms.count) terms")
    // Added up with more digits than there are, so that the order does not matter.
    var sum = [Double](repeating: 0, count: vectors.columns)
    for (term, row) in zip(terms, rows) {
      vectors.slice(row).withValues { values in
        for i in sum.indices { sum[i] += Double(term.weight) * Double(values[i]) }
      }
    }
    return Tensor(shape: [sum.count], values: sum.map { Float($0) })
  }

  // MARK: - Pieces

  private struct Piece {
    var text: String
    var isQuoted: Bool
  }

  private static func pieces(of text: String) throws(WordExpressionError) -> [Piece] {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let first = rest.first {
      if first.isWhiteSpace {
        rest.removeFirst()
      } else if first == "\"" {
        guard let end = rest.dropFirst().firstIndex(of: "\"") else { throw .openQuote }
        let word = rest[rest.index(after: rest.startIndex)..<end]
        guard !word.isEmpty else { throw .emptyQuote }
        pieces.append(Piece(text: String(word), isQuoted: true))
        rest = rest[rest.index(after: end)...]
      } else {
        let word = rest.prefix { !$0.isWhiteSpace }
        rest = rest.dropFirst(word.count)
        // `2*king` is a number, a sign and a word.
        if let star = word.firstIndex(of: "*"), weight(String(word[..<star])) != nil,
          word.index(after: star) < word.endIndex
        {
          pieces.append(Piece(text: String(word[..<star]), isQuoted: false))
          pieces.append(Piece(text: String(word[word.index(after: star)...]), isQuoted: false))
        } else {
          pieces.append(Piece(text: String(word), isQuoted: false))
        }
      }
    }
    return pieces
  }

  private static func sign(_ text: String) -> Float? {
    switch text {
    case "+": 1
    case "-", "−", "–": -1
    default: nil
    }
  }

  /// A number in decimal, which may be a weight.
  private static func weight(_ text: String) -> String? {
    let isDecimal = !text.isEmpty && text.utf8.allSatisfy { ".0123456789".utf8.contains($0) }
    guard isDecimal, let value = Float(text), value.isFinite else { return nil }
    return text
  }
}

/// Why an expression cannot be understood.
public enum WordExpressionError: Error, Equatable, CustomStringConvertible {
  /// There is no word in it.
  case noWords
  /// Two signs follow one another.
  case twoSigns(String, String)
  /// A sign stands at the end.
  case endsWith(String)
  /// Two words follow one another.
  case noSign(before: String, after: String)
  /// A quotation mark is not closed.
  case openQuote
  /// There is nothing between two quotation marks.
  case emptyQuote

  /// One lower-case sentence.
  public var description: String {
    switch self {
    case .noWords: "there is no word in it; write words with + and - between them"
    case .twoSigns(let first, let second):
      "two signs follow one another, “\(first) \(second)”; a word must stand between them"
    case .endsWith(let sign): "it ends with “\(sign)”; a word must follow"
    case .noSign(let word, let other):
      "between “\(other.printable)” and “\(word.printable)” stands no sign; write + or - between words"
    case .openQuote: "a quotation mark is not closed"
    case .emptyQuote: "there is nothing between two quotation marks"
    }
  }
}
