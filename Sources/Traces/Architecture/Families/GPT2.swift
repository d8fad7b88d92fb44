extension Family {
  /// GPT-2.
  ///
  /// - SeeAlso: Radford et al. 2019, *Language Models are Unsupervised Multitask Learners*.
  public static let gpt2 = Family(
    type: "gpt2",
    title: "GPT-2",
    architecture: Architecture(),
    activation: .geluTanh,
    activationSetting: "activation_function",
    epsilon: 1e-5,
    epsilonSetting: "layer_norm_epsilon",
    isTied: true,
    prefix: "transformer.",
    blocks: "h",
    keepsOutputsInRows: false
  ) { role in
    switch role {
    case .embedding: "wte"
    case .position: "wpe"
    case .norm1: "ln_1"
    case .queryKeyValue: "attn.c_attn"
    case .output: "attn.c_proj"
    case .norm2: "ln_2"
    case .up: "mlp.c_fc"
    case .down: "mlp.c_proj"
    case .finalNorm: "ln_f"
    case .unembedding: "lm_head"
    default: nil
    }
  }
}
