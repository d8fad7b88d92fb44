/// A conversation as a text that a model can go on with: `System: … User: … Assistant: …`.
package struct Conversation: Sendable {
  /// What the user said, and what the assistant answered, if it has.
  package struct Turn: Sendable, Equatable {
    /// The user's words.
    package var user: String
    /// The assistant's.
    package var assistant: String?
  }

  /// What stands before everything else.
  package let system: String
  /// The turns that the model still sees, in order.
  package private(set) var turns: [Turn] = []

  /// Starts a conversation.
  package init(system: String) { self.system = system }

  /// What the model must not write itself: the beginning of the next role's words.
  package static let stops = ["\nUser:", "\nSystem:", "\nAssistant:"]

  /// Adds what the user says.
  package mutating func ask(_ words: String) { turns.append(Turn(user: words)) }

  /// Adds what the assistant answers.
  package mutating func answer(_ words: String) {
    guard !turns.isEmpty else { return }
    turns[turns.count - 1].assistant = words
  }

  /// Forgets the first turn.
  package mutating func forgetFirstTurn() { turns.removeFirst() }

  /// Exactly what the model is given: everything said, and the name of the role whose turn it is.
  package var prompt: String {
    var text = "System: \(system)"
    for turn in turns {
      text += "\nUser: \(turn.user)\nAssistant:"
      if let words = turn.assistant { text += " \(words)" }
    }
    return text
  }
}
