import Graphics
import Tensors
import Testing
import Traces
import Walkthrough

/// Worked examples must come out for a reader who has only the digits shown.
@Suite struct ArithmeticTests {
  /// `a ÷ b = c` in a line of a worked example, as shown.
  private func divisions(in story: Walkthrough) -> [(a: Double, b: Double, c: Double, line: String)]
  {
    story.blocks.flatMap { block -> [RichText] in
      if case .arithmetic(let lines) = block { lines } else { [] }
    }.compactMap { line in
      let shown = line.told.compactMap { run -> Double? in
        if case .quantity(let quantity) = run {
          Double(quantity.text.replacing("−", with: "-"))
        } else {
          nil
        }
      }
      guard line.plain.contains(" ÷ "), line.plain.contains(" = "), shown.count == 3 else {
        return nil
      }
      return (shown[0], shown[1], shown[2], line.plain)
    }
  }

  @Test(arguments: [
    "The king and the queen", "A machine learning model, not a fashion model!", "x",
  ])
  func `a division comes out, to the digits shown, in every head`(prompt: String) throws {
    let trace = try Told.trace(prompt)
    for layer in 0..<3 {
      for head in 0..<3 {
        let found = divisions(in: Walkthrough(of: trace, in: .en, layer: layer, head: head))
        #expect(found.count >= 2)
        for (a, b, c, line) in found {
          // Half a unit of the last digit of each number: what rounding alone can do.
          let slack = 0.005 * (1 + (1 + abs(c)) / abs(b)) + 0.001
          #expect(abs(a / b - c) <= slack, "layer \(layer), head \(head): \(line)")
        }
      }
    }
  }

  @Test(arguments: [-300, -20, -5, -1, 0, 3, 9, 12, 80, 700] as [Float])
  func `a softmax is shown in numbers that say something, however large the scores`(
    offset: Float
  ) throws {
    var trace = try Told.trace("The king and the queen")
    let scores = try #require(trace[.attnScores(1)])
    trace[.attnScores(1)] = scores.map { $0 + offset }
    let shares = divisions(in: Walkthrough(of: trace, in: .en, layer: 1, head: 0)).last {
      $0.c <= 1
    }
    let (a, b, c, line) = try #require(shares)
    #expect(b >= 1, "\(line)")
    #expect(abs(a / b - c) <= 0.01, "\(line)")
  }
}
