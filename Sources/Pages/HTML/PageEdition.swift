public import Walkthrough

/// A walkthrough as a page shows it in one language: what a page that carries the program puts in place of what it shows.
public struct PageEdition: Sendable {
  /// The edition's markup, an element with the class `edition`.
  public let html: String
  private let molds: [String: RetoldSteps.Mold]
  private let words: PageWords

  /// Tells a walkthrough for a page.
  ///
  /// - Parameters:
  ///   - walkthrough: What the page tells.
  ///   - languages: All languages of the page, in order; the first is the one it opens in.
  public init(_ walkthrough: Walkthrough, languages: [Language]) {
    let language = walkthrough.language
    let isFirst = languages.first == language
    words = PageWords(language: language, prefix: isFirst ? "" : "\(language.rawValue)-")
    var edition = Edition(
      walkthrough: walkthrough,
      following: nil,
      words: words,
      languages: languages
    )
    edition.isLiving = true
    let content = edition.content
    html = content.html.text
    molds = Dictionary(uniqueKeysWithValues: content.molds.map { ($0.id, $0) })
  }

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
    guard let mold = molds["\(words.prefix)stage-\(stage.rawValue)-\(step.id)"] else { return nil }
    var ids = mold.ids
    return StepArticle(step: step, id: mold.id, number: mold.number, words: words)
      .article(&ids).text
  }
}
