extension Family {
  /// Llama 1 to 3, and what is built like them: SmolLM2, TinyLlama, Yi.
  ///
  /// - SeeAlso: Touvron et al. 2023, section 2.2, <https://arxiv.org/abs/2302.13971>.
  public static let llama = Family(
    type: "llama",
    title: "Llama",
    architecture: .llama(class: "LlamaForCausalLM"),
    chosenBiases: [
      ("attention_bias", ["b_Q", "b_K", "b_V", "b_O"]), ("mlp_bias", ["b_in", "b_gate", "b_out"]),
    ],
    prefix: "model.",
    name: llamaName
  )

  /// The names of Llama's checkpoints, which most families since have taken over.
  @Sendable static func llamaName(_ role: Parameter.Role) -> String? {
    switch role {
    case .embedding: "embed_tokens"
    case .norm1: "input_layernorm"
    case .query: "self_attn.q_proj"
    case .key: "self_attn.k_proj"
    case .value: "self_attn.v_proj"
    case .queryNorm: "self_attn.q_norm"
    case .keyNorm: "self_attn.k_norm"
    case .output: "self_attn.o_proj"
    case .norm2: "post_attention_layernorm"
    case .gate: "mlp.gate_proj"
    case .up: "mlp.up_proj"
    case .down: "mlp.down_proj"
    case .finalNorm: "norm"
    case .unembedding: "lm_head"
    default: nil
    }
  }
}

extension Architecture {
  /// Llama's equations, for its relatives to change.
  static func llama(
    class name: Literal,
    _ change: (inout Architecture) -> Void = { _ in }
  ) -> Architecture {
    Architecture {
      $0.name = name
      $0.norm = .rootMeanSquare
      $0.rotary = Rotary(dimensions: 0, base: 10000)
      $0.isGated = true
      $0.biases = []
      change(&$0)
    }
  }
}
