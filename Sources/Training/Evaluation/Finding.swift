/// One line of a report: what was asked of a model, how much it reached, and how much it should.
package struct Finding: Sendable, Equatable {
  /// What was asked.
  package let name: String
  /// How much was reached.
  package let value: Double
  /// What would do: the least, or the most.
  package let goal: Goal
  /// How many questions the value is of; 0 if it is not a share.
  package let questionCount: Int
  /// What else is worth knowing, such as the questions that were missed.
  package let note: String

  /// How much would do.
  package enum Goal: Sendable, Equatable {
    case atLeast(Double)
    case atMost(Double)
  }

  /// Whether the goal was reached.
  package var isReached: Bool {
    switch goal {
    case .atLeast(let goal): value >= goal
    case .atMost(let goal): value <= goal
    }
  }

  init(_ name: String, _ value: Double, _ goal: Goal, of questionCount: Int = 0, note: String = "")
  {
    (self.name, self.value, self.goal) = (name, value, goal)
    (self.questionCount, self.note) = (questionCount, note)
  }

  /// The share of questions that were answered, and some of those that were not.
  init(_ name: String, share answers: [(question: String, isRight: Bool)], atLeast goal: Double) {
    let missed = answers.filter { !$0.isRight }.map(\.question)
    // Of a long text, its end says what was asked.
    let shown = missed.prefix(6).map { $0.count > 60 ? "… \($0.suffix(58))" : $0 }
      .joined(separator: "; ")
    self.init(
      name,
      Double(answers.count - missed.count) / Double(max(answers.count, 1)),
      .atLeast(goal),
      of: answers.count,
      note: missed.isEmpty ? "" : "missed: \(shown)\(missed.count > 6 ? "; …" : "")"
    )
  }
}
