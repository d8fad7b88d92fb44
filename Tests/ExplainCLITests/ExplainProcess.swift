import Foundation
import TestSupport

/// What came of running the built program.
struct Outcome: Sendable {
  var code: Int32
  var output: String
  var errors: String

  /// The lines on standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// The built program, run as a process of its own.
struct ExplainProcess {
  /// The folder it runs in.
  let folder: TemporaryFolder
  /// The variables it sees beside `PATH`.
  var environment: [String: String] = [:]

  init() throws { folder = try TemporaryFolder() }

  /// The program, which is built beside the test runner.
  static let path: String = {
    let runner = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    return runner.appendingPathComponent("explain").path
  }()

  /// A path in the folder.
  func path(_ name: String) -> String { "\(folder.path)/\(name)" }

  /// The names in the folder, hidden ones too.
  func names(in subfolder: String = ".") -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path(subfolder))) ?? []).sorted()
  }

  /// A file of the folder.
  func text(_ name: String) throws -> String {
    try String(contentsOfFile: path(name), encoding: .utf8)
  }

  /// Runs the program to its end.
  func callAsFunction(_ arguments: String..., input: [UInt8]? = nil) throws -> Outcome {
    try run(Self.path, arguments, input: input)
  }

  /// Runs the program to its end.
  func run(_ arguments: [String]) throws -> Outcome { try run(Self.path, arguments, input: nil) }

  /// Runs a line of shell in which `$explain` is the program.
  func shell(_ line: String) throws -> Outcome {
    try run("/bin/sh", ["-c", line], input: nil)
  }

  /// Starts the program and does not wait for it.
  func start(_ arguments: [String], input: Pipe? = nil) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = input ?? FileHandle.nullDevice
    try process.run()
    return process
  }

  private func run(_ program: String, _ arguments: [String], input: [UInt8]?) throws -> Outcome {
    // Files, not pipes: a pipe that nobody reads fills up.
    let names = ["input", "output", "errors"].map { "\(folder.path)-\($0)" }
    defer { for name in names { try? FileManager.default.removeItem(atPath: name) } }
    try Data(input ?? []).write(to: URL(fileURLWithPath: names[0]))
    for name in names[1...] { try Data().write(to: URL(fileURLWithPath: name)) }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    process.environment = environment.merging([
      "PATH": "/usr/bin:/bin", "explain": Self.path,
    ]) { own, _ in own }
    process.standardInput = FileHandle(forReadingAtPath: names[0])
    process.standardOutput = FileHandle(forWritingAtPath: names[1])
    process.standardError = FileHandle(forWritingAtPath: names[2])
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: try String(contentsOfFile: names[1], encoding: .utf8),
      errors: try String(contentsOfFile: names[2], encoding: .utf8)
    )
  }
}
