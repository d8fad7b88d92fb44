import Foundation

/// The Python that `EXPLAIN_PYTHON` names, or the one on the path: some results are checked against
/// its libraries.
enum Python {
  static let hasSafetensors = (try? run("import safetensors.numpy")) != nil

  private struct Failure: Error {
    let status: Int32
  }

  /// Runs `script` and gives what it prints.
  static func run(_ script: String, _ arguments: String...) throws -> String {
    let python = ProcessInfo.processInfo.environment["EXPLAIN_PYTHON"] ?? "python3"
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [python, "-c", script] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(status: process.terminationStatus) }
    return String(decoding: data, as: UTF8.self)
  }
}
