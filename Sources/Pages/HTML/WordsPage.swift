import Graphics
public import Walkthrough

/// What was found about words, as one self-contained HTML file: the slice of the space first, which
/// can be turned, then the steps as an article.
public struct WordsPage {
  private let report: WordReport

  /// Makes a page of a report.
  public init(_ report: WordReport) { self.report = report }

  /// The file's text.
  public var html: String {
    let article = report.article
    let words = PageWords(language: article.language)
    var ids = PageIDs()
    let card = SpaceCard(
      figure: report.space,
      caption: report.spaceCaption,
      language: article.language
    ).html(&ids)
    let lead = article.lead.map { #"<p class="model">\#(Markup.text($0))</p>\#n"# as HTML }
    let heading = ids.claim("\(article.id)-numbers")
    var steps = HTML.nothing
    for (index, step) in article.steps.enumerated() {
      steps += StepArticle(
        step: step,
        id: ids.claim("\(article.id)-\(step.id)"),
        number: "\(index + 1)",
        words: words
      ).article(&ids)
    }
    let content: HTML = #"""
      <h1>\#(Markup.text(article.title))</h1>
      <div>
      \#(lead.joined())</div>
      \#(card)<section aria-labelledby="\#(heading)">
      <h2 id="\#(heading)">\#(Markup.text(numbers(article.language)))</h2>
      \#(steps)</section>
      <p class="model">\#(Markup.text(footer(article.language)))</p>

      """#
    return TextPage(
      title: Markup.plain(article.title, in: article.language),
      language: article.language,
      content: content,
      ownStyle: SpaceCard.style,
      script: card == nil ? nil : SpaceCard.script
    ).html
  }

  private func numbers(_ language: Language) -> RichText {
    Prose(en: "In numbers", ja: "数で見る")[language]
  }

  private func footer(_ language: Language) -> RichText {
    Prose(
      en:
        "Every number here was computed from the vectors. Point at one to see how; dimensions are counted from 0.",
      ja: "ここにある数は、どれもベクトルから計算したものです。数にポインタを合わせると計算方法が表示されます。次元は 0 から数えます。"
    )[language]
  }
}
