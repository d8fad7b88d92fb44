import Files
import Foundation
import Pages
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// Every formula of a page, computed anew from the trace, against the number that is shown.
@Suite struct DerivedNumbersTests {
  /// What is found by a search, not by a formula: the axes along which the points of the map differ most.
  private static let searched = "share of variance along principal component "

  private static let models = [
    "built-in": Fixtures.path("../../Sources/CAssets/Files/model"), "tiny": Fixtures.tinyGPT2,
  ]

  private func trace(_ prompt: String, by model: String) throws -> Trace {
    let model = try Model(folder: try #require(Self.models[model]))
    return try model.record(prompt, tokens: model.tokenizer.encode(prompt), RecordingOptions())
  }

  /// A number as it is shown, and what its last digit counts.
  private func number(_ text: String) -> (value: Double, unit: Double)? {
    var text = text.replacing("−", with: "-").replacing(",", with: "")
    // Japanese counts in tens of thousands.
    let myriads: [Character: Int64] = ["万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000]
    if text.contains(where: { myriads[$0] != nil }) {
      var (sum, group) = (Int64(0), Int64(0))
      for letter in text {
        if letter.isASCII, let digit = letter.wholeNumberValue {
          group = group * 10 + Int64(digit)
        } else {
          sum += group * (myriads[letter] ?? 0)
          group = 0
        }
      }
      text = "\(sum + group)"
    }
    let parts = text.split(separator: "e")
    let digits = parts.first?.split(separator: ".").dropFirst().first?.count ?? 0
    let power = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - digits
    return Double(text).map { ($0, Double("1e\(power)") ?? 0) }
  }

  /// Computes every formula of a page.
  ///
  /// - Returns: How many there are.
  @discardableResult
  private func check(_ page: String, of trace: Trace) throws -> Int {
    let reader = PageReader(html: PageReader(html: page).withoutScripts)
    var (count, searched) = (0, 0)
    for (formula, text) in reader.contents(of: "data-derived") {
      count += 1
      if formula.hasPrefix(Self.searched) {
        searched += 1
        continue
      }
      let (shown, unit) = try #require(number(text), "\(formula): \(text)")
      do {
        var evaluator = try Evaluator(Expression(formula)) { trace.numbers(named: $0) }
        let value = try evaluator.value()
        // Where a number lies on a rounding edge, the last bits decide.
        let edge = 1e-6 * max(1, abs(value))
        #expect(abs(shown - value) <= unit * 0.5 + edge, "\(formula): \(text) for \(value)")
      } catch { Issue.record("\(formula): \(error)") }
    }
    #expect(searched <= 4)
    return count
  }

  @Test(
    arguments: [
      ("built-in", "The capital of Italy is"), ("built-in", "a"),
      ("built-in", "the cat saw the cat and the cat saw the dog and the cat"),
      ("built-in", "日本の首都は"), ("tiny", "The king and the queen saw the old town. The king"),
    ],
    Language.allCases
  )
  func `every data-derived formula comes to the number shown`(
    run: (model: String, prompt: String),
    language: Language
  ) throws {
    let trace = try trace(run.prompt, by: run.model)
    let count = try check(HTMLPage(Walkthrough(of: trace, in: language)).html, of: trace)
    #expect(count > 250)
  }

  @Test func `whichever layer, head and scale are shown`() throws {
    let trace = try trace("The king and the queen saw the king", by: "tiny")
    for (layer, head) in [(0, 1), (1, 0), (2, 2)] {
      try check(HTMLPage(Walkthrough(of: trace, in: .en, layer: layer, head: head)).html, of: trace)
    }
  }

  @Test func `of a run of which the end is kept`() throws {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let text = String(repeating: "The king and the queen saw the old town. ", count: 8)
    let tokens = Array(model.tokenizer.encode(text).prefix(60))
    var options = RecordingOptions()
    options.budget = 1
    let trace = try model.recordWithinBudget(
      model.tokenizer.decode(tokens),
      tokens: tokens,
      options
    )
    try check(HTMLPage(Walkthrough(of: trace, in: .en)).html, of: trace)
  }

  @Test(arguments: ["llama", "gpt-neox", "gemma2"])
  func `of other architectures`(family: String) throws {
    let trace = try Trace(contentsOf: Fixtures.path("architectures/\(family).safetensors"))
    try check(HTMLPage(Walkthrough(of: trace, in: .en)).html, of: trace)
  }

  @Test func `a formula of another number is found out`() throws {
    let trace = try trace("The king", by: "tiny")
    withKnownIssue {
      try check(#"<b data-derived="sum(t, probabilities[1,t])">0.99</b>"#, of: trace)
    }
    withKnownIssue { try check(#"<b data-derived="the sum">1.00</b>"#, of: trace) }
  }
}
