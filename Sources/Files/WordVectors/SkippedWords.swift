import Embeddings
import Formats
import Tensors

import Platform

/// What is left out of a file of vectors where bad lines are skipped.
struct SkippedWords {
  /// How many lines or words were left out.
  var count = 0
  /// What was wrong with the first.
  var first: WordVectorsError?

  /// The words and vectors without empty words, without the second and later of equal words, and
  /// without vectors that are not finite.
  ///
  /// - Returns: The rest; the very same where nothing is wrong.
  mutating func leave(
    out name: String,
    _ words: WordList,
    _ vectors: Tensor
  ) -> (words: WordList, vectors: Tensor) {
    let isFinite = vectors.firstNonFinite == nil
    var rows: [Int] = []
    rows.reserveCapacity(words.count)
    for row in 0..<words.count {
      if let reason = reason(row, words, isFinite ? nil : vectors) {
        count += 1
        if first == nil { first = .malformed(file: name, reason: reason) }
      } else {
        rows.append(row)
      }
    }
    guard rows.count < words.count else { return (words, vectors) }
    let size = vectors.columns * MemoryLayout<Float>.size
    let kept = Tensor(uninitialized: [rows.count, vectors.columns]) { target in
      vectors.withValues { source in
        guard let base = source.baseAddress else { return }
        for (place, row) in rows.enumerated() {
          memcpy(target + place * vectors.columns, base + row * vectors.columns, size)
        }
      }
    }
    return (words.keeping(rows), kept)
  }

  private func reason(_ row: Int, _ words: WordList, _ vectors: Tensor?) -> String? {
    if words.bytes(of: row).isEmpty { return "word \(row + 1) is empty" }
    let earlier = words.firstRow(withWordOf: row)
    if earlier != row {
      return "word \(row + 1), “\(words[row].printable)”, is word \(earlier + 1) already"
    }
    guard let vectors, vectors.rows(row..<row + 1).firstNonFinite != nil else { return nil }
    return "a number of word \(row + 1), “\(words[row].printable)”, is not finite"
  }
}
