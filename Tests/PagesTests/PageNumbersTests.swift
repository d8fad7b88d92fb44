import Files
import Pages
import Tensors
import TestSupport
import Testing
import Tokenization
import Traces
import Transformer
import Walkthrough

/// Holds the pages of real traces against the traces.
@Suite struct PageNumbersTests {
  private func trace(_ prompt: String) throws -> Trace {
    let model = try Model(folder: Fixtures.tinyGPT2)
    return try model.record(prompt, tokens: model.tokenizer.encode(prompt), RecordingOptions())
  }

  /// A number as the page writes it, and what its last digit counts: 10⁻⁷ for `4e−7`.
  private func number(_ text: Substring) -> (value: Double, unit: Double)? {
    let text = text.replacing("−", with: "-")
    let parts = text.split(separator: "e")
    let digits = parts.first?.split(separator: ".").dropFirst().first?.count ?? 0
    let power = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) - digits
    return Double(text).map { ($0, Double("1e\(power)") ?? 0) }
  }

  @Test(arguments: ["The king and the queen", "it's 12 o'clock — 東京", "x"], Language.allCases)
  func `every data-from value is the trace's to the digits shown`(
    prompt: String,
    language: Language
  ) throws {
    let trace = try trace(prompt)
    let html = PageReader(html: HTMLPage(Walkthrough(of: trace, in: language)).html).withoutScripts
    var count = 0
    for match in html.matches(of: /data-from="([^"\[]+)\[([0-9,]+)\]"[^>]*>([^<]*)</) {
      let place = "\(match.1)[\(match.2)]"
      let tensor = try #require(trace.tensors[String(match.1)], "\(place)")
      let indices = match.2.split(separator: ",").compactMap { Int($0) }
      let value = Double(indices.reduce(tensor) { $0.slice($1) }.values[0])
      let (shown, unit) = try #require(number(match.3), "\(place): \(match.3)")
      #expect(abs(shown - value) <= unit * 0.500001, "\(place): \(match.3) for \(value)")
      count += 1
    }
    #expect(
      count == html.ranges(of: "data-from=").count - html.ranges(of: "<code>data-from=").count
    )
    #expect(count > 200)
  }

  @Test(arguments: Language.allCases)
  func `of a run too large to be kept whole, every data-from value is in the part that is kept`(
    language: Language
  ) throws {
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
    #expect(trace.lastPositions == 24)
    let following = try #require(Following(of: trace, in: language))
    #expect(following.positions == tokens.count - 24..<tokens.count)
    let page = HTMLPage(Walkthrough(of: trace, in: language), following: following).html
    let html = PageReader(html: page).withoutScripts
    let axes = Dictionary(
      uniqueKeysWithValues: HookPoint.all(layerCount: 3).map { ($0.name, $0.positionAxis) }
    )
    var count = 0
    for match in html.matches(of: /data-from="([^"\[]+)\[([0-9,]+)\]"[^>]*>([^<]*)</) {
      let name = String(match.1)
      let tensor = try #require(trace.tensors[name], "\(name)")
      var indices = match.2.split(separator: ",").compactMap { Int($0) }
      let axis = axes[name] ?? (name.contains("lens") || name.contains("neurons") ? 1 : 0)
      // Positions are counted from the end, where the last ones stand in any tensor.
      if let axis, axis < tensor.shape.count, [24, 60].contains(tensor.shape[axis]) {
        indices[axis] -= 60 - tensor.shape[axis]
      }
      #expect(indices.allSatisfy { $0 >= 0 }, "\(name)[\(match.2)]")
      let value = Double(indices.reduce(tensor) { $0.slice($1) }.values[0])
      let (shown, unit) = try #require(number(match.3), "\(match.3)")
      #expect(abs(shown - value) <= unit * 0.500001, "\(name)[\(match.2)]: \(match.3)")
      count += 1
    }
    #expect(count > 200)
  }

  @Test func `most numbers in figures, tables and arithmetic say where they came from`() throws {
    let whole = HTMLPage(Walkthrough(of: try trace("The king and the queen"), in: .en)).html
    let html = PageReader(html: whole).withoutScripts
    let quoted = html.ranges(of: "data-from=\"").count
    let derived = html.ranges(of: "data-derived=\"").count
    let cells = html.matches(of: />[^<>]*\d\.\d[^<>]*</).count
    #expect(quoted > derived)
    #expect(quoted + derived > cells * 9 / 10)
  }
}
