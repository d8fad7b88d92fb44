import Foundation
import Testing

/// `explain steps --step`: one step of the walkthrough alone.
struct StepsCommandTests {
  private let prompt = "The capital of Italy is"

  @Test func `a step is found by its number, as the whole text has it, and names the next`() throws
  {
    let whole = try ExplainProcess()("steps", prompt, "--width", "80").output
    for number in ["1.1", "4.7", "6.4"] {
      let alone = try ExplainProcess()("steps", prompt, "--width", "80", "--step", number)
      #expect(alone.code == 0)
      let parts = alone.output.components(separatedBy: "\nNext: --step ")
      #expect(parts.count == 2 && parts[0].hasPrefix("\(number)  "), "\(alone.output)")
      #expect(whole.contains(parts[0]), "\(number)")
      let next = parts[1].split(separator: "\n")[0]
      #expect(whole.contains("\n\(next)\n"), "\(next)")
    }
  }

  @Test(arguments: [
    ("4", "such as 4.7"), ("0.1", "such as 4.7"), ("99.1", "the stages are 1 to"),
    ("4.99", "stage 4 has the steps 4.1 to 4."), ("4.9999999999999999999", "such as 4.7"),
  ])
  func `a number that is none is told what there is`(number: String, words: String) throws {
    let result = try ExplainProcess()("steps", prompt, "--step", number)
    #expect(result.code == 64)
    #expect(result.errors.contains(words) && result.output.isEmpty)
  }

  @Test func `attention and MLP are read apart, and the answer ends in first place`() throws {
    let step = try ExplainProcess()("steps", prompt, "--width", "80", "--step", "6.4").output
    for reading in ["at the start", "0 attention", "0 MLP", "3 attention"] {
      #expect(step.contains(reading))
    }
    let end = step.split(separator: "\n").first { $0.contains("3 MLP") } ?? ""
    #expect(end.split(separator: " ").suffix(5) == ["1", "2", "3", "4", "5"])
  }
}
