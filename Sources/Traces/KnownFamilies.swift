extension ArchitectureDescription {
  /// The equations of a family, by the class that runs it or by Hugging Face's `model_type`; says nothing of one that is not
  /// known here.
  ///
  /// Where a configuration may choose (`attention_bias`, `use_parallel_residual`), this is what holds if it does not.
  ///
  /// - SeeAlso: `modeling_*.py` of transformers 5.
  static func family(_ name: String?) -> ArchitectureDescription {
    guard let family = name.flatMap({ Family.named($0) }) else { return ArchitectureDescription() }
    var description = ArchitectureDescription(family.architecture)
    // How far pairs are turned is for a configuration to say.
    description.rotary = nil
    return description
  }

  /// GPT-2's equations.
  public static var gpt2: ArchitectureDescription { ArchitectureDescription(Architecture()) }
}
