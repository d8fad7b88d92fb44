import Platform

/// What there is to say of the tokens of a text beside their ids: which are parts of characters, and how
/// often the model met each while it learned.
public struct TokenNotes: Sendable, Equatable {
  /// For each token the characters that it is a part of.
  public var parts: [[CharacterPart]]
  /// How often each token occurs in the text the model learned from, if that is known.
  public var counts: [Int]?
  /// How many tokens that text has, if it is known.
  public var total: Int?

  /// A token that occurs fewer times than this was hardly met.
  ///
  /// A choice, so the count itself always stands beside the mark. In the built-in model, rows of W_E have
  /// their usual length, 0.68 to 1.65, for the 1,491 tokens that occur ten times or more; they are 0.38 to
  /// 0.84 long for the six that occur five to nine times, and 0.03 for the 1,191 that never occur.
  public static let fewest = 10

  /// Takes what is known of a text's tokens.
  ///
  /// - Parameters:
  ///   - tokens: Their texts in order; what is no text on its own is written as bytes, `<0xE6>`.
  ///   - text: The text that they are of, if it is known.
  ///   - counts: How often each occurs in the text the model learned from, if that is known.
  ///   - total: How many tokens that text has.
  public init(of tokens: [String], in text: String? = nil, counts: [Int]? = nil, total: Int? = nil)
  {
    parts = CharacterPart.parts(of: tokens, in: text)
    (self.counts, self.total) = total == nil ? (nil, nil) : (counts, total)
  }

  /// How often the token at a position was met, if that is known.
  public func count(at position: Int) -> Int? {
    counts.flatMap { $0.indices.contains(position) ? $0[position] : nil }
  }

  /// Whether the model never, or almost never, met the token at a position.
  public func isHardlyMet(_ position: Int) -> Bool {
    count(at: position).map { $0 < Self.fewest } ?? false
  }

  /// Whether there is a token that the model hardly met.
  public var hasHardlyMet: Bool { counts?.contains { $0 < Self.fewest } ?? false }

  /// Whether there is a token that is a part of a character.
  public var hasParts: Bool { parts.contains { !$0.isEmpty } }

  /// The characters that the token at a position is a part of, joined; nil if it is a part of none.
  public func character(at position: Int) -> String? {
    guard parts.indices.contains(position), !parts[position].isEmpty else { return nil }
    return parts[position].map { $0.character }.joined()
  }

  /// The positions of the tokens that were hardly met, each token once, the rarest first.
  func hardlyMet(_ ids: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return ids.indices.filter { isHardlyMet($0) && seen.insert(ids[$0]).inserted }
      .rising { Double(count(at: $0) ?? 0) }
  }
}
