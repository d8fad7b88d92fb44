public import Formats
import Platform
import Tensors

extension Folder {
  /// The folder at a path of the disk; its files are mapped, not loaded.
  ///
  /// - Parameter path: The folder's path; errors call it so.
  /// - Returns: The folder; whether it is there shows when a file is asked for.
  public static func onDisk(_ path: String) -> Folder {
    Folder(name: path, list: { names(in: path) }) { file in
      contents(path.last == "/" ? path + file : "\(path)/\(file)")
    }
  }

  /// Files by their paths, wherever they are.
  static let anywhere = Folder(name: "", list: { [] }, read: contents)

  private static func contents(_ path: String) -> Content {
    do throws(SafetensorsError) { return .file(try .mapped(path)) } catch {
      switch error {
      case .notFound: return .missing
      case .unreadable(_, let reason): return .unreadable(reason: reason)
      default: return .unreadable(reason: error.description)
      }
    }
  }

  private static func names(in path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { name in
        name.withMemoryRebound(to: CChar.self, capacity: 1) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}

/// Whether there is a folder at `path`.
func isFolder(_ path: String) -> Bool {
  var status = stat()
  return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
}
