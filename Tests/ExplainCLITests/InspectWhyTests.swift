import Files
import Formats
import Tensors
import TestSupport
import Testing
import Traces

/// `explain inspect TRACE --why CELL`.
@Suite struct InspectWhyTests {
  private let explain: ExplainProcess

  init() throws {
    explain = try ExplainProcess()
    _ = try explain("trace", "The capital of Italy is", "-o", "t")
  }

  private func why(_ cell: String, _ options: String...) throws -> Outcome {
    try explain.run(["inspect", "t", "--why", cell] + options)
  }

  @Test func `a share of attention is told in words and in numbers`() throws {
    let result = try why("blocks.2.attn.hook_pattern[2,4,3]", "--width", "100")
    #expect(result.code == 0)
    #expect(result.output.contains("how much “·is” attends to “·Italy”, in head 2 of layer 2"))
    #expect(result.output.contains("= exp(blocks.2.attn.hook_attn_scores[2,4,3] - max("))
    #expect(result.output.contains("all of them"))
    let inJapanese = try why("blocks.2.attn.hook_pattern[2,4,3]", "--language", "ja")
    #expect(inJapanese.output.contains("注意の割合"))
  }

  @Test func `what a number is made of comes to it`() throws {
    for cell in [
      "blocks.1.attn.hook_q[4,2,7]", "blocks.1.mlp.hook_pre[4,100]", "logits[4,900]",
      "blocks.3.ln2.hook_scale[2,0]", "hook_embed[3,5]", "blocks.0.mlp.hook_post[0,17]",
    ] {
      let result = try why(cell, "--format", "json")
      let json = try #require(JSONValue(parsing: result.output), "\(result.errors)")
      let (value, derived) = (json["value"]?.number, json["derived"]?.number)
      #expect(abs((value ?? 1) - (derived ?? 2)) < 1e-4, "\(cell)")
      // The terms of a plain sum are all of it.
      let sum = json["terms"]?.array?.reduce(0) { $0 + ($1["value"]?.number ?? 0) }
      if let total = json["total"]?.number { #expect(abs((sum ?? 0) - total) < 1e-9, "\(cell)") }
    }
  }

  @Test func `a number is followed back to the weights`() throws {
    let result = try why("blocks.0.attn.hook_q[4,2,7]", "--depth", "4", "--top", "1")
    for name in [
      "blocks.0.attn.W_Q[2,", "blocks.0.ln1.hook_normalized[4,", "blocks.0.hook_resid_pre[4,",
    ] {
      #expect(result.output.contains(name), "\(name)")
    }
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("├ ") } && lines.contains { $0.hasPrefix("└ ") })
    #expect(lines.allSatisfy { $0.count <= 80 })
  }

  @Test func `any formula is worked out`() throws {
    let result = try why("sum(n, probabilities[4,n])", "--format", "json", "--top", "2")
    let json = try #require(JSONValue(parsing: result.output))
    #expect(abs((json["derived"]?.number ?? 0) - 1) < 1e-6)
    #expect(json["terms"]?.array?.count == 2)
  }

  @Test(arguments: [
    ("blocks.2.attn.hook_patern[2,4,3]", "did you mean “blocks.2.attn.hook_pattern”?"),
    ("blocks.2.attn.hook_pattern[4,4,3]", "is not there: its indices are 0 to 3, 0 to 4, 0 to 4"),
    ("logits[4]", "logits takes 2 indices (0 to 4, 0 to 2687), not 1"), ("logits[", "byte 7"),
    ("blocks.9.hook_resid_pre[0,0]", "nothing is called “blocks.9.hook_resid_pre” here"),
  ])
  func `what is not there is said in a line`(cell: String, sentence: String) throws {
    let result = try why(cell)
    #expect(result.code == 64)
    #expect(result.errors.contains(sentence), "\(result.errors)")
    #expect(result.errors.split(separator: "\n").count == 1)
  }

  @Test func `ids and weights are made of nothing`() throws {
    let id = try why("facts.lens.token_id[0,4,0]")
    #expect(id.code == 0 && id.output.contains("It is a choice"))
    let weight = try why("blocks.0.attn.W_Q[0,0,0]")
    #expect(weight.code == 0 && weight.output.contains("it was learned"))
  }

  @Test func `without the weights the formula is still shown`() throws {
    let tiny = ["--model", Fixtures.tinyGPT2]
    _ = try explain.run(["trace", "The king", "-o", "u"] + tiny)
    let cell = ["inspect", "u", "--why", "blocks.0.attn.hook_q[1,2,7]"]
    let lacking = try explain.run(cell)
    #expect(lacking.code == 0)
    #expect(lacking.output.contains("= sum(n, blocks.0.ln1.hook_out[1,n]"))
    #expect(lacking.output.contains("is a weight, which is not in the trace"))
    let known = try explain.run(cell + tiny)
    #expect(known.output.contains("all of them"))
    let other = try explain.run(["inspect", "t", "--why", "logits[0,0]"] + tiny)
    #expect(other.code == 65)
    #expect(other.errors.contains("did not make this trace"))
  }

  @Test func `with the weights every number's formula is checked`() throws {
    let tiny = ["--model", Fixtures.tinyGPT2]
    _ = try explain.run(["trace", "The king and", "-o", "u"] + tiny)
    let honest = try explain.run(["inspect", "u", "--check", "--format", "json"] + tiny)
    #expect(honest.code == 0, "\(honest.errors)")
    let checks = try #require(JSONValue(parsing: honest.output)?["checks"]?.array)
    let laws = checks.compactMap { $0["law"]?.string }
    #expect(laws.contains("probabilities sum to 1"))
    #expect(
      laws.contains(
        "blocks.l.attn.hook_q[p,h,i] = sum(n, blocks.l.ln1.hook_out[p,n] * blocks.l.attn.W_Q[h,n,i]) + "
          + "blocks.l.attn.b_Q[h,i]"
      ),
      "\(laws)"
    )
    #expect(checks.count == 10 + 29)
    #expect(checks.allSatisfy { $0["outcome"]?.string == "holds" })

    var trace = try Trace(contentsOf: explain.path("u"))
    let tensor = try #require(trace[.q(1)])
    var values = tensor.values
    values[7] += 0.5
    trace[.q(1)] = Tensor(shape: tensor.shape, values: values)
    try trace.write(to: explain.path("u"))
    let broken = try explain.run(["inspect", "u", "--check", "--width", "100"] + tiny)
    #expect(broken.code == 65)
    #expect(broken.output.contains("blocks.1.attn.hook_q"))
    #expect(try explain("inspect", "u", "--check").code == 0)
    #expect(
      try explain.run(["inspect", "u"] + tiny).errors.contains("--model goes with --why or --check")
    )
  }

  @Test func `what was set from outside came from there`() throws {
    _ = try explain("trace", "The king", "-o", "u", "--ablate", "blocks.0.attn.head.2")
    let set = try explain("inspect", "u", "--why", "blocks.0.attn.hook_z[1,2,3]")
    #expect(set.output.contains("was set from outside"))
    let other = try explain("inspect", "u", "--why", "blocks.0.attn.hook_z[1,1,3]")
    #expect(other.output.contains("all of them"))
  }
}
