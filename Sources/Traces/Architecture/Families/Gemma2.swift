extension Family {
  /// Gemma 2: norms after attention and MLP too, capped scores and logits, and a window in every second layer.
  ///
  /// - SeeAlso: Gemma Team 2024, section 2, <https://arxiv.org/abs/2408.00118>.
  public static let gemma2 = Family(
    type: "gemma2",
    title: "Gemma 2",
    architecture: .llama(class: "Gemma2ForCausalLM") {
      $0.gainOffset = 1
      $0.normalizesAdditions = true
    },
    activation: .geluTanh,
    activationSetting: "hidden_activation",
    isTied: true,
    windows: .inEvenLayers,
    chosenBiases: [("attention_bias", ["b_Q", "b_K", "b_V", "b_O"])],
    scalesEmbedding: true,
    capsScores: true,
    needed: [
      "num_key_value_heads", "head_dim", "sliding_window", "query_pre_attn_scalar",
      "attn_logit_softcapping", "final_logit_softcapping",
    ],
    prefix: "model."
  ) { role in
    switch role {
    case .norm1Post: "post_attention_layernorm"
    case .norm2: "pre_feedforward_layernorm"
    case .norm2Post: "post_feedforward_layernorm"
    default: llamaName(role)
    }
  }
}
