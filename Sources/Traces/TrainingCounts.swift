/// How often the tokens of the prompt occur in the text that the model learned from.
public struct TrainingCounts: Sendable, Equatable {
  /// How often each token of the prompt occurs, by its position, `[T]`.
  public var counts: [Int]
  /// How many tokens the text has.
  public var total: Int

  /// Makes the record of a prompt's counts.
  public init(counts: [Int], total: Int) {
    self.counts = counts
    self.total = total
  }

  /// Whether these can be counts of so many positions.
  func fits(_ length: Int) -> Bool {
    counts.count == length && counts.allSatisfy { 0...max(0, total) ~= $0 }
  }
}
