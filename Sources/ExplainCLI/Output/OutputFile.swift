import Platform

/// A file that is written complete or not at all.
struct OutputFile {
  /// The file's path.
  let path: String

  /// Writes text into the file.
  ///
  /// - Throws: `cannotCreate`, or `inputOutput` if the disk is full.
  func write(_ text: String) throws(CLIError) {
    var text = text
    let number = text.withUTF8 { bytes -> Int32 in
      let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      guard descriptor >= 0 else { return errno }
      let failure = Descriptor(number: descriptor).write(UnsafeRawBufferPointer(bytes))
      guard close(descriptor) == 0 else { return failure == 0 ? errno : failure }
      return failure
    }
    guard number == 0 else {
      let reason = systemReason(number)
      throw CLIError(
        .creating(number),
        en: "\(path): cannot be written: \(reason.en)",
        ja: "\(path)：書き込めません（\(reason.ja)）。"
      )
    }
  }

  /// Lets `fill` write a file beside this one, and puts it in place once it is complete.
  ///
  /// What is no plain file (a pipe, a terminal, `/dev/null`) is written to directly.
  ///
  /// - Parameter fill: Writes the file whose path it is given.
  /// - Throws: What `fill` throws, or `cannotCreate`.
  func replace(_ fill: (String) throws -> Void) throws {
    var status = stat()
    let kind = stat(path, &status) == 0 ? status.st_mode & S_IFMT : S_IFREG
    guard kind != S_IFDIR else {
      throw CLIError(
        .cannotCreate,
        en: "\(path): is a folder; give the name of a file",
        ja: "\(path)：フォルダーです。ファイルの名前を指定してください。"
      )
    }
    guard kind == S_IFREG, !path.hasSuffix("/") else { return try fill(path) }
    let temporary = try Temporaries.makeFolder(in: OutputFolder.parent(of: path), for: path)
    defer { Temporaries.remove(temporary) }
    let file = "\(temporary)/\(path.split(separator: "/").last ?? "file")"
    do { try fill(file) } catch { throw CLIError(error).naming(file, as: path) }
    try Temporaries.uninterrupted { () throws(CLIError) in
      guard rename(file, path) == 0 else { throw .cannotCreate(path, because: errno) }
    }
  }
}
