package import ChatTemplates

/// A conversation as a text that a model can go on with: `System: … User: … Assistant: …`, or as the
/// model's chat template has it.
package struct Conversation: Sendable {
  /// What the user said, and what the assistant answered, if it has.
  package struct Turn: Sendable, Equatable {
    /// The user's words.
    package var user: String
    /// The assistant's.
    package var assistant: String?
  }

  /// What stands before everything else, if anything does.
  package let system: String?
  /// How the model wants conversations written; plainly if it does not say.
  package let template: ChatTemplate?
  /// What the model must not write itself: the end of its turn, or the beginning of the next role's
  /// words.
  package let stops: [String]
  /// The turns that the model still sees, in order.
  package private(set) var turns: [Turn] = []

  /// Starts a conversation.
  package init(system: String?, template: ChatTemplate? = nil) {
    self.system = system
    self.template = template
    stops = template.map { $0.endOfTurn.map { [$0] } ?? [] } ?? Self.plainStops
  }

  /// Adds what the user says.
  package mutating func ask(_ words: String) { turns.append(Turn(user: words)) }

  /// Adds what the assistant answers.
  package mutating func answer(_ words: String) {
    guard !turns.isEmpty else { return }
    turns[turns.count - 1].assistant = words
  }

  /// Forgets the first turn.
  package mutating func forgetFirstTurn() { turns.removeFirst() }

  /// Exactly what the model is given: everything said, and the beginning of the assistant's words.
  ///
  /// - Throws: ``ChatTemplates/ChatTemplateError`` if the template does not want such a conversation.
  package func prompt() throws(ChatTemplateError) -> String {
    guard let template else { return plainPrompt }
    return try template.text(of: messages, addingPrompt: true)
  }

  private var messages: [ChatTemplate.Message] {
    var messages = system.map { [ChatTemplate.Message(role: "system", content: $0)] } ?? []
    for turn in turns {
      messages.append(ChatTemplate.Message(role: "user", content: turn.user))
      if let words = turn.assistant {
        messages.append(ChatTemplate.Message(role: "assistant", content: words))
      }
    }
    return messages
  }

  /// All on one line, as the built-in model has read conversations.
  private var plainPrompt: String {
    var pieces = system.map { ["System: \($0)"] } ?? []
    for turn in turns {
      pieces.append("User: \(turn.user)")
      pieces.append("Assistant:" + (turn.assistant.map { " \($0)" } ?? ""))
    }
    return pieces.joined(separator: " ")
  }

  /// Where the next role's words begin, on the same line or on one of their own.
  private static let plainStops = [" ", "\n"].flatMap { blank in
    ["User:", "System:", "Assistant:"].map { blank + $0 }
  }
}
