extension Family {
  /// Mistral: Llama with a window.
  ///
  /// - SeeAlso: Jiang et al. 2023, section 2, <https://arxiv.org/abs/2310.06825>.
  public static let mistral = Family(
    type: "mistral",
    title: "Mistral",
    architecture: .llama(class: "MistralForCausalLM"),
    windows: .everywhere,
    needed: ["num_key_value_heads", "sliding_window"],
    prefix: "model.",
    name: llamaName
  )
}
