import Formats
import Tensors
import Testing

@testable import Traces

@Suite struct ReasonsRecordTests {
  /// A trace of two tokens, two layers, three heads.
  private static var trace: Trace {
    var model = ModelDescription()
    (model.layerCount, model.headCount) = (2, 3)
    return Trace(
      prompt: "a b",
      tokens: [TraceToken(id: 1, text: "a"), TraceToken(id: 2, text: " b")],
      model: model,
      tensors: [:]
    )
  }

  private static let record = """
    {"token": {"token_id": 3, "token": " c"}, "against": {"token_id": 4, "token": " d"}, "logit": 2.5, \
    "against_logit": 1, "probability": 0.75, "terms": [{"site": "blocks.1.mlp", "contribution": 1.25}], \
    "effects": [{"site": "blocks.0.attn.head.2", "probability": 0.5, "difference": 0.25, "change": -1.25}], \
    "inputs": [0.5, -0.5]}
    """

  private func read(_ text: String) throws -> Reasons? {
    Reasons(try #require(JSONValue(parsing: text)), of: Self.trace)
  }

  @Test func `what is written is read again`() throws {
    let reasons = try #require(try read(Self.record))
    #expect(reasons.token == TraceToken(id: 3, text: " c"))
    #expect(reasons.against == TraceToken(id: 4, text: " d"))
    #expect(reasons.difference == 1.5)
    #expect(reasons.terms == [Reasons.Term(.mlp(layer: 1), 1.25)])
    #expect(reasons.effects[0].site == .head(layer: 0, head: 2))
    #expect(reasons.inputs == [0.5, -0.5])
    #expect((reasons.prompt, reasons.position) == ("a b", 1))
    let again = try #require(try read(reasons.json.compact))
    #expect(again.json.compact == reasons.json.compact)
  }

  @Test func `a plain logit has nothing that it is compared with`() throws {
    let plain = Self.record
      .replacing(#""against": {"token_id": 4, "token": " d"}, "#, with: "")
      .replacing(#""against_logit": 1, "#, with: "")
    let reasons = try #require(try read(plain))
    #expect(reasons.against == nil)
    #expect(reasons.difference == 2.5)
  }

  @Test(arguments: [
    ("[0.5, -0.5]", "[0.5]"), ("blocks.1.mlp", "nowhere"), ("blocks.0.attn.head.2", "blocks.7.mlp"),
    ("blocks.0.attn.head.2", "blocks.0.attn.head.3"), ("blocks.0.attn.head.2", "embed"),
    ("\"logit\": 2.5", "\"logit\": \"2.5\""), ("\" c\"", "7"),
  ])
  func `what is no record of this run is none`(part: String, other: String) throws {
    #expect(Self.record.contains(part))
    #expect(try read(Self.record.replacing(part, with: other)) == nil)
  }
}
