import Files
import TestSupport
import Tensors
import Testing
import Traces

/// Traces whose numbers a file stores in 16 bits.
@Suite struct PrecisionTests {
  private static let types = ["bf16", "f16"]

  private func trace(_ name: String) throws -> Trace {
    try Trace(contentsOf: Fixtures.path("half-trace/\(name).safetensors"))
  }

  private func broken(_ trace: Trace) -> [String] {
    trace.check().compactMap { check in
      if case .broken = check.outcome { check.law } else { nil }
    }
  }

  @Test(arguments: types)
  func `rounding to 16 bits breaks no law`(type: String) throws {
    let trace = try trace(type)
    #expect(broken(trace).isEmpty)
    #expect(trace.coarsestType == (type == "bf16" ? .bfloat16 : .float16))
    for check in trace.check() {
      guard case .holds(let deviation) = check.outcome else { continue }
      #expect(deviation <= (check.allowed ?? 0))
    }
  }

  /// The largest number of each tensor, which counts most in what is computed of it.
  @Test(arguments: types)
  func `a number that is 5 percent off is found`(type: String) throws {
    let right = try trace(type)
    let hooks: [HookPoint] = [
      .residMid(0), .residPost(0), .residPost(1), .residPre(1), .attnOut(0), .mlpOut(1),
      .pattern(1),
    ]
    for hook in hooks {
      let tensor = try #require(right[hook])
      let index = try #require(tensor.values.indices.max { tensor.values[$0] < tensor.values[$1] })
      var values = tensor.values
      values[index] *= 1.05
      var trace = right
      trace[hook] = Tensor(shape: tensor.shape, values: values)
      #expect(!broken(trace).isEmpty, "\(hook.name)[\(index)]")
    }
  }

  @Test func `the same numbers claimed to be exact break laws`() throws {
    var trace = try trace("bf16")
    trace.coarseTypes = [:]
    #expect(broken(trace).contains("resid_mid = resid_pre + attn_out"))
  }

  @Test func `the unit roundoff is half a unit in the last place`() {
    #expect(ElementType.bfloat16.unitRoundoff == 1.0 / 256)
    #expect(ElementType.float16.unitRoundoff == 1.0 / 2048)
    #expect(ElementType.float32.unitRoundoff == Double(Float.ulpOfOne) / 2)
  }
}

@Suite struct NotFiniteTests {
  @Test func `the first of the numbers that are none is found, and all are counted`() throws {
    let trace = try Trace(contentsOf: Fixtures.path("half-trace/nan.safetensors"))
    let found = try #require(trace.notFinite)
    #expect(found.place == "blocks.0.attn.hook_pattern[0,2,0]")
    let values = trace.tensors.values.flatMap(\.values)
    #expect(found.nan == values.count { $0.isNaN } && found.infinite == 0)
    #expect(found.tensors == trace.tensors.values.count { $0.values.contains { $0.isNaN } })
  }

  @Test func `masked scores may be minus infinity, and nothing else may`() throws {
    var trace = try Trace(contentsOf: Fixtures.path("half-trace/bf16.safetensors"))
    let scores = try #require(trace[.attnScores(0)])
    let masked = scores.values.map { $0 < -1e30 ? -.infinity : $0 }
    #expect(masked.contains(-.infinity))
    trace[.attnScores(0)] = Tensor(shape: scores.shape, values: masked)
    #expect(trace.notFinite == nil)
    let stream = try #require(trace[.residMid(1)])
    var values = stream.values
    values[17] = -.infinity
    trace[.residMid(1)] = Tensor(shape: stream.shape, values: values)
    #expect(trace.notFinite?.place == "blocks.1.hook_resid_mid[1,1]")
    #expect(trace.notFinite?.infinite == 1)
  }
}

@Suite struct ArchitectureDescriptionTests {
  private func open(_ model: String) throws -> ModelDescription {
    let folder = try TemporaryFolder()
    try Safetensors.write(
      [(HookPoint.residPre(0).name, Tensor(shape: [2, 2], values: [1, 2, 3, 4]))],
      metadata: ["token_ids": "[5, 6]", "model": model],
      to: folder.path + "/t.safetensors"
    )
    return try Trace(contentsOf: folder.path + "/t.safetensors").model
  }

  @Test(arguments: [
    #"{"normalization_type": "RMS", "gated_mlp": true, "act_fn": "silu", "positional_embedding_type": "rotary", "biases": []}"#,
    #"{"model_type": "llama", "rms_norm_eps": 1e-05, "hidden_act": "silu", "attention_bias": false, "mlp_bias": false}"#,
    #"{"architectures": ["MistralForCausalLM"], "hidden_act": "silu"}"#,
  ])
  func `a Llama is known in TransformerLens's words and in Hugging Face's`(json: String) throws {
    let model = try open(json)
    #expect(model.architecture.norm == .rootMeanSquare)
    #expect(model.architecture.positions == .rotary)
    #expect(model.architecture.isGated == true)
    #expect(model.architecture.has("b_Q") == false && model.architecture.has("b_in") == false)
    #expect(model.activation == "silu")
  }

  @Test func `what a configuration chooses outweighs what its family usually has`() throws {
    let qwen = try open(#"{"model_type": "qwen2"}"#).architecture
    #expect(qwen.has("b_K") == true && qwen.has("b_O") == false)
    let neox = try open(#"{"model_type": "gpt_neox", "use_parallel_residual": false}"#).architecture
    #expect(neox.isParallel == false && neox.norm == .layerNorm && neox.has("b_Q") == true)
  }

  @Test func `of a model that nobody described nothing is known`() throws {
    let silent = try open(#"{"model_name": "mine"}"#).architecture
    #expect(silent == ArchitectureDescription())
    #expect(silent.has("b_Q") == nil)
  }
}
