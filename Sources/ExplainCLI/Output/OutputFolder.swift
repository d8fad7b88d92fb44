#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder that is made complete or not at all.
///
/// Everything is written into a temporary folder first. A folder that did not exist then appears by
/// one renaming; in one that did, each new entry takes the place of the old one of that name, and
/// all old ones come back if one cannot. Entries of other names are left alone.
struct OutputFolder {
  /// The folder's path.
  let path: String

  /// Makes the folder.
  ///
  /// - Parameters:
  ///   - mayReplace: Looks at what stands there, just before it is replaced, and throws if that
  ///     must stay.
  ///   - fill: Writes the entries into the temporary folder whose path it is given.
  /// - Throws: What these two throw, or `cannotCreate`.
  func make(
    mayReplace: () throws(CLIError) -> Void,
    _ fill: (String) throws -> Void
  ) throws {
    try mayReplace()
    do {
      try makeParents()
      let place = isFolder(path) ? path : parent
      let temporary = try Temporaries.makeFolder(in: place, for: path)
      defer { Temporaries.remove(temporary) }
      do { try fill(temporary) } catch { throw CLIError(error).naming(temporary, as: path) }
      try Temporaries.uninterrupted { () throws(CLIError) in
        try mayReplace()
        try install(temporary)
      }
    } catch {
      Temporaries.removeEmptyParents()
      throw error
    }
  }

  private var parent: String { Self.parent(of: path) }

  /// The folder in which a path ends: `.` for a single name.
  static func parent(of path: String) -> String {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false)
    while parts.count > 1, parts.last == "" { parts.removeLast() }
    parts.removeLast()
    return parts.isEmpty ? "." : parts == [""] ? "/" : parts.joined(separator: "/")
  }

  /// Makes the folders above that are not there.
  private func makeParents() throws(CLIError) {
    var missing: [String] = []
    var folder = parent
    while access(folder, F_OK) != 0, errno == ENOENT, folder != ".", folder != "/" {
      missing.append(folder)
      folder = Self.parent(of: folder)
    }
    for folder in missing.reversed() {
      let number = Temporaries.makeParent(folder)
      guard number == 0 || number == EEXIST else {
        throw CLIError(.creating(number), "\(folder): cannot be created: \(systemReason(number))")
      }
    }
  }

  // MARK: Putting it in place

  private func install(_ temporary: String) throws(CLIError) {
    if !isFolder(path) {
      if rename(temporary, path) == 0 { return }
      guard errno == EEXIST || errno == ENOTEMPTY else { throw failure(path) }
      // Someone else made it meanwhile: then ours goes into theirs.
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: temporary))?.sorted() ?? []
    var installed: [String] = []
    do throws(CLIError) {
      for name in names {
        try exchange("\(temporary)/\(name)", "\(path)/\(name)", keeping: "\(temporary)/\(name).old")
        installed.append(name)
      }
    } catch {
      for name in installed {
        rename("\(path)/\(name)", "\(temporary)/\(name)")
        rename("\(temporary)/\(name).old", "\(path)/\(name)")
      }
      throw error
    }
  }

  /// Puts `new` where `target` is and keeps what was there as `old`.
  private func exchange(
    _ new: String,
    _ target: String,
    keeping old: String
  ) throws(CLIError) {
    let wasThere = rename(target, old) == 0
    guard wasThere || errno == ENOENT else { throw failure(target) }
    guard rename(new, target) == 0 else {
      let error = failure(target)
      if wasThere { rename(old, target) }
      throw error
    }
  }

  private func failure(_ path: String) -> CLIError {
    let number = errno
    return CLIError(.creating(number), "\(path): cannot be created: \(systemReason(number))")
  }
}

/// Whether there is a folder at the path.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
