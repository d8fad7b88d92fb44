import Foundation
import Testing

/// What was set from outside is carried out by every command that runs a model, and said by it.
@Suite struct InterventionCommandTests {
  private let prompt = "The capital of Italy is"
  private struct Text: Decodable { var token_ids: [Int] }

  private func tokens(_ outcome: Outcome) throws -> [Int] {
    let text = try JSONDecoder().decode(Text.self, from: Data(outcome.output.utf8))
    return text.token_ids
  }

  private let ablation = ["--ablate", "blocks.0.attn.head.2", "--ablate-mean", "blocks.1.mlp@3"]

  @Test(
    arguments: [
      ["steps"], ["steps", "--language", "ja"], ["steps", "--format", "json"], ["page", "-o", "-"],
      ["page", "-o", "-", "--language", "ja"], ["heatmap", "--format", "text"],
      ["heatmap", "--format", "csv"], ["heatmap", "--format", "json"],
      ["heatmap", "--layer", "0", "--head", "1", "-o", "-"], ["generate", "--tokens", "2"],
      ["generate", "--tokens", "2", "--format", "json"],
      ["generate", "--tokens", "2", "--temperature", "0,1"], ["score"],
      ["score", "--format", "json"], ["score", "--format", "csv"], ["score", "--format", "html"],
      ["why"], ["why", "--format", "csv"], ["why", "--format", "json"],
    ]
  )
  func `what is switched off is said wherever its numbers are shown`(_ command: [String]) throws {
    let plain = try ExplainProcess().run(command + [prompt])
    let changed = try ExplainProcess().run(command + [prompt] + ablation)
    #expect(plain.code == 0 && changed.code == 0, "\(changed.errors)")
    #expect(plain.output != changed.output)
    let said = changed.output.filter { !$0.isWhitespace }
    #expect(said.contains("blocks.0.attn.head.2") && said.contains("blocks.1.mlp"))
  }

  @Test func `heatmap's JSON says it in every entry`() throws {
    struct Entry: Decodable {
      struct Change: Decodable, Equatable { var site: String, kind: String, position: Int? }
      var interventions: [Change]
    }
    let result = try ExplainProcess().run(["heatmap", "--format", "json", prompt] + ablation)
    let entries = try JSONDecoder().decode([Entry].self, from: Data(result.output.utf8))
    #expect(entries.count == 16)
    for entry in entries {
      #expect(
        entry.interventions == [
          .init(site: "blocks.0.attn.head.2", kind: "zero", position: nil),
          .init(site: "blocks.1.mlp", kind: "mean", position: 3),
        ]
      )
    }
  }

  @Test(
    arguments: [
      "blocks.0.attn", "blocks.1.mlp", "blocks.0.attn.head.2", "blocks.2.attn.bias", "embed",
      "blocks.1.mlp.neuron.7", "ln_final.bias", "blocks.1.hook_resid_mid",
      "blocks.1.hook_resid_pre",
      "blocks.1.attn.hook_pattern", "blocks.1.attn.hook_attn_scores", "blocks.3.attn.hook_result",
      "blocks.3.hook_resid_post", "logits", "probabilities", "blocks.2.mlp.hook_post@1",
    ]
  )
  func `the laws are kept wherever nothing was set, and the page of the trace says what was`(
    _ site: String
  ) throws {
    let explain = try ExplainProcess()
    let run = try explain("trace", prompt, "-o", "t.safetensors", "--ablate", site)
    #expect(run.code == 0, "\(run.errors)")
    let check = try explain("inspect", "t.safetensors", "--check", "--width", "120")
    #expect(check.code == 0, "\(check.output)")
    let page = try explain("render", "t.safetensors", "-o", "-")
    #expect(page.output.contains(String(site.split(separator: "@")[0])))
  }

  @Test func `a law that would have given what was set is not asked there, but elsewhere`() throws {
    struct Report: Decodable {
      struct Check: Decodable { var law: String, outcome: String }
      var checks: [Check]
    }
    let explain = try ExplainProcess()
    let layers = (0..<4).flatMap { ["--ablate", "blocks.\($0).attn"] }
    _ = try explain.run(["trace", prompt, "-o", "t.safetensors"] + layers)
    let result = try explain("inspect", "t.safetensors", "--check", "--format", "json")
    let report = try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    let outcomes = Dictionary(uniqueKeysWithValues: report.checks.map { ($0.law, $0.outcome) })
    #expect(outcomes["Σ heads + bias = attn_out"] == "set_from_outside")
    #expect(outcomes["resid_mid = resid_pre + attn_out"] == "holds")
  }

  @Test func `a position beyond the prompt is set when it comes`() throws {
    let explain = try ExplainProcess()
    let base = ["generate", prompt, "--temperature", "0", "--tokens", "6", "--format", "json"]
    let (plain, late) = (
      try explain.run(base), try explain.run(base + ["--ablate", "blocks.0.hook_mlp_out@7"])
    )
    // Tokens at 0 to 7 are chosen before position 7 is read.
    let before = try tokens(plain)
    let after = try tokens(late)
    #expect(before.prefix(8) == after.prefix(8))
    #expect(before != after)
  }

  @Test func `a trace alone has no model that could be changed`() throws {
    let explain = try ExplainProcess()
    _ = try explain("trace", prompt, "-o", "t.safetensors")
    let result = try explain("render", "t.safetensors", "--ablate", "blocks.0.mlp")
    #expect(result.code == 64)
    #expect(result.errorLines.count == 1 && result.errors.contains("trace"), "\(result.errors)")
  }

  // MARK: - What is added

  private let steering =
    #"blocks.2.hook_resid_pre="The capital of France is"-"The capital of Italy is""#

  @Test func `the direction from Italy to France leads to Paris`() throws {
    let result = try ExplainProcess()(
      "generate",
      prompt,
      "-q",
      "--tokens",
      "1",
      "--temperature",
      "0",
      "--add",
      steering
    )
    #expect(result.code == 0 && result.output.contains("Paris"), "\(result.output)")
    let said = try ExplainProcess()("steps", prompt, "--add", steering, "--format", "json")
    struct Told: Decodable {
      struct Change: Decodable { var site: String, kind: String, vector: String, scale: Double }
      var interventions: [Change], notices: [String]
    }
    let told = try JSONDecoder().decode(Told.self, from: Data(said.output.utf8))
    #expect(told.interventions.map(\.kind) == ["add"])
    #expect(told.interventions.map(\.scale) == [1])
    #expect(told.notices.first?.contains("is added to blocks.2.hook_resid_pre") == true)
  }

  @Test func `a vector of a file is the difference it was made of`() throws {
    let explain = try ExplainProcess()
    for (name, text) in [("a", "The capital of France is"), ("b", "The capital of Italy is")] {
      _ = try explain("trace", text, "-o", "\(name).safetensors")
    }
    // The last token's vector of one run, minus that of the other.
    let row = "blocks.2.hook_resid_pre[4]"
    let result = try explain(
      "generate",
      prompt,
      "--format",
      "json",
      "--tokens",
      "2",
      "--temperature",
      "0",
      "--add",
      "blocks.2.hook_resid_pre=a.safetensors#\(row)",
      "--add",
      "blocks.2.hook_resid_pre=b.safetensors#\(row)*-1"
    )
    let other = try explain(
      "generate",
      prompt,
      "--format",
      "json",
      "--tokens",
      "2",
      "--temperature",
      "0",
      "--add",
      steering
    )
    #expect(result.code == 0, "\(result.errors)")
    #expect(try tokens(result) == tokens(other))
    let list = "[\((0..<128).map { "\(Double($0) / 100)" }.joined(separator: ", "))]"
    try list.write(toFile: explain.path("v.json"), atomically: true, encoding: .utf8)
    #expect(try explain("score", prompt, "--add", "embed=v.json*0.1").code == 0)
  }

  @Test(
    arguments: [
      ("embed", 64, "expected SITE="), ("embd=\"a\"", 64, "embd"),
      ("blocks.0.attn.hook_pattern=\"a\"", 65, "has no vector for each position"),
      ("embed=missing.json", 66, "missing.json"), ("embed@9=\"a\"", 64, "positions 0 to 4"),
      ("embed=short.json", 65, "the vector has 2 numbers, but “embed” has 128"),
      ("embed=words.json", 65, "something else"), ("embed=\"\"", 65, "no token"),
      ("embed=t.safetensors", 65, "say which one"),
      ("embed=t.safetensors#hook_embed", 65, "say which of its rows"),
      ("embed=t.safetensors#hook_embed[99]", 65, "no row 99"),
      ("embed=t.safetensors#nothing", 66, "nothing"),
    ] as [(String, Int32, String)]
  )
  func `a vector that cannot be added is said in a line`(
    _ text: String,
    _ code: Int32,
    _ part: String
  ) throws {
    let explain = try ExplainProcess()
    try "[1, 2]".write(toFile: explain.path("short.json"), atomically: true, encoding: .utf8)
    try "[1, \"a\"]".write(toFile: explain.path("words.json"), atomically: true, encoding: .utf8)
    _ = try explain("trace", "The king", "-o", "t.safetensors")
    for language in ["en", "ja"] {
      let result = try explain("steps", prompt, "--add", text, "--language", language)
      #expect(result.code == code && result.errorLines.count == 1, "\(result.errors)")
      if language == "en" { #expect(result.errors.contains(part), "\(result.errors)") }
    }
  }
}
