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
