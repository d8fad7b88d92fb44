import Foundation

/// A Python that has a peer, if `BENCHMARK_PYTHON` names one.
enum PythonPeer {
  /// Runs a script that prints a number in its last line.
  ///
  /// - Parameters:
  ///   - script: The script.
  ///   - arguments: Its arguments.
  ///   - what: What it does, for the message if it cannot.
  /// - Returns: The number; nil if no Python is named.
  /// - Throws: ``WrongResult`` if the script printed no number.
  static func number(
    from script: String,
    _ arguments: [String],
    doing what: String
  ) throws -> Double? {
    guard let python = ProcessInfo.processInfo.environment["BENCHMARK_PYTHON"] else { return nil }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = ["-c", script] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard let last = output.split(separator: "\n").last, let number = Double(last) else {
      throw WrongResult(description: "\(python) could not \(what)")
    }
    return number
  }
}
