package import Formats
import Platform

/// A UTF-8 file in memory, and where in it something is wrong.
package struct TextFile {
  /// What errors call it: its path, or a name for bytes compiled in.
  package let name: String

  /// The text, without a byte order mark.
  package let bytes: [UInt8]

  /// Whether it is no text, so that nothing stands in a line of it.
  private let isBinary: Bool

  /// No tokenizer's file is a hundredth as long.
  private static let mostBytes = 1 << 30

  /// Text that is in memory already.
  ///
  /// - Throws: ``TokenizationError`` if it is empty or not UTF-8.
  package init(name: String, bytes: [UInt8]) throws(TokenizationError) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    self.name = name
    isBinary = false
    self.bytes = bytes.starts(with: mark) ? Array(bytes.dropFirst(mark.count)) : bytes
    if let other = Self.otherFile(self.bytes) {
      throw .malformed(file: name, line: nil, reason: other)
    }
    if self.bytes.isEmpty { throw .malformed(file: name, line: nil, reason: "the file is empty") }
    guard String(validating: self.bytes, as: UTF8.self) == nil else { return }
    let damage = Self.firstDamage(in: self.bytes)
    throw malformed(at: damage, "byte \(damage) is not UTF-8")
  }

  /// A file whose parts were read elsewhere; here it only lends its name to errors.
  init(ofBinary name: String) {
    (self.name, bytes, isBinary) = (name, [], true)
  }

  /// Reads a file of a folder.
  ///
  /// - Throws: ``TokenizationError`` if it is not there, cannot be read, is empty, or is not UTF-8.
  package init(_ file: String, in folder: Folder) throws(TokenizationError) {
    let path = folder.path(of: file)
    switch folder[file] {
    case .missing: throw .missing(path: path, wanted: "file")
    case .unreadable(let reason): throw .unreadable(path: path, reason: reason)
    case .file(let content):
      guard content.buffer.count <= Self.mostBytes else {
        throw .unreadable(path: path, reason: "it is longer than \(Self.mostBytes) bytes")
      }
      try self.init(name: path, bytes: Array(content.buffer))
    }
  }

  /// The file's JSON.
  ///
  /// - Throws: ``TokenizationError`` naming the line where it stops being JSON.
  package func json() throws(TokenizationError) -> JSONValue {
    do throws(JSONError) { return try JSONParser.parse(bytes) } catch {
      throw malformed(at: error.offset, error.reason)
    }
  }

  /// What the bytes are if they are none of the files that a download should have brought.
  private static func otherFile(_ bytes: [UInt8]) -> String? {
    if bytes.starts(with: "version https://git-lfs".utf8) {
      return "it is a Git LFS pointer, not the file itself; fetch it with `git lfs pull`"
    }
    let start = bytes.drop { $0 == 0x20 || 0x09...0x0D ~= $0 }.prefix(14)
    let text = String(decoding: start, as: UTF8.self).lowercasedASCII
    guard text.hasPrefix("<!doctype html") || text.hasPrefix("<html") else { return nil }
    return "it is a web page, not the file itself; download the file that the page shows"
  }

  /// The error that `reason` is wrong at a byte of this file.
  package func malformed(at offset: Int, _ reason: String) -> TokenizationError {
    if isBinary { return .malformed(file: name, line: nil, reason: reason) }
    let line = 1 + bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
    return .malformed(file: name, line: line, reason: reason)
  }

  private static func firstDamage(in bytes: [UInt8]) -> Int {
    var (offset, units, decoder) = (0, bytes.makeIterator(), UTF8.ForwardParser())
    while case .valid(let scalar) = decoder.parseScalar(from: &units) { offset += scalar.count }
    return offset
  }
}
