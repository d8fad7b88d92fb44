/// What is asked of a model that learned from a world, beside what is asked of all: each world has its own paper.
package struct ExamPaper: Sendable {
  /// What something is called, in both languages.
  package struct Name: Sendable, Equatable {
    /// In English.
    package let en: String
    /// In Japanese.
    package let ja: String

    init(en: String, ja: String) {
      (self.en, self.ja) = (en, ja)
    }
  }

  /// Pairs of words in one relation: two columns of a table.
  struct Relation: Sendable {
    let name: Name
    let table: String
    let columns: (String, String)
    /// Only things for which a column says this.
    var only: (column: String, value: String)?
  }

  /// A direction in W_E from one word to another, along which others lie in order.
  struct Axis: Sendable {
    let from: String
    let to: String
    let relation: Relation
    /// The word below all numbers, and what the finding is called; nil if numbers lie in no order.
    var numbers: (below: String, name: Name)?
  }

  /// An everyday prompt, and the words it may go on with.
  struct Everyday: Sendable {
    let prompt: String
    let answers: [String]
  }

  /// A prompt, and the word in it that no text of the world has.
  struct Stranger: Sendable {
    let prompt: String
    let word: String

    /// Reads prompts, a line each, with the word behind a bar.
    static func read(_ lines: String) -> [Stranger] {
      lines.split(separator: "\n").map { line in
        let parts = line.split(separator: "|").map { String($0).trimmed }
        return Stranger(prompt: parts[0], word: parts[1])
      }
    }
  }

  let relations: [Relation]
  let axis: Axis
  /// The word of two meanings whose two vectors are to differ most.
  let sense: String
  /// A text that ends with a word in one of its meanings.
  let prompt: @Sendable (Thing) -> String
  /// How a text goes on in that meaning, each from its first word on.
  let endings: @Sendable (Thing) -> [String]
  /// What every child says; none where that is not asked.
  var everyday: [Everyday] = []
  /// Words that the world does not have; none where that is not asked.
  var strangers: [Stranger] = []
  /// Whether a head is to repeat what it saw once.
  var asksInduction = false
}
