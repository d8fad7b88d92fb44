/// Files that belong together, wherever they are: in a folder on a disk, or in memory.
///
/// Whoever reads a model asks this for its files, and so reads one that was opened in a page as one on a disk.
public struct Folder: Sendable {
  /// What there is under a name.
  public enum Content: Sendable {
    /// Nothing.
    case missing
    /// A file, with its bytes.
    case file(Bytes)
    /// Something that cannot be read, with the reason in words.
    case unreadable(reason: String)
  }

  /// What errors call the folder; on a disk, its path.
  public let name: String
  private let read: @Sendable (String) -> Content
  private let list: @Sendable () -> [String]

  /// Makes a folder of a way to get at its files.
  ///
  /// - Parameters:
  ///   - name: What errors call it.
  ///   - list: Gives the names of all files.
  ///   - read: Gives the file of a name.
  public init(
    name: String,
    list: @escaping @Sendable () -> [String],
    read: @escaping @Sendable (String) -> Content
  ) {
    self.name = name
    self.list = list
    self.read = read
  }

  /// Makes a folder of files in memory.
  public init(name: String, files: [String: Bytes]) {
    self.init(name: name, list: { Array(files.keys) }) { name in
      files[name].map { Content.file($0) } ?? .missing
    }
  }

  /// The names of all files, sorted.
  public var names: [String] { list().sorted() }

  /// What there is under a name.
  public subscript(_ file: String) -> Content { read(file) }

  /// Whether there is something under a name.
  public func has(_ file: String) -> Bool {
    if case .missing = read(file) { false } else { true }
  }

  /// What errors call a file of the folder.
  public func path(of file: String) -> String {
    name.isEmpty || name.last == "/" ? name + file : "\(name)/\(file)"
  }
}
