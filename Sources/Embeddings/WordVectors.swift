import Formats
public import Tensors

/// A vocabulary of vectors: a word for each row of a matrix.
public struct WordVectors: Sendable {
  /// What the vectors are called: a file's path, or a matrix of a model.
  public let name: String
  /// The words, in the order of the rows.
  public let words: WordList
  /// A vector for each word, `[word, dimension]`.
  public let vectors: Tensor
  /// How many lines of a file were left out, and what is wrong with the first of them.
  public package(set) var skipped: (count: Int, first: WordVectorsError)?
  /// Where in a file of lines the first word stands, counted from 1; nothing if there are no lines.
  let firstLine: Int?
  /// The file that has the lines, if it is another one than the vectors'.
  let lineFile: String?

  /// Puts words and vectors together.
  ///
  /// - Parameters:
  ///   - name: What the vectors are called.
  ///   - words: A word for each row.
  ///   - vectors: `[word, dimension]`.
  /// - Precondition: as many words as rows.
  public init(name: String, words: WordList, vectors: Tensor) {
    self.init(name: name, words: words, vectors: vectors, firstLine: nil)
  }

  package init(
    name: String,
    words: WordList,
    vectors: Tensor,
    firstLine: Int?,
    in lineFile: String? = nil
  ) {
    precondition(words.count == vectors.rows, "\(words.count) words for \(vectors.rows) vectors")
    self.name = name
    self.words = words
    self.vectors = vectors
    self.firstLine = firstLine
    self.lineFile = lineFile
  }

  /// The number of dimensions, D.
  public var dimensions: Int { vectors.columns }

  /// A word's vector, `[dimension]`.
  public func vector(_ row: Int) -> Tensor { vectors.slice(row) }

  /// Where a word was read from, for messages: `glove.txt: line 7`.
  public func place(of row: Int) -> String {
    guard let firstLine else { return "\(name.printable): word \(row + 1)" }
    return "\((lineFile ?? name).printable): line \(row + firstLine)"
  }
}
