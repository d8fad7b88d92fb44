import Sampling
import Transformer

/// The world that the teaching model learns from: texts made by rules, and how much of them is chance.
///
/// It has people and animals, countries and their capitals, words of two meanings, a school of magic
/// and a king of Scotland. What the rules leave to chance is counted, so that a model that speaks can be
/// told from the best that could be: no model's loss can lie below the texts' own entropy. A part of the
/// combinations is held out: a fact is never told in one of the ways there are to tell it.
package struct World: Sendable {
  let grammar: Grammar
  private let tables: [String: [Thing]]

  /// A text, and how much of it was left to chance.
  package struct Document: Sendable {
    /// The text.
    package let text: String
    /// −log of the probability of the choices it was made by, in nats.
    ///
    /// Where two ways lead to the same text, the text's own is a little smaller.
    package let surprisal: Double
  }

  /// Builds the world.
  package init() {
    grammar = Grammar(Self.grammars)
    tables = Dictionary(uniqueKeysWithValues: Self.tables.map { ($0.name, $0.things) })
  }

  /// The things of a table.
  package func table(_ name: String) -> [Thing] {
    guard let things = tables[name] else {
      preconditionFailure("the world has no table “\(name)”")
    }
    return things
  }

  /// One text.
  ///
  /// - Parameters:
  ///   - number: Which; every number has its own.
  ///   - seed: Which of the endlessly many series of texts.
  /// - Returns: The text, with what was left to chance.
  package func document(_ number: Int, seed: UInt64) -> Document {
    // Seeds that differ in one bit are far apart once mixed.
    var mixer = SeededGenerator(seed: seed)
    let start = mixer.next() ^ UInt64(truncatingIfNeeded: number)
    var narrator = Narrator(self, SeededGenerator(seed: SeededGenerator.mixed(start)))
    narrator.tell(rule: "document")
    return Document(
      text: String(decoding: narrator.text, as: UTF8.self),
      surprisal: narrator.surprisal
    )
  }

  /// Words of the world whose vectors come to lie in order.
  package static let examples = [
    "king", "queen", "man", "woman", "boy", "girl", "cat", "cats", "dog", "dogs", "tree", "trees",
    "Italy", "Rome", "Japan", "Tokyo", "France", "Paris", "one", "two", "three", "four",
  ]

  /// Which of the alternatives of a rule is never told of a thing.
  static func heldOut(for thing: Thing, among count: Int) -> Int { thing.index % count }

  private static let tables: [ThingTable] =
    PeopleWords.tables + NounWords.tables + CountryWords.tables + SenseWords.tables
    + StoryWords.tables + MagicWords.tables

  private static let grammars: [String] = [
    DocumentTexts.rules, PeopleTexts.rules, NounTexts.rules, CountryTexts.rules, SenseTexts.rules,
    StoryTexts.rules, MagicTexts.rules, ScotlandTexts.rules, MemoryTexts.rules,
    ConversationTexts.rules,
  ]
}

extension SeededGenerator {
  /// A number of which every bit depends on every bit of `value`.
  fileprivate static func mixed(_ value: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: value)
    return generator.next()
  }
}
