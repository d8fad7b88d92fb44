import Foundation

/// A folder that is gone again when its last user lets go of it.
public final class TemporaryFolder: Sendable {
  /// The folder's path.
  public let path: String

  /// Makes a new, empty folder.
  public init() throws {
    path = FileManager.default.temporaryDirectory.path + "/explain-test-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
