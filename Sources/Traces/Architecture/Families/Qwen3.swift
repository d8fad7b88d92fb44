extension Family {
  /// Qwen 3: Llama with norms on queries and keys.
  ///
  /// - SeeAlso: Qwen Team 2025, section 2, <https://arxiv.org/abs/2505.09388>.
  public static let qwen3 = Family(
    type: "qwen3",
    title: "Qwen3",
    architecture: .llama(class: "Qwen3ForCausalLM") { $0.normalizesQueriesAndKeys = true },
    windows: .inLateLayers,
    chosenBiases: [("attention_bias", ["b_Q", "b_K", "b_V", "b_O"])],
    needed: ["num_key_value_heads", "head_dim"],
    prefix: "model.",
    name: llamaName
  )
}
