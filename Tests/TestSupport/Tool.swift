import Foundation

/// A program that some tests ask for a second opinion; not every machine has it.
public struct Tool: Sendable {
  private let path: String

  /// Finds a program among the folders of `PATH`; nil if there is none.
  public init?(_ name: String) {
    let folders = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":") ?? []
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile(atPath:)) else {
      return nil
    }
    self.path = path
  }

  /// Runs the program to its end.
  ///
  /// - Parameter arguments: Its arguments.
  /// - Returns: Its exit code, and what it wrote to standard output and standard error.
  /// - Throws: Whatever keeps it from starting.
  public func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
