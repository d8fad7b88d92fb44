import Embeddings
import Formats
import Platform
import Tensors

/// Reads word2vec's binary format: a header line, then for each word its bytes, a space, and its
/// numbers as little-endian 32-bit floats.
///
/// The first program to write it put a line end after every vector, later ones do not.
///
/// - SeeAlso: `word2vec.c` of Mikolov et al. 2013, <https://code.google.com/archive/p/word2vec/>.
struct BinaryVectors {
  let name: String
  let file: MappedFile
  private let header: (words: Int, dimensions: Int)
  private let start: Int

  /// Takes the file if it begins as the format does: nil if its header is followed by text.
  init?(_ file: MappedFile, name: String) {
    let bytes = file.bytes
    guard let lineEnd = bytes.prefix(64).firstIndex(of: UInt8(ascii: "\n")),
      let header = TextVectorsLine(bytes[..<lineEnd]).header,
      let space = bytes[(lineEnd + 1)...].prefix(4096).firstIndex(of: UInt8(ascii: " "))
    else { return nil }
    // Numbers in binary soon hold a byte that no number in decimal has.
    let numbers = bytes[(space + 1)...].prefix(max(4, min(64, header.dimensions)) * 4)
    guard numbers.contains(where: { !Self.isDecimal($0) }) else { return nil }
    self.name = name
    self.file = file
    self.header = header
    start = lineEnd + 1
  }

  private static func isDecimal(_ byte: UInt8) -> Bool {
    DecimalScanner.isBlank(byte) || "+-.0123456789".utf8.contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Reads all words and vectors.
  ///
  /// - Parameter skips: Whether words that are empty, occur twice or have numbers that are not finite
  ///   are left out.
  /// - Returns: The words with their vectors.
  /// - Throws: ``Embeddings/WordVectorsError`` naming the word that is not as it should be, by its number.
  func read(skipping skips: Bool = false) throws(WordVectorsError) -> WordVectors {
    let (rows, dimensions) = header
    guard rows > 0, dimensions > 0 else {
      throw .line(file: name, 1, reason: "the header promises no words or no numbers")
    }
    let (size, overflow) = dimensions.multipliedReportingOverflow(by: 4)
    let (least, overflows) = (overflow ? .max : size).addingReportingOverflow(1)
    let room = file.bytes.count - start
    guard !overflows, least <= room, rows <= room / least + 1 else { throw lies(after: nil) }
    try Memory.check(rows: rows, dimensions: dimensions, file: name)
    var bytes: [UInt8] = []
    var ends: [Int] = []
    ends.reserveCapacity(rows)
    var (position, released) = (start, start)
    var failure: WordVectorsError?
    let vectors = Tensor(uninitialized: [rows, dimensions]) { target in
      guard let base = file.bytes.baseAddress else { return }
      for row in 0..<rows {
        if position < file.bytes.count, file.bytes[position] == UInt8(ascii: "\n") { position += 1 }
        let space = file.bytes[position...].prefix(Self.longestWord)
          .firstIndex(of: UInt8(ascii: " "))
        guard let space, file.bytes.count - space - 1 >= size else {
          failure = lies(after: row)
          return
        }
        bytes.append(contentsOf: file.bytes[position..<space])
        ends.append(bytes.count)
        memcpy(target + row * dimensions, base + space + 1, size)
        position = space + 1 + size
        if position - released > 1 << 24 {
          file.release(released..<position)
          released = position
        }
      }
    }
    if let failure { throw failure }
    let rest = file.bytes[position...].drop(while: DecimalScanner.isBlank).count
    guard rest == 0 else {
      throw .line(
        file: name,
        1,
        reason: "the header promises \(rows) words, but \(rest) bytes follow after the last of them"
      )
    }
    let words = WordList(bytes: bytes, ends: ends)
    if skips {
      var skipped = SkippedWords()
      let kept = skipped.leave(out: name, words, vectors)
      if kept.words.count == 0, let first = skipped.first { throw first }
      var read = WordVectors(name: name, words: kept.words, vectors: kept.vectors)
      read.skipped = skipped.first.map { (skipped.count, $0) }
      return read
    }
    if let row = (0..<rows).first(where: { words.bytes(of: $0).isEmpty }) {
      throw .malformed(file: name, reason: "word \(row + 1) is empty")
    }
    if let (row, earlier) = words.firstRepeated {
      let reason = "word \(row + 1), “\(words[row].printable)”, is word \(earlier + 1) already"
      throw .malformed(file: name, reason: reason)
    }
    if let position = vectors.firstNonFinite {
      let (row, column) = position.quotientAndRemainder(dividingBy: dimensions)
      let value = vectors[row, column]
      throw .malformed(
        file: name,
        reason: "number \(column + 1) of word \(row + 1), “\(words[row].printable)”, "
          + "is not finite: \(value)"
      )
    }
    return WordVectors(name: name, words: words, vectors: vectors)
  }

  private static let longestWord = 1 << 16

  /// The header promises more than there is.
  private func lies(after words: Int?) -> WordVectorsError {
    let promise = "the header promises \(header.words) words of \(header.dimensions) numbers"
    let found =
      words.map { "no whole word follows after \($0)" }
      ?? "the file has \(file.bytes.count) bytes"
    return .line(file: name, 1, reason: "\(promise); \(found)")
  }
}
