package import Tokenization

extension TokenCounts {
  /// How often a token that is not hardly met occurs at least: those below are marked wherever they are read.
  package static let fewest = 10

  /// Whether the model never, or almost never, met a token.
  package func isHardlyMet(_ id: Int) -> Bool { counts[id] < Self.fewest }
}
