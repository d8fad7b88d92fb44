/// Something told step by step that no trace is needed for, as plain data.
public struct Article: Sendable {
  /// The language it is told in.
  public var language: Language
  /// A name for addresses and files.
  public var id: String
  /// What it is about.
  public var title: RichText
  /// What has to be known first, a paragraph each.
  public var lead: [RichText]
  /// The steps in order.
  public var steps: [Step]
  /// What a reader may ask themselves at the end; nothing, as a rule.
  public var questions: [Question] = []
  /// Where to go on: a command to try.
  public var onward: RichText?

  /// A question, and its answer for who asks for it.
  public struct Question: Sendable {
    /// The question.
    public var text: RichText
    /// The answer.
    public var answer: RichText

    /// Makes a question with its answer.
    package init(_ text: RichText, answer: RichText) { (self.text, self.answer) = (text, answer) }
  }

  package init(
    language: Language,
    id: String,
    title: RichText,
    lead: [RichText],
    steps: [Step]
  ) {
    self.language = language
    self.id = id
    self.title = title
    self.lead = lead
    self.steps = steps
  }
}
