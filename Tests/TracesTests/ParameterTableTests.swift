import Testing
import Traces

/// The table of a model's parameters: names, shapes, counts.
@Suite struct ParameterTableTests {
  private func table(
    _ family: Family,
    _ change: (inout ModelSizes) -> Void = { _ in }
  ) -> ParameterTable {
    var sizes = ModelSizes(
      layers: 2,
      heads: 4,
      width: 8,
      mlpWidth: 20,
      vocabulary: 11,
      context: 16,
      isTied: false
    )
    sizes.architecture = family.architecture
    change(&sizes)
    return ParameterTable(sizes)
  }

  @Test func `GPT-2's names and shapes are those of its checkpoint`() {
    let all = table(.gpt2).all
    #expect(all.count == 2 + 2 * 12 + 3)
    #expect(all.first?.name == "wte.weight")
    let fused = all.first { $0.name == "h.1.attn.c_attn.weight" }
    #expect(fused?.shape == [8, 24])
    #expect(fused?.ggufName == "blk.1.attn_qkv.weight")
    #expect(all.last?.name == "lm_head.weight")
    #expect(all.last?.ggufName == "output.weight")
  }

  /// Names as transformers 5.24 and llama.cpp's `tensor_mapping.py` have them.
  @Test func `each family has its own names`() {
    let gemma = table(.gemma2) { $0.isTied = true }.all
    let name: (String) -> String? = { gguf in gemma.first { $0.ggufName == gguf }?.name }
    #expect(name("blk.0.post_attention_norm.weight") == "layers.0.post_attention_layernorm.weight")
    #expect(name("blk.0.ffn_norm.weight") == "layers.0.pre_feedforward_layernorm.weight")
    #expect(name("blk.1.post_ffw_norm.weight") == "layers.1.post_feedforward_layernorm.weight")
    #expect(name("output.weight") == nil)
    #expect(name("position_embd.weight") == nil)
    let qwen = table(.qwen3).all
    #expect(qwen.contains { $0.ggufName == "blk.0.attn_q_norm.weight" && $0.shape == [2] })
    #expect(table(.qwen2).all.contains { $0.name == "layers.0.self_attn.k_proj.bias" })
    #expect(table(.gptNeoX).all.contains { $0.name == "embed_out.weight" })
  }

  @Test func `heads that are shared and wider than their part have the shapes that follow`() {
    let llama = table(.llama) {
      ($0.sharedHeads, $0.ownHeadWidth) = (2, 5)
    }
    #expect(llama.parameter(.query, 0)?.shape == [20, 8])
    #expect(llama.parameter(.key, 0)?.shape == [10, 8])
    #expect(llama.parameter(.output, 1)?.shape == [8, 20])
    #expect(llama.parameter(.queryKeyValue, 0) == nil)
    #expect(llama.parameter(.query, 0, isBias: true) == nil)
    #expect(llama.parameter(.query, 0)?.lensName == "blocks.0.attn.W_Q")
  }

  /// Qwen2.5-0.5B as its card counts it: 0.49B parameters, 0.36B of them outside the embedding.
  @Test func `Qwen2's published sizes come to its published count`() {
    let sizes = table(.qwen2) {
      ($0.layers, $0.heads, $0.width, $0.mlpWidth) = (24, 14, 896, 4864)
      ($0.vocabulary, $0.context, $0.isTied, $0.sharedHeads) = (151_936, 32_768, true, 2)
    }.sizes
    #expect(sizes.problem == nil)
    let count = ParameterCount(sizes)
    #expect(count.parameters == 494_032_768)
    #expect(count.parameters == ParameterTable(sizes).all.reduce(0) { $0 + $1.count })
    #expect(count.categories.map(\.name).contains(ParameterCount.gate))
  }
}
