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
}
