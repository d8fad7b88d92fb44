public import Formats
import Platform
public import Tensors

extension GGUFFile {
  /// Maps the file at `path` and reads its header.
  ///
  /// - Throws: ``Formats/GGUFError`` if it cannot be opened, or if its header contradicts itself or the
  ///   file's size.
  public init(contentsOf path: String) throws(GGUFError) {
    let content: Bytes
    do throws(SafetensorsError) { content = try .mapped(path) } catch {
      switch error {
      case .notFound: throw GGUFError(file: path, "no such file", isMissing: true)
      case .unreadable(_, let reason):
        throw GGUFError(file: path, "cannot be read: \(reason)", isMissing: true)
      default: throw GGUFError(file: path, "cannot be read")
      }
    }
    try self.init(content, name: path)
  }
}
