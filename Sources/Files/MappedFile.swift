import CSystem
package import Formats
import Platform
package import Tensors

/// A file's bytes, mapped and not loaded: its pages are read when they are first touched.
final class MappedFile: @unchecked Sendable {
  /// The bytes.
  let bytes: UnsafeRawBufferPointer

  /// Maps the file at `path`.
  ///
  /// - Throws: ``Tensors/SafetensorsError/notFound(file:)`` or ``Tensors/SafetensorsError/unreadable(file:reason:)``.
  init(path: String) throws(SafetensorsError) {
    // Without O_NONBLOCK, opening a named pipe would wait for someone to write to it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { throw .notFound(file: path) }
      throw .unreadable(file: path, reason: lastSystemError())
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      throw .unreadable(file: path, reason: lastSystemError())
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw .unreadable(file: path, reason: isFolder ? "it is a folder" : "it is not a plain file")
    }
    guard status.st_size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let size = Int(status.st_size)
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      address != MAP_FAILED
    else { throw .unreadable(file: path, reason: lastSystemError()) }
    bytes = UnsafeRawBufferPointer(start: address, count: size)
    csystem_note_mapping(address, size, path.printable)
  }

  /// Gives back the memory of bytes that have been read and are not needed again soon.
  ///
  /// They can still be read: their pages then come from the file once more.
  func release(_ range: Range<Int>) {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let start = (range.lowerBound + page - 1) / page * page
    let end = range.upperBound == bytes.count ? bytes.count : range.upperBound / page * page
    guard page > 0, start < end, let base = bytes.baseAddress else { return }
    madvise(UnsafeMutableRawPointer(mutating: base + start), end - start, MADV_DONTNEED)
  }

  /// The bytes as the core reads them.
  var contents: Bytes { Bytes(viewing: bytes, keptAliveBy: self) }

  deinit {
    guard let start = bytes.baseAddress else { return }
    csystem_forget_mapping(start)
    munmap(UnsafeMutableRawPointer(mutating: start), bytes.count)
  }
}

extension Bytes {
  /// Maps the file at `path`; its pages are read when they are first touched.
  ///
  /// - Throws: ``Tensors/SafetensorsError/notFound(file:)`` or ``Tensors/SafetensorsError/unreadable(file:reason:)``.
  package static func mapped(_ path: String) throws(SafetensorsError) -> Bytes {
    try MappedFile(path: path).contents
  }
}

/// What the operating system says about the call that just failed, in lower case.
func lastSystemError() -> String {
  let message = String(cString: strerror(errno))
  return message.prefix(1).lowercased() + message.dropFirst()
}
