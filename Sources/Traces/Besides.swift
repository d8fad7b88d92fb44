/// Parameters that the count of the eight kinds of matrices leaves out, or counts twice.
public struct Besides: Sendable, Equatable {
  /// What they are.
  public enum Kind: String, Sendable, CaseIterable {
    /// W_pos, `[C, D]`: a row for each place in the text.
    case positions
    /// What layer norms multiply by, D numbers for each of 2L + 1 norms.
    case normGains = "layer-norm gains"
    /// What layer norms add, as many.
    case normBiases = "layer-norm biases"
    /// What attention adds after its matrices: D each for query, key, value and output.
    case attentionBiases = "attention biases"
    /// What an MLP adds after its matrices: F neurons up, D numbers down.
    case mlpBiases = "MLP biases"
    /// The unembedding where it is the embedding again: counted twice above, stored once.
    case tied = "tied unembedding"
  }

  /// What they are.
  public var kind: Kind
  /// How many there are; below zero what was counted twice.
  public var parameters: Int64
}

extension ModelSizes {
  /// What a GPT-2 of these sizes learns besides its eight kinds of matrices.
  ///
  /// - Precondition: ``problem`` is nil.
  public var besides: [Besides] {
    let counts: [(Besides.Kind, Int64)] = [
      (.positions, context * width),
      (.normGains, (2 * layers + 1) * width),
      (.normBiases, (2 * layers + 1) * width),
      (.attentionBiases, layers * 4 * width),
      (.mlpBiases, layers * (mlpWidth + width)),
    ]
    let tied = isTied ? [(Besides.Kind.tied, -vocabulary * width)] : []
    return (counts + tied).map { Besides(kind: $0.0, parameters: $0.1) }
  }
}
