import Graphics
public import Walkthrough

/// What was found about words, as one self-contained HTML file: the slice of the space first, which
/// can be turned, then the steps as an article.
public struct WordsPage {
  private let report: WordReport
  private let asking: (form: WordsForm, living: Living)?

  /// Makes a page of a report.
  ///
  /// - Parameters:
  ///   - report: What was found.
  ///   - asking: A form to ask more, and what the page carries to answer it; without it, it tells of the report alone.
  public init(_ report: WordReport, asking: (form: WordsForm, living: Living)? = nil) {
    (self.report, self.asking) = (report, asking)
  }

  /// The file's text.
  public var html: String {
    let article = report.article
    var ids = PageIDs()
    let told = content(&ids)
    let content = asking.map { asking -> HTML in
      var form = asking.form
      form.isTitle = true
      return #"\#(form.form)<div class="answer">\#n\#(told)</div>\#n\#(form.template)"#
    }
    let hasSpace = report.space.scene.panels.contains {
      if case .spaceScatter = $0.mark { true } else { false }
    }
    return TextPage(
      title: Markup.plain(article.title, in: article.language),
      language: article.language,
      content: content ?? told,
      ownStyle: SpaceCard.style,
      script: hasSpace ? SpaceCard.script : nil,
      living: asking?.living
    ).html
  }

  /// What is told of the report: the slice, then the steps.
  private func content(_ ids: inout PageIDs) -> HTML {
    let article = report.article
    let words = PageWords(language: article.language)
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
    return #"""
      <h1>\#(Markup.text(article.title))</h1>
      <div>
      \#(lead.joined())</div>
      \#(asking?.form.hands(hidden: true))\#(card)<section aria-labelledby="\#(heading)">
      <h2 id="\#(heading)">\#(Markup.text(numbers(article.language)))</h2>
      \#(steps)</section>
      <p class="model">\#(Markup.text(footer(article.language)))</p>

      """#
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
