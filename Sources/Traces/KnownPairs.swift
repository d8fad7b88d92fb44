/// Words of which it is known what sets them apart: a relation, and English pairs of it.
///
/// - SeeAlso: Mikolov, Yih & Zweig 2013, *Linguistic Regularities in Continuous Space Word Representations*.
public enum KnownPairs: Sendable, CaseIterable {
  /// A country, and its capital.
  case capital
  /// What a man is called, and what a woman is.
  case gender
  /// One, and many.
  case number

  /// The pairs, all the same way round.
  public var pairs: [(from: String, to: String)] {
    let text =
      switch self {
      case .capital:
        """
        France Paris, Italy Rome, Germany Berlin, Japan Tokyo, Spain Madrid, Greece Athens, Russia Moscow, China Beijing, \
        Egypt Cairo, England London, Norway Oslo, Poland Warsaw, Austria Vienna, Ireland Dublin, Canada Ottawa
        """
      case .gender:
        """
        king queen, man woman, boy girl, father mother, son daughter, brother sister, uncle aunt, husband wife, \
        prince princess, actor actress, he she, him her, himself herself
        """
      case .number:
        """
        cat cats, dog dogs, car cars, tree trees, book books, house houses, bird birds, horse horses, flower flowers, \
        boat boats, table tables, star stars, king kings, student students
        """
      }
    return text.split(separator: ",").map { pair in
      let words = pair.split(separator: " ").map(String.init)
      return (words[0], words[1])
    }
  }

  /// The relation that a pair of tokens' texts is of, spaces around them aside.
  ///
  /// - Parameters:
  ///   - from: A token's text.
  ///   - to: Another's.
  public init?(from: String, to: String) {
    let wanted = [from, to].map { $0.filter { $0 != " " } }
    guard
      let relation = Self.allCases.first(where: { relation in
        relation.pairs.contains { [$0.from, $0.to] == wanted }
      })
    else { return nil }
    self = relation
  }
}
