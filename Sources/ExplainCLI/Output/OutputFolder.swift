import CSystem
import Platform

/// A folder that is made complete or not at all.
///
/// Everything is written into a temporary folder first. A folder that did not exist then appears by
/// one renaming. One that did changes places with the new one in one step, so that whoever looks, or
/// ends the program, finds the old or the new, never some of each. Entries of other names are left
/// alone: the new folder has them too, under second names of the same files.
///
/// Where the system cannot swap two names, or files cannot have second names, each new entry takes
/// the place of the old one of that name, and all old ones come back if one cannot.
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
      let temporary = try makeTemporary()
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

  /// Makes the folder for unfinished output: beside the one that is made, or in it.
  private func makeTemporary() throws(CLIError) -> String {
    guard isFolder(path) else { return try Temporaries.makeFolder(in: parent, for: path) }
    if let place, let made = try? Temporaries.makeFolder(in: Self.parent(of: place), for: path) {
      return made
    }
    return try Temporaries.makeFolder(in: path, for: path)
  }

  /// Where the folder truly is, whatever links lead to it; `nil` if that cannot be told.
  private var place: String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(validatingCString: resolved)
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
        throw .cannotCreate(folder, because: number)
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
    let names = entries(of: temporary) ?? []
    if swap(with: temporary, new: Set(names)) { return }
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

  /// Changes places with a folder that has everything new, in one step.
  ///
  /// - Returns: Whether it was done; if not, nothing has changed.
  private func swap(with temporary: String, new: Set<String>) -> Bool {
    guard let place, !temporary.hasPrefix(place + "/"), let old = entries(of: place) else {
      return false
    }
    for name in old where !new.contains(name) {
      guard Self.link("\(place)/\(name)", as: "\(temporary)/\(name)") else { return false }
    }
    var status = stat()
    guard stat(place, &status) == 0, chmod(temporary, status.st_mode & 0o7777) == 0 else {
      return false
    }
    return csystem_swap(temporary, place) == 0
  }

  /// Gives a file a second name, and a folder's files second names in a folder of their own.
  private static func link(_ path: String, as other: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0 else { return false }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      return linkat(AT_FDCWD, path, AT_FDCWD, other, 0) == 0
    }
    guard mkdir(other, 0o700) == 0,
      let names = entries(of: path)
    else { return false }
    return names.allSatisfy { link("\(path)/\($0)", as: "\(other)/\($0)") }
      && chmod(other, status.st_mode & 0o7777) == 0
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

  private func failure(_ path: String) -> CLIError { .cannotCreate(path, because: errno) }
}

/// Whether there is a folder at the path.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
