import Platform
import Synchronization

/// The folders in which unfinished output stands and those made to hold it, so that none is left
/// behind however the program ends.
enum Temporaries {
  private struct Folders {
    /// Those with unfinished output.
    var unfinished: Set<String> = []
    /// Those made above them, outermost first.
    var parents: [String] = []

    /// Removes the parents in which nothing came to stand.
    mutating func removeEmptyParents() {
      // A folder in use is not empty, and stays.
      for path in parents.reversed() { rmdir(path) }
      parents = []
    }
  }

  private static let folders = Mutex(Folders())

  /// Makes a folder for output, which goes again if nothing comes to stand in it.
  ///
  /// - Returns: 0, or the system's error number.
  static func makeParent(_ path: String) -> Int32 {
    folders.withLock { known in
      guard mkdir(path, 0o777) == 0 else { return errno }
      known.parents.append(path)
      return 0
    }
  }

  /// Removes the folders made for output in which nothing came to stand.
  static func removeEmptyParents() { folders.withLock { $0.removeEmptyParents() } }

  /// Makes a folder in `parent` under a name that was free.
  ///
  /// - Throws: `cannotCreate`, naming `target`.
  static func makeFolder(in parent: String, for target: String) throws(CLIError) -> String {
    var failure: Int32 = 0
    for attempt in 0..<100 {
      let path = "\(parent)/.explain-\(getpid())-\(attempt).partial"
      let number = folders.withLock { known in
        guard mkdir(path, 0o777) == 0 else { return errno }
        known.unfinished.insert(path)
        return 0
      }
      if number == 0 { return path }
      failure = number
      guard number == EEXIST else { break }
    }
    throw .cannotCreate(target, because: failure)
  }

  /// Removes a folder and what is in it.
  static func remove(_ path: String) {
    folders.withLock { known in
      delete(path)
      known.unfinished.remove(path)
    }
  }

  /// Does something that must not be interrupted halfway.
  static func uninterrupted<R>(_ body: () throws(CLIError) -> R) throws(CLIError) -> R {
    let result: Result<R, CLIError> = folders.withLock { _ in
      do throws(CLIError) { return .success(try body()) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Removes what is unfinished and ends the program; whoever else wants to finish something waits
  /// in vain.
  static func removeAllAndExit(_ code: Int32) -> Never {
    folders.withLock { known in
      for path in known.unfinished { delete(path) }
      known.removeEmptyParents()
      _exit(code)
    }
  }

  private static func delete(_ path: String) {
    // Another thread may be about to create a file in it: then the folder is not empty yet, and the
    // next attempt takes it.
    for _ in 0..<20 {
      removeTree(path)
      if access(path, F_OK) != 0 { return }
    }
  }

  /// Removes a folder with what is in it, or a file, with as few open files as can be: none for an empty folder.
  private static func removeTree(_ path: String) {
    guard rmdir(path) != 0, errno != ENOENT else { return }
    guard errno != ENOTDIR else {
      unlink(path)
      return
    }
    for name in entries(of: path) ?? [] { removeTree("\(path)/\(name)") }
    rmdir(path)
  }
}

extension ExitCode {
  /// The code for a file or folder that the system would not create, by its error number.
  static func creating(_ number: Int32) -> ExitCode {
    switch number {
    case ENOSPC, EIO, EDQUOT, EFBIG: .inputOutput
    default: .cannotCreate
    }
  }
}

/// The names in a folder, in the order of their bytes; `nil` if it cannot be read.
func entries(of folder: String) -> [String]? {
  guard let stream = opendir(folder) else { return nil }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { start in
      start.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) {
        String(validatingCString: $0)
      }
    }
    guard let name else { return nil }
    if name != ".", name != ".." { names.append(name) }
  }
  return names.sorted()
}
