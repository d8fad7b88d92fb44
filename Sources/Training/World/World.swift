import Sampling
import Transformer

/// A world that a teaching model learns from: texts made by rules, and how much of them is chance.
///
/// It has people and animals, countries and their capitals, words of two meanings, a school of magic.
/// What the rules leave to chance is counted, so that a model that speaks can be
/// told from the best that could be: no model's loss can lie below the texts' own entropy. A part of the
/// combinations is held out: a fact is never told in one of the ways there are to tell it.
package struct World: Sendable {
  /// What it is made of.
  package let plan: WorldPlan
  let grammar: Grammar
  private let tables: [String: [Thing]]

  /// A text, and how much of it was left to chance.
  package struct Document: Sendable {
    /// The text.
    package let text: String
    /// Its words as UTF-8; the whole text where spaces tell what they are.
    package let words: [[UInt8]]
    /// −log of the probability of the choices it was made by, in nats.
    ///
    /// Where two ways lead to the same text, the text's own is a little smaller.
    package let surprisal: Double
  }

  /// Builds a world.
  package init(_ plan: WorldPlan = .english) {
    self.plan = plan
    grammar = Grammar(plan.rules)
    tables = Dictionary(uniqueKeysWithValues: plan.tables.map { ($0.name, $0.things) })
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
      text: String(decoding: plan.plain(narrator.text), as: UTF8.self),
      words: plan.words(narrator.text),
      surprisal: narrator.surprisal
    )
  }

  /// Which of the alternatives of a rule is never told of a thing.
  static func heldOut(for thing: Thing, among count: Int) -> Int { thing.index % count }
}

extension SeededGenerator {
  /// A number of which every bit depends on every bit of `value`.
  fileprivate static func mixed(_ value: UInt64) -> UInt64 {
    var generator = SeededGenerator(seed: value)
    return generator.next()
  }
}
