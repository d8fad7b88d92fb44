/// How often each token occurs in the text that a model learned from.
///
/// What a model says after tokens it has hardly met is a guess, and nothing in its numbers shows that:
/// so the counts are kept with the model.
public struct TokenCounts: Sendable, Equatable {
  /// What the text is, in a few words.
  public let text: String
  /// How often each token occurs, by its id, `[V]`; none is negative.
  public let counts: [Int]
  /// How many tokens the text has: the sum of the counts.
  public let total: Int

  /// Takes the counts of a text; nil if one is negative or their sum takes more than 64 bits.
  ///
  /// - Parameters:
  ///   - text: What the text is, in a few words.
  ///   - counts: How often each token occurs, by its id, `[V]`.
  public init?(text: String, counts: [Int]) {
    var total = 0
    for count in counts {
      let (sum, overflow) = total.addingReportingOverflow(count)
      guard count >= 0, !overflow else { return nil }
      total = sum
    }
    (self.text, self.counts, self.total) = (text, counts, total)
  }
}
