import Files
import Foundation
import TestSupport
import Testing
import Tokenization
import Transformer

/// Model folders with something wrong in them.
@Suite struct ModelFolderTests {
  /// The error that the fixture's folder ends in once a file of it is changed, its path cut off.
  private func failure(_ file: String, is text: String?) throws -> CheckpointError {
    let folder = try TemporaryFolder()
    for name in ["config.json", "model.safetensors", "vocab.json", "merges.txt"] where name != file
    {
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder.path)/\(name)",
        withDestinationPath: "\(Fixtures.tinyGPT2)/\(name)"
      )
    }
    if let text { try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(file)")) }
    let error = #expect(throws: CheckpointError.self) { try Model(folder: folder.path) }
    return try #require(error)
  }

  /// The fixture's configuration with one setting as given, in JSON.
  private func configuration(_ key: String, _ value: String) throws -> String {
    let text = try String(contentsOfFile: "\(Fixtures.tinyGPT2)/config.json", encoding: .utf8)
    // Of two entries under one key, the last counts, as in Python.
    let open = text[..<(text.lastIndex(of: "}") ?? text.endIndex)]
    return "\(open), \"\(key)\": \(value)}"
  }

  @Test(arguments: [
    ("n_layer", "1.5", "is 1.5, expected a whole number"), ("n_layer", "0", "is 0, expected"),
    ("n_embd", "1e308", "is 1e+308, expected"),
    ("n_positions", "18446744073709551616", "is 1.8446744073709552e+19, expected"),
    ("vocab_size", "9223372036854775807", "is 9.223372036854776e+18, expected"),
    ("n_head", "\"3\"", "is not a number"), ("n_head", "7", "heads cannot share"),
    ("activation_function", "\"tanh\"", "is “tanh”"),
  ])
  func `a setting that cannot be is named with its value`(
    _ key: String,
    _ value: String,
    _ sentence: String
  ) throws {
    let error = try failure("config.json", is: configuration(key, value))
    guard case .setting = error else {
      Issue.record("another error: \(error)")
      return
    }
    #expect(error.description.contains("config.json: “"))
    #expect(error.description.contains(sentence))
  }

  @Test(arguments: ["", "{", "[]", "\u{0}", "version https://git-lfs.github.com/spec/v1"])
  func `what is no configuration is malformed`(_ text: String) throws {
    let error = try failure("config.json", is: text)
    guard case .malformed = error else {
      Issue.record("another error: \(error)")
      return
    }
  }

  @Test func `a checkpoint with more blocks than the configuration says is not run in part`() throws
  {
    let error = try failure("config.json", is: configuration("n_layer", "2"))
    guard case .blockLeftOver(_, "transformer.h.2.ln_1.weight", 2) = error else {
      Issue.record("another error: \(error)")
      return
    }
  }

  @Test(arguments: ["vocab.json", "merges.txt"])
  func `a tokenizer that is not there is missing`(_ file: String) throws {
    let error = try failure(file, is: nil)
    guard case .tokenizer(.missing) = error else {
      Issue.record("another error: \(error)")
      return
    }
  }

  @Test func `a folder in place of the configuration is said to be there`() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: "\(folder.path)/config.json",
      withIntermediateDirectories: false
    )
    let error = #expect(throws: CheckpointError.self) { try Model(folder: folder.path) }
    guard case .unreadable = error else {
      Issue.record("another error: \(String(describing: error))")
      return
    }
  }
}
