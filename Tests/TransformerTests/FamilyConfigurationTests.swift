import Foundation
import TestSupport
import Testing
import Traces
import Transformer

/// What configurations of other families say, and what of it is refused.
@Suite struct FamilyConfigurationTests {
  /// A fixture's configuration with some more settings, in JSON, or without one.
  private func configuration(
    _ folder: String,
    _ more: String = "",
    without missing: String? = nil
  ) throws -> Configuration {
    let path = Fixtures.path("architectures/\(folder)/config-hub.json")
    var text = try String(contentsOfFile: path, encoding: .utf8)
    if let missing { text = text.replacing("\"\(missing)\"", with: "\"not_\(missing)\"") }
    // Of two entries under one key, the last counts, as in Python.
    let open = text[..<(text.lastIndex(of: "}") ?? text.endIndex)]
    let whole = more.isEmpty ? text : "\(open), \(more)}"
    return try Configuration(json: Array(whole.utf8), file: "config.json")
  }

  @Test(
    arguments: [
      ("llama", #""rope_scaling": {"rope_type": "yarn", "factor": 4}"#, "rope_type is “yarn”"),
      ("llama", #""rope_scaling": {"type": "dynamic", "factor": 2}"#, "rope_type is “dynamic”"),
      (
        "llama",
        #""rope_parameters": {"full_attention": {"rope_theta": 10000}}"#,
        "“rope_parameters” says something else for each kind of layer"
      ),
      ("llama", #""hidden_act": "quick_gelu""#, "“hidden_act” is “quick_gelu”, expected one of"),
      ("llama", #""num_key_value_heads": 3"#, "is 3, which 4 heads cannot share"),
      ("llama", #""model_type": "qwen2_moe""#, "model_type is “qwen2_moe”; this program runs GPT"),
      ("mistral", #""num_local_experts": 8"#, "the model has experts (“num_local_experts”)"),
      (
        "llama", #""quantization_config": {"quant_method": "gptq"}"#,
        "the weights are quantised (“quantization_config”)"
      ),
      ("gemma2", #""use_bidirectional_attention": true"#, "the model looks ahead"),
      (
        "gemma2", #""layer_types": ["chunked_attention", "full_attention"]"#,
        "“layer_types” asks for “chunked_attention”"
      ),
      ("gemma2", #""layer_types": ["full_attention"]"#, "names 1 layers, expected 2"),
      ("gemma2", #""final_logit_softcapping": -1"#, "is -1.0, expected more than 0"),
      ("llama", #""partial_rotary_factor": 0.5"#, "“partial_rotary_factor” is 0.5"),
      ("gpt-neox", #""rotary_pct": 0.2"#, "3 numbers of each head are rotated"),
    ] as [(String, String, String)]
  )
  func `what is not supported is refused by name`(
    folder: String,
    changes: String,
    sentence: String
  ) {
    let error = #expect(throws: CheckpointError.self) { try configuration(folder, changes) }
    #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("mistral", "sliding_window"), ("mistral", "num_key_value_heads"), ("gemma2", "head_dim"),
    ("gemma2", "query_pre_attn_scalar"), ("qwen3", "head_dim"), ("llama", "intermediate_size"),
  ])
  func `what transformers would fill in is asked for`(folder: String, key: String) {
    let error = #expect(throws: CheckpointError.self) { try configuration(folder, without: key) }
    #expect(error?.description.contains("“\(key)” is missing") == true)
  }

  @Test func `speeds of rotation count first where the newer spelling has them`() throws {
    let both = #""rope_theta": 9, "rope_parameters": {"rope_type": "default", "rope_theta": 20000}"#
    #expect(try configuration("llama", both).architecture.rotary?.base == 20000)
    #expect(try configuration("llama", without: "rope_theta").architecture.rotary?.base == 10000)
    let linear = #""rope_scaling": {"type": "linear", "factor": 4}"#
    let slowed = try #require(try configuration("llama", linear).architecture.rotary)
    #expect(slowed.scaling == .linear(factor: 4))
    #expect(slowed.speeds == Rotary(dimensions: 8, base: 10000).speeds.map { $0 / 4 })
  }

  @Test func `windows are in the layers that have them, and nowhere else`() throws {
    func windows(_ folder: String, _ changes: String = "") throws -> [Int?] {
      let c = try configuration(folder, changes)
      return (0..<c.layerCount).map { c.architecture.window(layer: $0) }
    }
    #expect(try windows("mistral") == [6, 6])
    #expect(try windows("mistral", #""sliding_window": null"#) == [nil, nil])
    #expect(try windows("gemma2") == [6, nil])
    #expect(
      try windows("gemma2", #""layer_types": ["full_attention", "sliding_attention"]"#) == [nil, 6]
    )
    #expect(try windows("qwen2") == [nil, nil])
    #expect(try windows("qwen2", #""use_sliding_window": true"#) == [nil, 4])
    #expect(try windows("llama", #""sliding_window": 4"#) == [nil, nil])
  }

  @Test func `biases are those that the family has or the configuration chooses`() throws {
    func biases(_ folder: String, _ changes: String = "") throws -> Set<String> {
      try configuration(folder, changes).architecture.biases.all
    }
    #expect(try biases("llama").isEmpty)
    #expect(
      try biases("llama", #""attention_bias": true"#) == ["b_Q", "b_K", "b_V", "b_O"]
    )
    #expect(try biases("llama", #""mlp_bias": true"#) == ["b_in", "b_gate", "b_out"])
    #expect(try biases("qwen2", #""attention_bias": false"#) == ["b_Q", "b_K", "b_V"])
    #expect(try biases("gpt-neox", #""attention_bias": false"#) == ["b_in", "b_out"])
  }

  /// transformers 5.24, `ROPE_INIT_FUNCTIONS["llama3"]`, in float64.
  @Test func `Llama 3 slows the slow pairs and keeps the fast ones`() throws {
    let rotary = try #require(try configuration("llama-tied-scaled").architecture.rotary)
    let plain = Rotary(dimensions: 16, base: 500_000).speeds
    #expect(rotary.speeds[0] == plain[0])
    #expect(abs(rotary.speeds[7] - plain[7] / 8) < 1e-18)
    // Between: 64 · speed / 2π = 1.974 turns, of which the share is (1.974 − 1) ÷ 3.
    let share = (64 * plain[1] / (2 * Double.pi) - 1) / 3
    #expect(abs(rotary.speeds[1] - ((1 - share) * plain[1] / 8 + share * plain[1])) < 1e-15)
  }
}
