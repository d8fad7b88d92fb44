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
    try numbers(from: script, arguments, doing: what)?.first
  }

  /// Runs a script that prints numbers in its last line, with blanks between.
  ///
  /// - Parameters: As for ``number(from:_:doing:)``.
  /// - Returns: The numbers, at least one; nil if no Python is named.
  /// - Throws: ``WrongResult`` if the script printed no numbers.
  static func numbers(
    from script: String,
    _ arguments: [String],
    doing what: String
  ) throws -> [Double]? {
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
    let numbers = output.split(separator: "\n").last?.split(separator: " ").map { Double($0) }
    guard let numbers, !numbers.isEmpty, !numbers.contains(nil) else {
      throw WrongResult(description: "\(python) could not \(what)")
    }
    return numbers.compactMap(\.self)
  }
}
