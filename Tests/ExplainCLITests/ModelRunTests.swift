import Foundation
import TestSupport
import Testing

@Suite struct ModelRunTests {
  @Test func `a prompt of which the vocabulary knows no byte is an error, not a crash`() throws {
    let explain = try ExplainProcess()
    let folder = explain.path("small")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for name in ["config.json", "model.safetensors"] {
      try FileManager.default.copyItem(
        atPath: "\(Fixtures.tinyGPT2)/\(name)",
        toPath: "\(folder)/\(name)"
      )
    }
    try #"{"a": 0, "b": 1}"#.write(
      toFile: "\(folder)/vocab.json",
      atomically: true,
      encoding: .utf8
    )
    try "#version: 0.2\n".write(toFile: "\(folder)/merges.txt", atomically: true, encoding: .utf8)

    let unknown = try explain("é", "--model", folder, "-o", "page")
    #expect(unknown.code == 65)
    #expect(unknown.errorLines.count == 1)
    #expect(explain.names().contains("page") == false)

    let known = try explain("ab", "--model", folder, "-o", "page")
    #expect(known.code == 0, "\(known.errors)")
  }
}
