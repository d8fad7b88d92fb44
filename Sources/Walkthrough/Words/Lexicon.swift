public import Embeddings
import Graphics
import Tensors

/// Words with vectors, and how both are called where they are shown.
public struct Lexicon: Sendable {
  /// The words and their vectors.
  public let vectors: WordVectors
  /// What elements are quoted as: `W_E[5,3]`, `glove.6B.50d.txt[5,3]`.
  public let matrix: String
  /// The model whose matrix it is; nothing for a file.
  public let model: String?
  /// Where in a trace element n of each word's vector stands, if it is one's: `hook_embed[4,n]`.
  var places: [String]?
  /// Finds nearest words.
  let neighbours: Neighbours

  /// Prepares to tell of words.
  ///
  /// - Parameters:
  ///   - vectors: The words and their vectors.
  ///   - matrix: What elements are quoted as.
  ///   - model: The model whose matrix it is, if it is one's.
  public init(_ vectors: WordVectors, matrix: String, model: String? = nil) {
    self.vectors = vectors
    self.matrix = matrix
    self.model = model
    neighbours = Neighbours(in: vectors.vectors)
  }

  /// A word as it is shown: its spaces and what else is invisible made visible.
  public func label(_ row: Int) -> String { VisibleText.show(vectors.words[row]) }

  /// An element of a word's vector.
  func element(_ row: Int, _ dimension: Int) -> Quantity {
    Quantity(
      Double(vectors.vectors[row, dimension]),
      digits: 3,
      origin: .trace(matrix, row, dimension)
    )
  }
}

/// Arithmetic with words that are there.
public struct WordQuery: Sendable {
  /// The words and their weights.
  public let expression: WordExpression
  /// Each term's row.
  public let rows: [Int]
  /// The sum, `[dimension]`.
  let vector: Tensor
  /// The sum as it is shown: `king − man + woman`.
  public let label: String

  /// Adds up.
  ///
  /// - Parameters:
  ///   - expression: The words and their weights.
  ///   - rows: The row of each term's word.
  ///   - lexicon: The words' vectors.
  public init(_ expression: WordExpression, rows: [Int], in lexicon: Lexicon) {
    self.expression = expression
    self.rows = rows
    vector = expression.vector(in: lexicon.vectors.vectors, rows: rows)
    var label = ""
    for (term, row) in zip(expression.terms, rows) {
      let factor = abs(term.weight) == 1 ? "" : "\(Self.written(abs(term.weight))) "
      let sign = term.weight < 0 ? (label.isEmpty ? "−" : " − ") : label.isEmpty ? "" : " + "
      label += sign + factor + lexicon.label(row)
    }
    self.label = label
  }

  /// The formula of the sum's dot product with a word; in words where no trace holds the vectors.
  func product(with row: Int, in lexicon: Lexicon) -> String {
    guard let places = lexicon.places else { return "(\(label)) · \(lexicon.label(row))" }
    var sum = ""
    for (term, own) in zip(expression.terms, rows) {
      let factor = abs(term.weight) == 1 ? "" : "\(abs(term.weight)) * "
      let sign = term.weight < 0 ? (sum.isEmpty ? "-" : " - ") : sum.isEmpty ? "" : " + "
      sum += sign + factor + places[own]
    }
    return "sum(n, (\(sum)) * \(places[row]))"
  }

  /// Whether the sum's length, and so every cosine to it, is more than 32-bit numbers hold.
  public var isTooLong: Bool { !norm(vector).isFinite }

  /// Whether the terms cancel out, so that nothing is left to have a direction.
  ///
  /// What rounding leaves of numbers that cancel is no direction either.
  public func isZero(in lexicon: Lexicon) -> Bool {
    let whole = zip(expression.terms, rows).reduce(Float(0)) { sum, term in
      sum + abs(term.0.weight) * norm(lexicon.vectors.vector(term.1))
    }
    return norm(vector) <= whole * 1e-6
  }

  private static func written(_ weight: Float) -> String {
    weight == weight.rounded() && weight < 1e6 ? "\(Int(weight))" : "\(weight)"
  }
}
