import Foundation
import TestSupport
import Testing
#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct CompareCommandTests {
  private struct Compared: Decodable {
    struct Token: Decodable { var token_id: Int, token: String }
    struct Side: Decodable { var prompt: String, tokens: [Token] }
    struct Next: Decodable { var token: String, probability: Double }
    struct Nexts: Decodable { var a: [Next], b: [Next] }
    struct Cosine: Decodable { var a: Int, b: Int, cosine: Double }
    struct Layer: Decodable { var layer: Int, cosines: [Cosine] }
    struct Patching: Decodable {
      var site: String, token: Token, against: Token, clean: Double, corrupted: Double
      var grid: [[Double]]
    }
    struct Depth: Decodable { var depth: Int, a: [Next], b: [Next] }
    struct Patterns: Decodable {
      var layer: Int, head: Int, moved: Double, a: [[Double]], b: [[Double]]
    }
    var a: Side, b: Side, aligned: [[Int]], next: Nexts, layers: [Layer], patching: Patching?
    var lens: [Depth], patterns: Patterns?
  }

  private func compare(_ explain: ExplainProcess, _ arguments: String...) throws -> Compared {
    let result = try explain.run(["compare", "--format", "json"] + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Compared.self, from: Data(result.output.utf8))
  }

  @Test func `the country's place carries the capital`() throws {
    let compared = try compare(
      ExplainProcess(),
      "The capital of Italy is",
      "The capital of Japan is",
      "--patch",
      "resid_pre"
    )
    #expect(compared.next.a.first?.token == " Rome" && compared.next.b.first?.token == " Tokyo")
    let patching = try #require(compared.patching)
    #expect(patching.token.token == " Rome" && patching.against.token == " Tokyo")
    #expect(patching.grid.count == 4 && patching.grid.allSatisfy { $0.count == 5 })
    // Before block 0 the prompts differ at the country alone.
    #expect(abs(patching.grid[0][3] - patching.clean) < 1e-3)
    #expect(abs(patching.grid[0][0] - patching.corrupted) < 1e-3)
  }

  @Test func `traces are compared as their prompts are, but for patching`() throws {
    let explain = try ExplainProcess()
    let prompts = ["The machine learning model", "The fashion model"]
    for (index, prompt) in prompts.enumerated() {
      _ = try explain("trace", prompt, "-o", "\(index).safetensors")
    }
    let (files, texts) = (
      try compare(explain, "0.safetensors", "1.safetensors"),
      try compare(explain, prompts[0], prompts[1])
    )
    #expect(files.aligned == texts.aligned && files.aligned == [[0, 0], [3, 2]])
    #expect(
      files.layers.map { $0.cosines.map(\.cosine) } == texts.layers.map { $0.cosines.map(\.cosine) }
    )
    #expect(files.next.a.map(\.token) == texts.next.a.map(\.token))
    let refused = try explain("compare", "0.safetensors", "1.safetensors", "--patch", "z")
    #expect(refused.code == 64 && refused.errorLines.count == 1)
  }

  @Test func `the lens ends where the answers are, and patterns are those of the heatmaps`() throws
  {
    let prompts = ["The capital of Italy is", "The capital of Japan is"]
    let compared = try compare(ExplainProcess(), prompts[0], prompts[1])
    #expect(compared.lens.map(\.depth) == [0, 1, 2, 3, 4])
    let last = try #require(compared.lens.last)
    for (read, next) in [(last.a, compared.next.a), (last.b, compared.next.b)] {
      #expect(read.map(\.token) == next.prefix(2).map(\.token))
      #expect(zip(read, next).allSatisfy { abs($0.probability - $1.probability) < 1e-5 })
    }
    struct Entry: Decodable { var layer: Int, head: Int, pattern: [[Double]] }
    let patterns = try #require(compared.patterns)
    let all = try prompts.map { prompt in
      let result = try ExplainProcess()("heatmap", prompt, "--format", "json")
      return try JSONDecoder().decode([Entry].self, from: Data(result.output.utf8))
    }
    // In runs of equal length without a difference in tokens' order, half the sum of the absolute differences is all there is.
    func moved(_ layer: Int, _ head: Int) throws -> Double {
      let both = try all.map { entries in
        try #require(entries.first { $0.layer == layer && $0.head == head }).pattern
      }
      let rows = zip(both[0], both[1]).map { a, b in
        zip(a, b).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
      }
      return rows.reduce(0, +) / Double(rows.count)
    }
    #expect(abs(try moved(patterns.layer, patterns.head) - patterns.moved) < 1e-5)
    let most = try (0..<4).flatMap { layer in try (0..<4).map { try moved(layer, $0) } }.max()
    #expect(abs(try #require(most) - patterns.moved) < 1e-5)
    let chosen = try compare(
      ExplainProcess(),
      prompts[0],
      prompts[1],
      "--layer",
      "1",
      "--head",
      "2"
    )
    #expect(chosen.patterns?.layer == 1 && chosen.patterns?.head == 2)
  }

  @Test func `one prompt is compared in two models`() throws {
    let explain = try ExplainProcess()
    let compared = try compare(explain, "The king", "--versus", Fixtures.tinyGPT2)
    #expect(
      compared.a.prompt == compared.b.prompt
        && compared.a.tokens.map(\.token).joined() == "The king"
    )
    let told = try explain("compare", "The king", "--versus", Fixtures.tinyGPT2)
    #expect(told.output.contains("only if one grew out of the other"))
    // The same model twice says the same.
    let same = try explain("compare", "The king", "--versus", "built-in")
    #expect(same.output.contains("the two patterns are equal"), "\(same.output)")
  }

  @Test(
    arguments: [
      (["a king", "the old king", "--patch", "z"], 65, "as many tokens"),
      (["king", "queen", "--patch", "z", "--token", " Rome", "--against", " Rome"], 65, "another"),
      (["king", "queen", "--patch", "q"], 64, "resid_pre"), (["king", ""], 64, "empty"),
      (["king", "missing.safetensors"], 66, "missing"), (["king"], 64, "nothing to compare"),
      (["king", "queen", "--versus", "built-in", "--patch", "z"], 64, "leave out --versus"),
      (["king", "queen", "--layer", "9"], 64, "0 to 3"),
    ] as [([String], Int32, String)]
  )
  func `what cannot be compared is said in a line`(
    _ arguments: [String],
    _ code: Int32,
    _ part: String
  ) throws {
    let result = try ExplainProcess().run(["compare"] + arguments)
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errorLines.count == 1 && result.errors.contains(part), "\(result.errors)")
  }

  @Test(
    arguments: [["compare", "a <b>king", "a <i>queen", "--patch", "z"], ["heads"]],
    ["svg", "html"]
  )
  func `figures and pages are well-formed`(_ command: [String], _ format: String) throws {
    for language in ["en", "ja"] {
      let result = try ExplainProcess().run(command + ["--format", format, "--language", language])
      #expect(result.code == 0, "\(result.errors)")
      let parser = XMLParser(data: Data(result.output.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
  }

  @Test func `heads are scored on random tokens that are repeated, the same for the same seed`()
    throws
  {
    struct Heads: Decodable { var sequences: [[Int]], heads: [[String: Double]] }
    func heads(_ arguments: String...) throws -> Heads {
      let result = try ExplainProcess().run(["heads", "--format", "json"] + arguments)
      return try JSONDecoder().decode(Heads.self, from: Data(result.output.utf8))
    }
    let (one, same, other) = (
      try heads("--length", "20"), try heads("--length", "20"),
      try heads("--length", "20", "--seed", "1")
    )
    #expect(one.sequences == same.sequences && one.sequences != other.sequences)
    #expect(one.heads.count == 16)
    for sequence in one.sequences {
      #expect(sequence.count == 40 && Array(sequence.prefix(20)) == Array(sequence.suffix(20)))
      #expect(Set(sequence).count == 20)
    }
  }
}
