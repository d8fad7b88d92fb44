import Files
import Formats
import Platform
import Tensors
package import Training

extension TrainingSource {
  /// The texts to learn from and those to be tested on.
  ///
  /// - Throws: ``TrainingError`` if a file cannot be read or is no text.
  package func texts() throws(TrainingError) -> Texts {
    if let worldsTexts { return worldsTexts }
    return Texts(splitting: try TextFiles.texts(in: files))
  }
}

/// Text files as texts to learn from.
///
/// Within a file, `<|endoftext|>` ends a text.
package enum TextFiles {
  /// The longest corpus, in bytes: it is held in memory, in full and as tokens.
  package static let mostBytes = 1 << 30

  /// Reads files.
  ///
  /// - Parameter paths: The files.
  /// - Returns: The texts, none of them empty.
  /// - Throws: ``TrainingError`` if a file is not there, is not plain, is empty, is too long, or is not
  ///   UTF-8.
  package static func texts(in paths: [String]) throws(TrainingError) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var total = 0
    for path in paths {
      var bytes = try bytes(of: path, atMost: mostBytes - total)
      total += bytes.count
      if let foreign = bytes.withUnsafeBytes({ ForeignFile($0) }), foreign == .gitLFSPointer {
        throw .corpus(path: path, problem: foreign.advice)
      }
      if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
      if let offset = firstDamage(in: bytes) {
        throw .corpus(path: path, problem: "byte \(offset) is not UTF-8; a corpus is a text file")
      }
      let found = bytes.split(at: Array(TrainingSource.Texts.endOfText.utf8)).filter { !$0.isBlank }
      if found.isEmpty { throw .corpus(path: path, problem: "the file is empty") }
      texts += found
    }
    return texts
  }

  private static func bytes(of path: String, atMost limit: Int) throws(TrainingError) -> [UInt8] {
    // Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { throw .missing(path: path) }
      throw .unreadable(path: path, reason: lastError())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(path: path, reason: lastError())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "it is not a plain file; a corpus is a text file")
    }
    let size = Int(status.st_size)
    guard size <= limit else {
      throw .corpus(
        path: path,
        problem:
          "with \(size >> 20) MB the corpus is larger than the \(mostBytes >> 20) MB that can "
          + "be learned from; give a part of it"
      )
    }
    var count = 0
    var failed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
      while count < size, let base = buffer.baseAddress {
        let got = read(descriptor, base + count, size - count)
        if got < 0 && errno == EINTR { continue }
        failed = got < 0
        if got <= 0 { break }
        count += got
      }
      initialized = count
    }
    if failed { throw .unreadable(path: path, reason: lastError()) }
    return bytes
  }

  private static func lastError() -> String { String(cString: strerror(errno)).lowercased() }

  /// The offset of the first byte that is no part of UTF-8.
  private static func firstDamage(in bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var (offset, units, decoder) = (0, bytes.makeIterator(), UTF8.ForwardParser())
    while case .valid(let scalar) = decoder.parseScalar(from: &units) { offset += scalar.count }
    return offset
  }
}

extension [UInt8] {
  fileprivate var isBlank: Bool { allSatisfy { $0 == 0x20 || 0x09...0x0D ~= $0 } }

  /// The parts between occurrences of a mark.
  fileprivate func split(at mark: [UInt8]) -> [[UInt8]] {
    var parts: [[UInt8]] = []
    var (start, i) = (0, 0)
    while i + mark.count <= count {
      if self[i] == mark[0], self[i..<i + mark.count].elementsEqual(mark) {
        parts.append(Array(self[start..<i]))
        i += mark.count
        start = i
      } else {
        i += 1
      }
    }
    return parts + [Array(self[start...])]
  }
}
