extension Family {
  /// Qwen 2 and 2.5: Llama with biases on queries, keys and values.
  ///
  /// - SeeAlso: Yang et al. 2024, section 2.2, <https://arxiv.org/abs/2407.10671>.
  public static let qwen2 = Family(
    type: "qwen2",
    title: "Qwen2",
    architecture: .llama(class: "Qwen2ForCausalLM") { $0.biases = ["b_Q", "b_K", "b_V"] },
    windows: .inLateLayers,
    needed: ["num_key_value_heads"],
    prefix: "model.",
    name: llamaName
  )
}
