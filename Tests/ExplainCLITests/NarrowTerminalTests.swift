import Graphics
import TestSupport
import Testing

/// Every command in a terminal of twenty columns and a few more.
@Suite struct NarrowTerminalTests {
  private static let commands: [[String]] = [
    ["score", "The capital of Italy is Rome"],
    ["score", "--language", "ja", "The capital of Italy is Rome"],
    ["steps", "The capital of Italy is"],
    ["steps", "--language", "ja", "The capital of Italy is"],
    ["words", "nearest", "king"], ["words", "analogy", "king - man + woman"],
    ["parameters"], ["parameters", "gpt-3"],
    ["generate", "--tokens", "2", "The king"],
    ["generate", "--tokens", "3", "--temperature", "0,1,2", "The king"],
    ["heatmap", "--format", "text", "--layer", "0", "The capital of Italy is"],
    ["inspect", "trace"], ["inspect", "trace", "--check"],
    ["inspect", "trace", "--tensor", "logits"],
  ]

  @Test(arguments: commands, [20, 24, 30, 40])
  func `no line is wider than the terminal, and no number is cut`(
    _ command: [String],
    width: Int
  ) throws {
    let explain = try ExplainProcess()
    if command[0] == "inspect" {
      #expect(try explain("trace", "The king", "-o", "trace").code == 0)
    }
    for charset in [[], ["--ascii"]] {
      let option = command[0] == "parameters" ? "--columns" : "--width"
      let result = try explain.run(
        [command[0], option, "\(width)"] + charset + command.dropFirst()
      )
      #expect(result.code == 0, "\(result.errors)")
      for line in result.output.split(separator: "\n") {
        #expect(TextWidth.columns(of: String(line)) <= width, "\(line)")
        let cut = line.contains(/[│|] *[−-]?[0-9][0-9.,]*(…|\.\.\.) *[│|]/)
        // A column of dots says that a matrix has more columns.
        #expect(!cut, "\(line)")
      }
    }
  }

  @Test func `the scores of a narrow terminal say what was left out`() throws {
    let explain = try ExplainProcess()
    let narrow = try explain("score", "--width", "20", "The capital of Italy is Rome").output
    #expect(narrow.contains("│    0.9996 │"))
    #expect(narrow.contains("No room for: rank,\nsurprisal, bits,\nbars."))
    let wider = try explain("score", "--width", "40", "The capital of Italy is Rome").output
    #expect(wider.contains("No room for: bars."))
    #expect(try !explain("score", "--width", "60", "The king").output.contains("No room"))
  }
}
