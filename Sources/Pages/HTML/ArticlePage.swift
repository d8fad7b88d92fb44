import Graphics
public import Walkthrough

/// An article as one self-contained HTML file that asks the network for nothing.
///
/// Every step is an `article` with the id `<article>-<step>`, every figure a `figure` with its own
/// name as id. The markup is well-formed XML as well as HTML, and the same article gives the same
/// bytes.
public struct ArticlePage {
  /// How an article's numbers came about.
  public enum Numbers: Sendable {
    /// They were counted.
    case counted
    /// They were computed while a model learned.
    case learned
    /// They were measured on runs of a model.
    case measured
  }

  private let article: Article
  private let numbers: Numbers
  private let asking: (form: SizesForm, living: Living)?

  /// Makes a page of an article.
  ///
  /// - Parameters:
  ///   - article: What is told.
  ///   - numbers: How its numbers came about.
  ///   - asking: A form for sizes of the reader's own, and what the page carries to count them.
  public init(
    _ article: Article,
    numbers: Numbers = .counted,
    asking: (form: SizesForm, living: Living)? = nil
  ) {
    (self.article, self.numbers, self.asking) = (article, numbers, asking)
  }

  /// What stands at the end.
  private var origin: RichText {
    switch numbers {
    case .counted: words.howArticleNumbersWereMade
    case .learned: words.howLearnedNumbersWereMade
    case .measured: words.howReasonsWereMade
    }
  }

  /// The file's text.
  public var html: String { document.text }

  private var words: PageWords { PageWords(language: article.language) }

  private var document: HTML {
    var ids = PageIDs()
    let main = ids.claim("content")
    let content = content(&ids)
    let state: HTML = asking == nil ? .nothing : #" data-state="article""#
    return #"""
      <!DOCTYPE html>
      <html lang="\#(article.language.rawValue)"\#(state)>
      \#(head)
      <body>
      <a class="skip" href="#\#(main)">\#(Markup.text(words.skipToContent))</a>
      <header class="top"><div class="bar"><a class="brand" href="#\#(main)">explain</a></div></header>
      <div class="bar">
      <main id="\#(main)">
      \#(asking?.form.form)\#(content)</main>
      </div>
      <footer class="end">
      <div class="bar"><p>\#(Markup.text(origin))</p></div>
      </footer>
      \#(asking == nil ? nil : PageScript.asking.element)\#(asking?.living.carried)</body>
      </html>

      """#
  }

  private func content(_ ids: inout PageIDs) -> HTML {
    let heading = ids.claim("\(article.id)-title")
    let lead = article.lead.enumerated().map { index, text -> HTML in
      #"<p class="\#(index == 0 ? "lead" : "model")">\#(Markup.text(text))</p>\#n"#
    }
    let section = ids.claim(article.id)
    let inner = ids.claim("\(article.id)-steps")
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
      <section class="opening" aria-labelledby="\#(heading)">
      <div class="words">
      <h1 class="prompt medium" id="\#(heading)">\#(Markup.text(article.title))</h1>
      \#(lead.joined())</div>
      </section>
      <section class="stage" id="\#(section)" aria-labelledby="\#(inner)">
      <h2 class="unseen" id="\#(inner)">\#(words.steps)</h2>
      \#(steps)</section>

      """#
  }

  private var head: HTML {
    #"""
    <head>
    <meta charset="utf-8"/>
    <meta name="generator" content="explain"/>
    <meta http-equiv="Content-Security-Policy" content="\#(policy)"/>
    <meta name="viewport" content="width=device-width, initial-scale=1"/>
    <title>\#(Markup.plain(article.title, in: article.language)) · explain</title>
    <meta name="description" content="\#(article.lead.first.map { Markup.plain($0, in: article.language) } ?? "")"/>
    <meta name="color-scheme" content="light dark"/>
    <link rel="icon" href="data:,"/>
    <style>
    \#(HTML(trusted: SVG.styleSheet))\#(HTML(trusted: HTMLPage.style))\#(HTML(trusted: asking == nil ? "" : HTMLPage.askingStyle))</style>
    </head>
    """#
  }

  private var policy: HTML {
    guard let asking else { return HTMLPage.policy }
    return "\(HTMLPage.policy); script-src '\(PageScript.asking.hash)'\(asking.living.policy)"
  }
}
