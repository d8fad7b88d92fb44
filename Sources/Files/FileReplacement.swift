import Platform
import Tensors

/// A file being written.
struct OpenFile {
  /// The name that errors use.
  let path: String
  fileprivate let descriptor: Int32

  /// Writes `bytes` after what is there.
  func append(_ bytes: UnsafeRawBufferPointer) throws(SafetensorsError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = UnsafeRawBufferPointer(rebasing: rest)
      // Some systems refuse to write 2 GB or more at once.
      let written = write(descriptor, chunk.baseAddress, min(chunk.count, 1 << 30))
      if written < 0 && errno == EINTR { continue }
      guard written > 0 else { throw .notWritten(file: path, reason: lastSystemError()) }
      rest = rest.dropFirst(written)
    }
  }

  /// Lets `write` fill the file, and closes it, which is when some systems report that the disk was
  /// full.
  fileprivate func fill(
    _ write: (OpenFile) throws(SafetensorsError) -> Void
  ) throws(SafetensorsError) {
    do throws(SafetensorsError) {
      try write(self)
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else {
      throw .notWritten(file: path, reason: lastSystemError())
    }
  }
}

/// Writes a file beside `path` and then renames it, so that `path` never holds half of it.
///
/// When `write` or anything else fails, whatever `path` held is still there and the new file is
/// gone. What is no plain file (a pipe, a terminal) is written to directly.
func withReplacement(
  of path: String,
  _ write: (OpenFile) throws(SafetensorsError) -> Void
) throws(SafetensorsError) {
  var status = stat()
  let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
  guard kind != S_IFDIR else { throw .notCreated(file: path, reason: "it is a folder") }
  guard kind == S_IFREG else {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .notCreated(file: path, reason: lastSystemError()) }
    return try OpenFile(path: path, descriptor: descriptor).fill(write)
  }
  let (temporary, descriptor) = try createTemporary(beside: path)
  do throws(SafetensorsError) {
    try OpenFile(path: path, descriptor: descriptor).fill(write)
    guard rename(temporary, path) == 0 else {
      throw .notCreated(file: path, reason: lastSystemError())
    }
  } catch {
    unlink(temporary)
    throw error
  }
}

/// Creates an empty file in the folder of `path`, under a name that was free.
private func createTemporary(
  beside path: String
) throws(SafetensorsError) -> (path: String, descriptor: Int32) {
  for attempt in 0..<100 {
    let candidate = "\(path).\(getpid())-\(attempt).partial"
    let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    if descriptor >= 0 { return (candidate, descriptor) }
    guard errno == EEXIST else { break }
  }
  throw .notCreated(file: path, reason: lastSystemError())
}
