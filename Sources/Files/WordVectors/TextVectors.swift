import Embeddings
import Formats
import Platform
import Synchronization
import Tensors

/// Reads vectors written as text: a line for each word, the word first, then its numbers.
///
/// A first line of two whole numbers, how many words and how many dimensions, is a header: word2vec
/// and fastText write it, GloVe does not.
///
/// Lines are counted first, so that every one's row is known and several parts can be read at once.
/// What has been read is given back to the system: the text is twice as large as the vectors.
struct TextVectors {
  let name: String
  let file: MappedFile
  /// The bytes of the lines, the header's aside.
  private let body: Range<Int>
  private let header: (words: Int, dimensions: Int)?
  private let dimensions: Int

  /// The number of the line on which the first word stands.
  private var firstLine: Int { header == nil ? 1 : 2 }

  /// No line of vectors is longer, and no such file has a line that is.
  private static let longestLine = 1 << 20
  private static let partSize = 4 << 20

  /// Looks at the first line.
  init(_ file: MappedFile, name: String) throws(WordVectorsError) {
    self.name = name
    self.file = file
    let bytes = file.bytes
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    var end = bytes.count
    while end > start, DecimalScanner.isBlank(bytes[end - 1]) { end -= 1 }
    guard start < end else { throw .malformed(file: name, reason: "has no words, only blanks") }
    guard let lineEnd = Self.lineEnd(from: start, in: bytes[..<end]) else {
      throw .line(file: name, 1, reason: Self.tooLong)
    }
    let line = TextVectorsLine(bytes[start..<lineEnd])
    header = line.header
    if let header {
      body = min(lineEnd + 1, end)..<end
      dimensions = header.dimensions
      guard header.words > 0, dimensions > 0 else {
        throw .line(file: name, 1, reason: "the header promises no words or no numbers")
      }
      guard let secondEnd = Self.lineEnd(from: body.lowerBound, in: bytes[..<end]) else {
        throw .line(file: name, 2, reason: Self.tooLong)
      }
      let second = TextVectorsLine(bytes[body.lowerBound..<secondEnd])
      if !body.isEmpty, let complaint = second.complaint(dimensions: dimensions, of: header) {
        throw .line(file: name, 2, reason: complaint)
      }
    } else {
      body = start..<end
      dimensions = line.fields.count - 1
      guard dimensions > 0 else {
        throw .line(file: name, 1, reason: "a word without numbers; is this a file of vectors?")
      }
      if let complaint = line.complaint(dimensions: dimensions, of: nil) {
        throw .line(file: name, 1, reason: complaint)
      }
    }
  }

  private static let tooLong = "is longer than \(longestLine >> 10) KiB; this is no text of vectors"

  /// Where the line ends that begins at `start`; nil if it is longer than any.
  private static func lineEnd(from start: Int, in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
    let end = min(bytes.endIndex, start + longestLine)
    return bytes[start..<end].firstIndex(of: UInt8(ascii: "\n"))
      ?? (end == bytes.endIndex ? end : nil)
  }

  // MARK: - Reading

  /// Reads all lines.
  ///
  /// - Parameter skips: Whether lines that are not as they should be are left out.
  /// - Returns: The words with their vectors.
  /// - Throws: What is wrong with the first line that is not as it should be.
  func read(skipping skips: Bool = false) throws(WordVectorsError) -> WordVectors {
    let parts = try parts()
    let counts = countLines(of: parts)
    let rows = counts.reduce(0, +)
    if let header, header.words != rows, !skips {
      throw .line(
        file: name,
        1,
        reason: "the header promises \(header.words) words; \(rows) lines follow"
      )
    }
    try Memory.check(rows: rows, dimensions: dimensions, file: name)
    let starts = counts.indices.map { counts[..<$0].reduce(0, +) }
    var found: [Part] = []
    let vectors = Tensor(uninitialized: [rows, dimensions]) { target in
      found = parse(parts, firstRows: starts, into: target, skipping: skips)
      if skips { closeGaps(after: found, firstRows: starts, in: target) }
    }
    // The first of all is the one that can be told: rows after a bad one mean nothing.
    let first = found.lazy.compactMap { $0.complaint }.first.map { complaint in
      WordVectorsError.line(file: name, firstLine + complaint.row, reason: complaint.reason)
    }
    if let first, !skips { throw first }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(found.reduce(0) { $0 + $1.words.count })
    var ends: [Int] = []
    ends.reserveCapacity(rows)
    for part in found {
      ends += part.ends.map { $0 + bytes.count }
      bytes += part.words
    }
    let words = WordList(bytes: bytes, ends: ends)
    if skips, first != nil || words.firstRepeated != nil {
      if words.count == 0, let first { throw first }
      var skipped = SkippedWords(count: rows - words.count, first: first)
      let kept = skipped.leave(out: name, words, vectors.rows(0..<words.count))
      var read = WordVectors(name: name, words: kept.words, vectors: kept.vectors)
      read.skipped = skipped.first.map { (skipped.count, $0) }
      return read
    }
    if let (row, earlier) = words.firstRepeated {
      let reason = "“\(words[row].printable)” stands on line \(firstLine + earlier) already"
      throw .line(file: name, firstLine + row, reason: reason)
    }
    return WordVectors(name: name, words: words, vectors: vectors, firstLine: firstLine)
  }

  /// Whole lines together, some megabytes a part.
  private func parts() throws(WordVectorsError) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = body.lowerBound
    while start < body.upperBound {
      let wanted = min(start + Self.partSize, body.upperBound)
      guard let end = Self.lineEnd(from: wanted, in: file.bytes[..<body.upperBound]) else {
        let line = firstLine + countLines(of: [body.lowerBound..<wanted])[0] - 1
        throw .line(file: name, line, reason: Self.tooLong)
      }
      parts.append(start..<min(end + 1, body.upperBound))
      start = end + 1
    }
    return parts
  }

  private func countLines(of parts: [Range<Int>]) -> [Int] {
    let counts = Mutex([Int](repeating: 0, count: parts.count))
    inParallel(count: parts.count, work: body.count) { indices in
      for index in indices {
        let part = parts[index]
        guard let base = file.bytes.baseAddress else { continue }
        var (count, start) = (0, part.lowerBound)
        while start < part.upperBound,
          let end = memchr(base + start, Int32(UInt8(ascii: "\n")), part.upperBound - start)
        {
          count += 1
          start = UnsafeRawPointer(end) - base + 1
        }
        if start < part.upperBound { count += 1 }
        file.release(part)
        counts.withLock { $0[index] = count }
      }
    }
    return counts.withLock { $0 }
  }

  /// Moves each part's vectors up to those of the part before, over the places of lines left out.
  private func closeGaps(
    after parts: [Part],
    firstRows: [Int],
    in target: UnsafeMutablePointer<Float>
  ) {
    var row = 0
    for (part, first) in zip(parts, firstRows) {
      let size = part.ends.count * dimensions * MemoryLayout<Float>.size
      if row != first { memmove(target + row * dimensions, target + first * dimensions, size) }
      row += part.ends.count
    }
  }

  // MARK: - One part

  /// What a part's lines said.
  private struct Part: Sendable {
    var words: [UInt8] = []
    var ends: [Int] = []
    var complaint: (row: Int, reason: String)?
  }

  private func parse(
    _ parts: [Range<Int>],
    firstRows: [Int],
    into target: UnsafeMutablePointer<Float>,
    skipping skips: Bool
  ) -> [Part] {
    let found = Mutex([Part](repeating: Part(), count: parts.count))
    inParallel(count: parts.count, work: body.count) { indices in
      for index in indices {
        let row = firstRows[index]
        let start = target + row * dimensions
        let part = parse(parts[index], firstRow: row, into: start, skipping: skips)
        file.release(parts[index])
        found.withLock { $0[index] = part }
      }
    }
    return found.withLock { $0 }
  }

  private func parse(
    _ range: Range<Int>,
    firstRow: Int,
    into target: UnsafeMutablePointer<Float>,
    skipping skips: Bool
  ) -> Part {
    var part = Part()
    guard let base = file.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      return part
    }
    let end = base + range.upperBound
    var p = base + range.lowerBound
    var vector = target
    var row = firstRow
    while p < end {
      let start = p
      let read = (words: part.words.count, ends: part.ends.count)
      guard let next = parseLine(at: p, before: end, into: vector, &part) else {
        let lineEnd = memchr(start, Int32(UInt8(ascii: "\n")), end - start)
        let count = lineEnd.map { UnsafeRawPointer($0) - UnsafeRawPointer(start) } ?? end - start
        let line = TextVectorsLine(UnsafeRawBufferPointer(start: start, count: count)[...])
        if part.complaint == nil {
          let reason = line.complaint(dimensions: dimensions, of: header) ?? "cannot be read"
          part.complaint = (row, reason)
        }
        guard skips else { return part }
        part.words.removeSubrange(read.words...)
        part.ends.removeSubrange(read.ends...)
        p = min(end, start + count + 1)
        row += 1
        continue
      }
      p = next
      row += 1
      vector += dimensions
    }
    return part
  }

  /// Reads one line; nil if it is not as it should be.
  @inline(__always)
  private func parseLine(
    at start: UnsafePointer<UInt8>,
    before end: UnsafePointer<UInt8>,
    into vector: UnsafeMutablePointer<Float>,
    _ part: inout Part
  ) -> UnsafePointer<UInt8>? {
    var p = start
    while p < end, !DecimalScanner.isBlank(p.pointee) { p += 1 }
    guard p > start else { return nil }
    part.words.append(contentsOf: UnsafeBufferPointer(start: start, count: p - start))
    part.ends.append(part.words.count)
    for i in 0..<dimensions {
      while p < end, p.pointee == UInt8(ascii: " ") || p.pointee == UInt8(ascii: "\t") { p += 1 }
      guard let number = DecimalScanner.number(at: p, before: end), number.value.isFinite else {
        return nil
      }
      vector[i] = number.value
      p = number.end
    }
    while p < end, p.pointee != UInt8(ascii: "\n") {
      guard DecimalScanner.isBlank(p.pointee) else { return nil }
      p += 1
    }
    return p < end ? p + 1 : end
  }
}
