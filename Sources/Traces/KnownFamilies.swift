extension ArchitectureDescription {
  /// The equations of a family, by the class that runs it or by Hugging Face's `model_type`; says nothing of one that is not
  /// known here.
  ///
  /// Where a configuration may choose (`attention_bias`, `use_parallel_residual`), this is what holds if it does not.
  ///
  /// - SeeAlso: `modeling_*.py` of transformers 5.
  static func family(_ name: String?) -> ArchitectureDescription {
    switch name {
    case "GPT2LMHeadModel", "gpt2": .gpt2
    case "LlamaForCausalLM", "llama", "MistralForCausalLM", "mistral": rootMeanSquareAndGate()
    case "Qwen3ForCausalLM", "qwen3": rootMeanSquareAndGate()
    case "Qwen2ForCausalLM", "qwen2": rootMeanSquareAndGate(biases: ["b_Q", "b_K", "b_V"])
    case "Gemma2ForCausalLM", "gemma2": rootMeanSquareAndGate(normalizesAdditions: true)
    case "GPTNeoXForCausalLM", "gpt_neox": gptNeoX
    default: ArchitectureDescription()
    }
  }

  /// GPT-2's equations.
  public static var gpt2: ArchitectureDescription {
    var description = ArchitectureDescription()
    description.name = "GPT2LMHeadModel"
    description.norm = .layerNorm
    description.positions = .learned
    description.isGated = false
    description.isParallel = false
    description.normalizesAdditions = false
    description.biases = ["b_Q", "b_K", "b_V", "b_O", "b_in", "b_out"]
    return description
  }

  private static var gptNeoX: ArchitectureDescription {
    var description = gpt2
    description.positions = .rotary
    description.isParallel = true
    return description
  }

  private static func rootMeanSquareAndGate(
    biases: Set<String> = [],
    normalizesAdditions: Bool = false
  ) -> ArchitectureDescription {
    var description = ArchitectureDescription()
    description.norm = .rootMeanSquare
    description.positions = .rotary
    description.isGated = true
    description.isParallel = false
    description.normalizesAdditions = normalizesAdditions
    description.biases = biases
    return description
  }
}
