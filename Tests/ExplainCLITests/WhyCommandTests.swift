import Foundation
import Testing
#if canImport(FoundationXML)
  import FoundationXML
#endif

@Suite struct WhyCommandTests {
  private struct Why: Decodable {
    struct Token: Decodable { var token_id: Int, token: String }
    struct Term: Decodable { var site: String, contribution: Double }
    struct Effect: Decodable {
      var site: String, kind: String, probability: Double, difference: Double, change: Double
    }
    struct Input: Decodable { var position: Int, token: String, gradient_x_input: Double }
    var prompt: String, position: Int, token: Token, against: Token?, logit: Double
    var against_logit: Double?, difference: Double, probability: Double
    var terms: [Term], effects: [Effect], inputs: [Input], neurons: [Term]?
  }

  private let italy = "The capital of Italy is"

  private func why(_ arguments: String...) throws -> Why {
    let result = try ExplainProcess().run(["why", "--format", "json"] + arguments)
    #expect(result.code == 0, "\(result.errors)")
    return try JSONDecoder().decode(Why.self, from: Data(result.output.utf8))
  }

  @Test func `Rome is made by head 2 of layer 0 and the first two MLPs`() throws {
    let why = try why(italy)
    #expect(why.token.token == " Rome")
    #expect(
      why.effects.prefix(3).map(\.site) == ["blocks.0.attn.head.2", "blocks.0.mlp", "blocks.1.mlp"]
    )
    #expect(abs(why.effects[0].probability - 0.024) < 0.001)
    #expect(why.effects.count == 4 * 5)
    #expect(why.terms.first?.site == "blocks.1.mlp")
    #expect(abs(why.terms.reduce(0) { $0 + $1.contribution } - why.difference) < 1e-3)
    #expect(why.inputs.map(\.token) == ["The", " capital", " of", " Italy", " is"])
  }

  @Test func `against none, the logit is taken apart`() throws {
    let why = try why(italy, "--against", "none", "--neurons")
    #expect(why.against == nil && why.against_logit == nil)
    #expect(abs(why.terms.reduce(0) { $0 + $1.contribution } - why.logit) < 1e-3)
    #expect(why.neurons?.count == 4 * 512)
  }

  @Test func `an effect is what the same intervention makes of the run`() throws {
    let plain = try why(italy)
    let without = try why(
      italy,
      "--ablate",
      "blocks.0.attn.head.2",
      "--token",
      " Rome",
      "--against",
      plain.against?.token ?? ""
    )
    let effect = try #require(plain.effects.first)
    #expect(abs(without.difference - effect.difference) < 1e-3)
    #expect(abs(without.probability - effect.probability) < 1e-5)
  }

  @Test func `a position within the prompt is asked about as if the prompt ended there`() throws {
    let (within, alone) = (try why(italy, "--position", "2"), try why("The capital of"))
    #expect(within.token.token_id == alone.token.token_id)
    #expect(abs(within.difference - alone.difference) < 1e-4)
    #expect(within.inputs.count == 5 && within.inputs[4].gradient_x_input == 0)
  }

  @Test(arguments: ["svg", "html"])
  func `figure and page are well-formed and say what was switched off`(_ format: String) throws {
    for language in ["en", "ja"] {
      let result = try ExplainProcess()(
        "why",
        "<b>Once",
        "--format",
        format,
        "--language",
        language,
        "--ablate",
        "blocks.1.mlp@0"
      )
      #expect(result.code == 0, "\(result.errors)")
      #expect(result.output.contains("blocks.1.mlp"))
      #expect(!result.output.contains("<b>"))
      let parser = XMLParser(data: Data(result.output.utf8))
      #expect(parser.parse(), "\(String(describing: parser.parserError))")
    }
  }

  @Test func `the example's figure is the one that the program draws`() throws {
    let file = ShownCommand.root.appending(path: "examples/why-italy.svg")
    let result = try ExplainProcess()("why", italy, "--format", "svg")
    if ProcessInfo.processInfo.environment["EXPLAIN_RECORD"] == "1" {
      try Data(result.output.utf8).write(to: file)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == result.output)
  }

  @Test(arguments: [20, 33, 60, 80, 120], ["en", "ja"])
  func `no line is wider than the terminal`(_ width: Int, _ language: String) throws {
    let result = try ExplainProcess()(
      "why",
      italy,
      "--width",
      "\(width)",
      "--language",
      language,
      "--neurons"
    )
    #expect(result.code == 0)
    for line in result.output.split(separator: "\n") {
      let columns = line.unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E7F ? 2 : 1) }
      #expect(columns <= width, "\(line)")
    }
  }

  @Test(
    arguments: [
      (["--token", "Rome, Italy"], 65, "Rome"),
      (["--token", " Rome", "--against", " Rome"], 65, "none"),
      (["--position", "5"], 64, "0 to 4"), (["--ablate", "blocks.0.attn.haed.2"], 64, "head.2"),
      (["--ablate", "blocks.0.mlp@5"], 64, "positions 0 to 4"),
      (["--ablate", "probabilities"], 64, "logits"),
      (["--ablate", "embed", "--ablate-mean", "embed"], 64, "at once"), (["--top", "0"], 64, "1"),
    ] as [([String], Int32, String)]
  )
  func `what cannot be asked is said in a line`(
    _ arguments: [String],
    _ code: Int32,
    _ part: String
  ) throws {
    let result = try ExplainProcess().run(["why", italy] + arguments)
    #expect(result.code == code)
    #expect(result.errorLines.count == 1 && result.errors.contains(part), "\(result.errors)")
    #expect(result.output.isEmpty)
  }
}
