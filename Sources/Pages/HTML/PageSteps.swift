public import Walkthrough

/// The steps of a page one by one: what a page that carries the program puts in place of those it shows.
public struct PageSteps: Sendable {
  private let molds: [String: RetoldSteps.Mold]
  private let words: PageWords

  /// Learns from a walkthrough how its page names and numbers the steps.
  ///
  /// - Parameters:
  ///   - walkthrough: What the page tells.
  ///   - isFirst: Whether the page opens in its language; all ids of another edition begin with its language.
  public init(_ walkthrough: Walkthrough, isFirst: Bool = true) {
    let language = walkthrough.language
    words = PageWords(language: language, prefix: isFirst ? "" : "\(language.rawValue)-")
    let edition = Edition(
      walkthrough: walkthrough,
      following: nil,
      words: words,
      languages: [language]
    )
    var molds: [String: RetoldSteps.Mold] = [:]
    for mold in edition.content.molds { molds[mold.id] = mold }
    self.molds = molds
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
