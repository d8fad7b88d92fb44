import Foundation
import Testing

@Suite struct PromptInputTests {
  private func prompt(_ bytes: [UInt8]) throws -> Outcome {
    try ExplainProcess()(
      "heatmap",
      "--format",
      "json",
      "--layer",
      "0",
      "--head",
      "0",
      "-",
      input: bytes
    )
  }

  private func tokens(_ outcome: Outcome) throws -> [String] {
    struct Head: Decodable { var tokens: [String] }
    return try JSONDecoder().decode([Head].self, from: Data(outcome.output.utf8))[0].tokens
  }

  @Test(arguments: [
    ("O Romeo\n", "O Romeo"), ("O Romeo", "O Romeo"), ("O Romeo\n\n", "O Romeo\n"),
    ("O Romeo\r\n", "O Romeo"), (" \n", " "), ("東京\n", "東京"),
  ])
  func `one newline at the end is not part of the prompt`(_ input: String, _ prompt: String) throws
  {
    let given = try tokens(try self.prompt(Array(input.utf8)))
    #expect(
      given
        == (try tokens(
          ExplainProcess()(
            "heatmap",
            "--format",
            "json",
            "--layer",
            "0",
            "--head",
            "0",
            "--",
            prompt
          )
        ))
    )
  }

  @Test(arguments: [
    ([0xFF], 0), ([0x61, 0xC3], 1), ([0x61, 0xC3, 0xA9, 0x62, 0xE6, 0x9D, 0x62], 4),
    ([0xE6, 0x9D, 0xB1, 0xED, 0xA0, 0x80], 3), ([0x61, 0x0A, 0xC0, 0x80], 2),
  ])
  func `input that is not UTF-8 is an error that names the byte`(
    _ input: [UInt8],
    _ offset: Int
  ) throws {
    let result = try prompt(input)
    #expect(result.code == 65)
    #expect(result.errors.contains("not valid UTF-8 at byte \(offset),"), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test(arguments: ["", "\n", "\r\n"])
  func `empty input is an error`(_ input: String) throws {
    let result = try prompt(Array(input.utf8))
    #expect(result.code == 65)
    #expect(result.errors.contains("empty"))
  }

  @Test func `after two dashes a hyphen is a prompt`() throws {
    let explain = try ExplainProcess()
    let result = try explain(
      "heatmap",
      "--format",
      "json",
      "--layer",
      "0",
      "--head",
      "0",
      "--",
      "-",
      input: Array("no".utf8)
    )
    #expect(try tokens(result) == ["-"])
  }

  @Test func `standard input that cannot be read is an I/O error`() throws {
    let explain = try ExplainProcess()
    #expect(try explain.shell("\"$explain\" - <&-").code == 74)
    #expect(try explain.shell("\"$explain\" - </").code == 74)
    #expect(explain.names().isEmpty)
  }
}
