/// One line of a report: what was asked of a model, how much it reached, and how much it should.
package struct Finding: Sendable, Equatable {
  /// What was asked.
  package let question: Question
  /// How much was reached.
  package let value: Double
  /// What would do: the least, or the most.
  package let goal: Goal
  /// How many questions the value is of; 0 if it is not a share.
  package let questionCount: Int
  /// What else is worth knowing, such as the questions that were missed.
  package let note: Note?

  /// What can be asked.
  package enum Question: Sendable, Equatable {
    /// The loss on new texts of the world, over what those texts leave to chance.
    case entropy
    /// Analogies of all relations.
    case analogies
    /// Analogies of one relation.
    case relation(ExamPaper.Name)
    /// Whether words lie in order along the direction from one word to another.
    case order(from: String, to: String, ExamPaper.Name)
    /// Facts, in words that were never used for them.
    case facts
    /// How alike a word's vectors are in its two contexts.
    case cosine(word: String)
    /// Whether words of two meanings go on as they should.
    case senses
    /// A name that was given 60 tokens earlier.
    case copying
    /// Everyday prompts.
    case everyday
    /// Words that the world does not have, marked where they are read.
    case strangers
    /// Sentences of stories, among them those that the world's rules could have made.
    case stories
    /// Whether a head repeats what it saw once.
    case induction
  }

  /// How much would do.
  package enum Goal: Sendable, Equatable {
    case atLeast(Double)
    case atMost(Double)
  }

  /// What else is worth knowing.
  package enum Note: Sendable, Equatable {
    /// Some questions that were missed, of so many.
    case missed([String], of: Int)
    /// The loss, what the texts leave to chance, both in nats per token, and how many texts there were.
    case entropy(loss: Double, chance: Double, texts: Int)
    /// The cosines of words.
    case cosines([Cosine])
    /// The head that did best.
    case head(layer: Int, head: Int)
  }

  /// A word, and how alike its vectors are in two contexts.
  package struct Cosine: Sendable, Equatable {
    /// The word.
    package let word: String
    /// The cosine.
    package let value: Double
  }

  /// Whether the goal was reached.
  package var isReached: Bool {
    switch goal {
    case .atLeast(let goal): value >= goal
    case .atMost(let goal): value <= goal
    }
  }

  init(
    _ question: Question,
    _ value: Double,
    _ goal: Goal,
    of questionCount: Int = 0,
    note: Note? = nil
  ) {
    (self.question, self.value, self.goal) = (question, value, goal)
    (self.questionCount, self.note) = (questionCount, note)
  }

  /// The share of questions that were answered, and some of those that were not.
  init(
    _ question: Question,
    share answers: [(question: String, isRight: Bool)],
    atLeast goal: Double
  ) {
    let missed = answers.filter { !$0.isRight }.map { $0.question }
    // Of a long text, its end says what was asked.
    let shown = missed.prefix(6).map { $0.count > 60 ? "… \($0.suffix(58))" : $0 }
    self.init(
      question,
      Double(answers.count - missed.count) / Double(max(answers.count, 1)),
      .atLeast(goal),
      of: answers.count,
      note: missed.isEmpty ? nil : .missed(shown, of: missed.count)
    )
  }
}
