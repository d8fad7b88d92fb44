/// How a checkpoint wants a conversation written: a template in Jinja, or as much of it as chat
/// templates use.
///
/// - SeeAlso: Hugging Face, *Chat templates*, <https://huggingface.co/docs/transformers/chat_templating>.
public struct ChatTemplate: Sendable {
  /// What somebody said in a conversation.
  public struct Message: Sendable, Equatable {
    /// `system`, `user` or `assistant`.
    public var role: String
    /// The words.
    public var content: String

    /// Makes a message.
    public init(role: String, content: String) {
      self.role = role
      self.content = content
    }
  }

  private let statements: [TemplateStatement]
  /// What the template may call `bos_token`, `eos_token` and the like.
  private let specialTokens: [String: String]

  /// No published template is a quarter as long.
  private static let mostBytes = 1 << 17

  /// Reads a template.
  ///
  /// - Parameters:
  ///   - source: The template.
  ///   - specialTokens: Names and texts of tokens, such as `eos_token`.
  /// - Throws: ``ChatTemplateError`` if it is no template, or uses what is not understood here.
  public init(_ source: String, specialTokens: [String: String]) throws(ChatTemplateError) {
    guard source.utf8.count <= Self.mostBytes else {
      throw .malformed(line: 1, reason: "it has more than \(Self.mostBytes) bytes")
    }
    statements = try TemplateParser.parse(source)
    self.specialTokens = specialTokens
  }

  /// The conversation as the template writes it.
  ///
  /// - Parameters:
  ///   - messages: What was said.
  ///   - addingPrompt: Whether the beginning of the assistant's words follows.
  /// - Returns: Exactly what a model that was trained with the template is given.
  /// - Throws: ``ChatTemplateError`` if the template refuses the conversation or cannot be followed.
  public func text(
    of messages: [Message],
    addingPrompt: Bool
  ) throws(ChatTemplateError) -> String {
    var names: [String: TemplateValue] = specialTokens.mapValues { .text($0) }
    names["messages"] = .list(
      messages.map { .map([("role", .text($0.role)), ("content", .text($0.content))]) }
    )
    names["add_generation_prompt"] = .boolean(addingPrompt)
    names["tools"] = TemplateValue.none
    names["documents"] = TemplateValue.none
    var run = TemplateRun(names: names)
    try run.run(statements)
    return run.output
  }

  /// The text that ends the assistant's words; nil if there is none but the token that ends texts.
  ///
  /// The template is asked: what stands behind the assistant's words, or, if nothing but white space
  /// does, what stands between them and the user's next ones.
  public var endOfTurn: String? {
    let (question, answer, next) = ("a question", "an answer", "the next one")
    let talk = [
      Message(role: "user", content: question), Message(role: "assistant", content: answer),
    ]
    if let text = try? text(of: talk, addingPrompt: false),
      let end = text.pieces(between: answer).last?.stripped(), text.hasPart(answer), !end.isEmpty
    {
      return end
    }
    guard
      let text = try? text(of: talk + [Message(role: "user", content: next)], addingPrompt: false),
      let rest = text.pieces(between: answer).last, text.hasPart(answer),
      let between = rest.pieces(between: next).first, rest.hasPart(next)
    else { return nil }
    let end = between.stripped(left: false)
    return end.isEmpty ? nil : end
  }
}
