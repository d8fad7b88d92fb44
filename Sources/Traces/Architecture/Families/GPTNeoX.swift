extension Family {
  /// GPT-NeoX, of which the Pythia models are.
  ///
  /// - SeeAlso: Black et al. 2022, section 2, <https://arxiv.org/abs/2204.06745>.
  public static let gptNeoX = Family(
    type: "gpt_neox",
    title: "GPT-NeoX",
    architecture: Architecture {
      $0.name = "GPTNeoXForCausalLM"
      $0.rotary = Rotary(dimensions: 0, base: 10000)
      $0.isParallel = true
    },
    activation: .gelu,
    epsilon: 1e-5,
    epsilonSetting: "layer_norm_eps",
    rotaryShare: 0.25,
    chosenBiases: [("attention_bias", ["b_Q", "b_K", "b_V", "b_O"])],
    prefix: "gpt_neox.",
    isFusedByHead: true
  ) { role in
    switch role {
    case .embedding: "embed_in"
    case .norm1: "input_layernorm"
    case .queryKeyValue: "attention.query_key_value"
    case .output: "attention.dense"
    case .norm2: "post_attention_layernorm"
    case .up: "mlp.dense_h_to_4h"
    case .down: "mlp.dense_4h_to_h"
    case .finalNorm: "final_layer_norm"
    case .unembedding: "embed_out"
    default: nil
    }
  }
}
