public import Walkthrough

/// A walkthrough as a page shows it in one language: what a page that carries the program puts in place of what it shows.
///
/// A class, though nothing of it changes: a walkthrough is large to copy.
public final class PageEdition: Sendable {
  /// The language it is in.
  public var language: Language { words.language }
  private let words: PageWords
  private let edition: Edition

  /// Tells a walkthrough for a page.
  ///
  /// - Parameters:
  ///   - walkthrough: What the page tells; of steps that are not told it shows what they are called.
  ///   - languages: All languages of the page, in order; the first is the one it opens in.
  public init(_ walkthrough: Walkthrough, languages: [Language]) {
    let language = walkthrough.language
    words = PageWords(
      language: language,
      prefix: languages.first == language ? "" : "\(language.rawValue)-"
    )
    edition = Edition(
      walkthrough: walkthrough,
      following: nil,
      words: words,
      languages: languages,
      isLiving: true
    )
  }

  /// The edition's markup, an element with the class `edition`.
  public var html: String { edition.content.html.text }

  /// The title of a page that shows a walkthrough of a prompt.
  public static func title(prompt: String, in language: Language) -> String {
    Markup.plain(PageWords(language: language).title(prompt: HTMLPage.shortened(prompt)))
  }

  /// A step as its page shows it.
  ///
  /// - Parameters:
  ///   - step: The step, told of whatever is followed.
  ///   - stage: The stage it is of.
  /// - Returns: An `article` element; nil if the page has no such step.
  public func article(_ step: Step, of stage: StageID) -> String? {
    let stages = edition.walkthrough.stages
    guard let place = stages.firstIndex(where: { $0.id == stage }),
      let index = stages[place].steps.firstIndex(where: { $0.id == step.id })
    else { return nil }
    var ids = PageIDs(prefix: words.prefix)
    return StepArticle(
      step: step,
      id: "\(words.prefix)stage-\(stage.rawValue)-\(step.id)",
      number: "\(place + 1).\(index + 1)",
      words: words
    ).article(&ids).text
  }
}
