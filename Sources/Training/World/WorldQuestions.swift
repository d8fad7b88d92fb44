import Sampling
import Transformer

/// Questions about the world, with their answers.
extension World {
  /// A text without its last word, and that word.
  package struct Question: Sendable {
    /// The text.
    package let prompt: String
    /// The word that it goes on with.
    package let answer: String
  }

  /// Every fact in the way of telling it that no text uses.
  package var heldOutQuestions: [Question] {
    plan.facts.flatMap { fact in
      table(fact.table).map { heldOutQuestion(fact.rule, about: $0, called: fact.variable) }
    }
  }

  /// The way to tell a fact that no text uses for this thing, up to the word that it is about.
  func heldOutQuestion(_ rule: String, about thing: Thing, called variable: String) -> Question {
    let alternatives = grammar.rules[rule] ?? []
    let parts = alternatives[Self.heldOut(for: thing, among: alternatives.count)].parts
    func told(_ parts: some Sequence<Grammar.Part>) -> String {
      var narrator = Narrator(self, SeededGenerator(seed: 0), things: [variable: thing])
      narrator.tell(Array(parts))
      return String(decoding: plan.plain(narrator.text), as: UTF8.self).trimmed
    }
    // The last part is the full stop, the one before it the answer.
    return Question(prompt: told(parts.dropLast(2)), answer: told(parts.suffix(2).prefix(1)))
  }

  /// A name, then talk of other things, then the question for it.
  ///
  /// - Parameters:
  ///   - number: Which question; every number has its own.
  ///   - seed: Which series of questions.
  ///   - isLong: Whether a text is long enough to stand between name and question.
  /// - Returns: The question, up to the name.
  func memoryQuestion(_ number: Int, seed: UInt64, _ isLong: (String) -> Bool) -> Question? {
    var narrator = Narrator(self, SeededGenerator(seed: seed &+ UInt64(number) &* 0x1_0001))
    narrator.tell(rule: "memory-name")
    guard let name = narrator.fact("n", of: "word") else { return nil }
    let start = narrator.text.count
    repeat {
      narrator.tell(rule: "memory-chatter")
    } while !isLong(String(decoding: plan.plain(Array(narrator.text[start...])), as: UTF8.self))
    narrator.tell(rule: "memory-question")
    let prompt = String(decoding: plan.plain(narrator.text), as: UTF8.self).trimmed
    return Question(prompt: prompt, answer: name)
  }
}
