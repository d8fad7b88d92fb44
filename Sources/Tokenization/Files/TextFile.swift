#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A UTF-8 file in memory, and where in it something is wrong.
struct TextFile {
  /// What errors call it: its path, or a name for bytes compiled in.
  let name: String

  /// The text, without a byte order mark.
  let bytes: [UInt8]

  /// No tokenizer's file is a hundredth as long.
  private static let mostBytes = 1 << 30

  /// Text that is in memory already.
  ///
  /// - Throws: ``TokenizationError`` if it is empty or not UTF-8.
  init(name: String, bytes: [UInt8]) throws(TokenizationError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.name = name
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if let other = Self.otherFile(self.bytes) {
      throw .malformed(file: name, line: nil, reason: other)
    }
    if self.bytes.isEmpty { throw .malformed(file: name, line: nil, reason: "the file is empty") }
    guard String(validating: self.bytes, as: UTF8.self) == nil else { return }
    let damage = Self.firstDamage(in: self.bytes)
    throw malformed(at: damage, "byte \(damage) is not UTF-8")
  }

  /// Reads a file.
  ///
  /// - Throws: ``TokenizationError`` if it is not there, cannot be read, is empty, or is not UTF-8.
  init(path: String) throws(TokenizationError) {
    // Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0, let file = fdopen(descriptor, "rb") else {
      throw errno == ENOENT || errno == ENOTDIR
        ? .missing(path: path, wanted: "file") : Self.unreadable(path)
    }
    defer { fclose(file) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.unreadable(path) }
    guard [S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT) else {
      throw .unreadable(path: path, reason: "it is not a plain file")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = fread(&chunk, 1, chunk.count, file)
      if count == 0 { break }
      bytes += chunk[..<count]
      guard bytes.count <= Self.mostBytes else {
        throw .unreadable(path: path, reason: "it is longer than \(Self.mostBytes) bytes")
      }
    }
    if ferror(file) != 0 { throw Self.unreadable(path) }
    try self.init(name: path, bytes: bytes)
  }

  /// What the bytes are if they are none of the files that a download should have brought.
  private static func otherFile(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: "version https://git-lfs".utf8) {
      return "it is a Git LFS pointer, not the file itself; fetch it with `git lfs pull`"
    }
    let start = bytes.drop { $0 == 0x20 || 0x09...0x0D ~= $0 }.prefix(14)
    let text = String(decoding: start, as: UTF8.self).lowercased()
    guard text.hasPrefix("<!doctype html") || text.hasPrefix("<html") else { return nil }
    return "it is a web page, not the file itself; download the file that the page shows"
  }

  /// Whether there is a file, and not a folder, at `path`.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// Whether there is a folder at `path`.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// The error that `reason` is wrong at a byte of this file.
  func malformed(at offset: Int, _ reason: String) -> TokenizationError {
    let line = 1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    return .malformed(file: name, line: line, reason: reason)
  }

  private static func unreadable(_ path: String) -> TokenizationError {
    .unreadable(path: path, reason: String(cString: strerror(errno)).lowercased())
  }

  private static func firstDamage(in bytes: [UInt8]) -> Int {
    var (offset, units, decoder) = (0, bytes.makeIterator(), UTF8.ForwardParser())
    while case .valid(let scalar) = decoder.parseScalar(from: &units) { offset += scalar.count }
    return offset
  }
}
