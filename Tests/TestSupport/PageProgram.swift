import Foundation

/// A program that pages carry, run by node.
public struct PageProgram: Sendable {
  private let arguments: [String]

  /// Takes a program.
  ///
  /// - Parameters:
  ///   - path: The WebAssembly file.
  ///   - model: The folder of the model that it is given, if it takes one.
  public init(_ path: String, model: String? = nil) {
    let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Wasm/compare.mjs").path
    arguments = ["node", script, path] + (model.map { [$0] } ?? [])
  }

  /// What it replies, as SHA-256 in hexadecimal.
  ///
  /// - Parameter lines: Each an object with `calls`.
  /// - Returns: For each line, what stands for each of its calls' replies.
  /// - Throws: What keeps it from running.
  public func hashes(ofReplies lines: [String]) throws -> [[String]] {
    let folder = try TemporaryFolder()
    let file = URL(filePath: "\(folder.path)/calls.jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    let node = Process()
    node.executableURL = URL(filePath: "/usr/bin/env")
    node.arguments = arguments
    node.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    node.standardOutput = output
    try node.run()
    let replies = output.fileHandleForReading.readDataToEndOfFile()
    node.waitUntilExit()
    guard node.terminationStatus == 0 else { throw Ended(status: node.terminationStatus) }
    return try String(decoding: replies, as: UTF8.self).split(separator: "\n").map {
      try JSONDecoder().decode([String].self, from: Data($0.utf8))
    }
  }

  /// That it ended before its time.
  public struct Ended: Error {
    /// Node's exit code.
    public let status: Int32
  }
}
