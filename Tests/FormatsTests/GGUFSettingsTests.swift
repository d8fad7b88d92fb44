import Formats
import Testing

@Suite struct GGUFSettingsTests {
  static func settings(_ name: String) throws -> GGUFSettings {
    try GGUFSettings(GGUFHeaderTests.header(GGUFHeaderTests.bytes(name)))
  }

  @Test func `sizes are those of the model that the file was made of`() throws {
    let llama = try Self.settings("llama-tied-scaled-F16")
    #expect(llama.architecture == "llama" && llama.name == "tiny llama")
    #expect([llama.layers, llama.width, llama.neurons, llama.context] == [2, 32, 64, 128])
    #expect([llama.heads, llama.keyHeads, llama.headWidth, llama.rotaryWidth] == [4, 2, 16, 16])
    #expect(llama.rotaryBase == 500_000 && llama.normEpsilon == Double(Float(1e-5)))
    #expect(llama.window == nil && llama.rotaryScaling == nil && llama.chatTemplate == nil)
    let qwen = try Self.settings("qwen2-Q4_0")
    #expect(qwen.architecture == "qwen2" && qwen.rotaryBase == 1_000_000)
    // Neither is in the file: a head is as wide as 32 over 4, and all of it is turned.
    #expect(qwen.headWidth == 8 && qwen.rotaryWidth == 8)
  }

  @Test func `what is missing or no count is named`() throws {
    func failure(_ change: (inout GGUFHeaderTests.Writer) -> Void) -> String? {
      var writer = GGUFHeaderTests.Writer(tensors: 0, values: 2)
      writer.add("general.architecture")
      writer.add(UInt32(8))
      writer.add("llama")
      change(&writer)
      do throws(GGUFError) {
        _ = try GGUFSettings(GGUFHeaderTests.header(writer.bytes))
        return nil
      } catch { return error.description }
    }
    #expect(
      failure {
        $0.add("llama.block_count")
        $0.add(UInt32(4))
        $0.add(UInt32(0))
      } == "model.gguf: “llama.block_count” is no count from 1 to 16777216"
    )
    #expect(
      failure {
        $0.add("x")
        $0.add(UInt32(7))
        $0.add(UInt8(1))
      } == "model.gguf: “llama.block_count” is missing"
    )
  }

  @Test(arguments: [
    ("model.layers.11.self_attn.q_proj.bias", "llama", "blk.11.attn_q.bias"),
    ("model.layers.0.post_attention_layernorm.weight", "qwen2", "blk.0.ffn_norm.weight"),
    (
      "model.layers.0.post_attention_layernorm.weight", "gemma2", "blk.0.post_attention_norm.weight"
    ),
    ("model.layers.3.pre_feedforward_layernorm.weight", "gemma2", "blk.3.ffn_norm.weight"),
    ("model.embed_tokens.weight", "llama", "token_embd.weight"),
    ("lm_head.weight", "llama", "output.weight"),
  ])
  func `tensors have llama.cpp's names`(theirs: String, architecture: String, ours: String) {
    #expect(GGUFNames.name(ofHuggingFace: theirs, architecture: architecture) == ours)
    #expect(GGUFNames.name(ofHuggingFace: theirs + ".x", architecture: architecture) == nil)
  }

  @Test func `every tensor of a file has its name`() throws {
    let header = try GGUFHeaderTests.header(GGUFHeaderTests.bytes("qwen2-Q4_0"))
    let layer = [
      "input_layernorm.weight", "self_attn.q_proj.weight", "self_attn.q_proj.bias",
      "self_attn.k_proj.weight", "self_attn.k_proj.bias", "self_attn.v_proj.weight",
      "self_attn.v_proj.bias", "self_attn.o_proj.weight", "post_attention_layernorm.weight",
      "mlp.gate_proj.weight", "mlp.up_proj.weight", "mlp.down_proj.weight",
    ]
    let names =
      ["model.embed_tokens.weight", "model.norm.weight"]
      + [0, 1].flatMap { index in layer.map { "model.layers.\(index).\($0)" } }
    let ours = names.compactMap { GGUFNames.name(ofHuggingFace: $0, architecture: "qwen2") }
    #expect(Set(ours) == Set(header.entries.map(\.name)))
  }
}
