import Embeddings
import Formats
import Tensors

/// A list of words in a file: one a line, in the order of a matrix's rows.
struct WordListFile {
  /// The names under which the list of `DIR/NAME.npy` is looked for, in this order:
  /// `NAME.words.txt`, `NAME.words`, `NAME.vocab`, then `words.txt` and `vocab.txt`.
  static func paths(beside matrix: String) -> [String] {
    let stem = matrix.hasSuffix(".npy") ? String(matrix.dropLast(4)) : matrix
    let folder = matrix.lastIndex(of: "/").map { String(matrix[...$0]) } ?? ""
    return [".words.txt", ".words", ".vocab"].map { stem + $0 }
      + ["words.txt", "vocab.txt"].map { folder + $0 }
  }

  /// Reads the words.
  ///
  /// - Parameters:
  ///   - path: The list's path.
  ///   - rows: How many words there must be.
  ///   - matrix: What the matrix is called.
  /// - Returns: The words.
  /// - Throws: ``Embeddings/WordVectorsError`` naming the line that is not one word.
  static func read(
    _ path: String,
    rows: Int,
    of matrix: String
  ) throws(WordVectorsError) -> WordList {
    let file: MappedFile
    do { file = try MappedFile(path: path) } catch { throw .file(error) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(file.bytes.count, 1 << 26))
    var ends: [Int] = []
    ends.reserveCapacity(min(rows, file.bytes.count))
    var start = file.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < file.bytes.count {
      let newline = file.bytes[start...].firstIndex(of: UInt8(ascii: "\n"))
      let line = file.bytes[start..<(newline ?? file.bytes.count)]
      let word = line.last == UInt8(ascii: "\r") ? line.dropLast() : line
      start = line.endIndex + 1
      guard let blank = word.firstIndex(where: DecimalScanner.isBlank) else {
        guard !word.isEmpty else {
          throw .line(file: path, ends.count + 1, reason: "is empty; every line is a word")
        }
        bytes.append(contentsOf: word)
        ends.append(bytes.count)
        continue
      }
      let shown = String(decoding: word.prefix(80), as: UTF8.self).printable
      throw .line(
        file: path,
        ends.count + 1,
        reason:
          "“\(shown)” has a blank after \(blank - word.startIndex) bytes; every line is one word"
      )
    }
    guard ends.count == rows else {
      throw .malformed(
        file: path,
        reason: "has \(ends.count) words; \(matrix.printable) has \(rows) rows"
      )
    }
    let words = WordList(bytes: bytes, ends: ends)
    if let (row, earlier) = words.firstRepeated {
      let reason = "“\(words[row].printable)” stands on line \(earlier + 1) already"
      throw .line(file: path, row + 1, reason: reason)
    }
    return words
  }
}
