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

extension Besides {
  /// What a parameter is counted as; `nil` of the kinds of matrices.
  fileprivate static func kind(of role: Parameter.Role, isBias: Bool) -> Kind? {
    if role.isNorm { return isBias ? .normBiases : .normGains }
    if role == .position { return .positions }
    guard isBias else { return nil }
    return [.gate, .up, .down].contains(role) ? .mlpBiases : .attentionBiases
  }
}

extension ModelSizes {
  /// What a model of these sizes learns besides its kinds of matrices.
  ///
  /// - Precondition: ``problem`` is nil.
  public var besides: [Besides] {
    let counts = ParameterTable(self).counts()
    return Besides.Kind.allCases.compactMap { kind in
      var sum: Int64 = kind == .tied && isTied ? -vocabulary * width : 0
      for entry in counts where Besides.kind(of: entry.role, isBias: entry.isBias) == kind {
        sum += entry.count
      }
      return sum == 0 ? nil : Besides(kind: kind, parameters: sum)
    }
  }
}
