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
    /// They were computed while a lesson was told, a few of them made up to show something.
    case taught
  }

  /// A form with which a reader asks the program.
  public enum Form {
    /// For sizes of one's own: above the article, behind a lesson.
    case sizes(SizesForm)
    /// For words of one's own, behind the article.
    case words(WordsForm)
  }

  /// Where a page of a folder leads: other pages of it.
  public struct Link: Sendable {
    /// What is there.
    public var title: RichText
    /// The file, and a place in it.
    public var address: String

    /// Makes a link.
    public init(_ title: RichText, to address: String) {
      (self.title, self.address) = (title, address)
    }
  }

  private let article: Article
  private let numbers: Numbers
  private let asking: (form: Form, living: Living)?
  private let trying: (forms: [TryingForm], living: Living)?
  private let links: [Link]

  /// Makes a page of an article.
  ///
  /// - Parameters:
  ///   - article: What is told.
  ///   - numbers: How its numbers came about.
  ///   - asking: A form to ask something, and what the page carries to answer it.
  ///   - trying: What a reader tries out behind the steps, and the lessons' program that tells it.
  ///   - links: Where the page leads.
  public init(
    _ article: Article,
    numbers: Numbers = .counted,
    asking: (form: Form, living: Living)? = nil,
    trying: (forms: [TryingForm], living: Living)? = nil,
    links: [Link] = []
  ) {
    (self.article, self.numbers) = (article, numbers)
    (self.asking, self.trying, self.links) = (asking, trying, links)
  }

  /// What stands at the end.
  private var origin: RichText {
    switch numbers {
    case .counted: words.howArticleNumbersWereMade
    case .learned: words.howLearnedNumbersWereMade
    case .measured: words.howReasonsWereMade
    case .taught: words.howLessonNumbersWereMade
    }
  }

  /// The file's text.
  public var html: String { document.text }

  /// An article's steps as a part of another page.
  ///
  /// - Parameters:
  ///   - article: The article.
  ///   - prefix: What its ids begin with.
  /// - Returns: The markup of its steps, with what leads to them.
  public static func steps(of article: Article, prefix: String) -> String {
    var ids = PageIDs(prefix: prefix)
    let lead = article.lead.map { #"<p class="model">\#(Markup.text($0))</p>\#n"# as HTML }
    let steps = article.steps.enumerated().map { index, step in
      StepArticle(
        step: step,
        id: ids.claim("\(article.id)-\(step.id)"),
        number: "\(index + 1)",
        words: PageWords(language: article.language),
        isPart: true
      ).article(&ids)
    }
    return (lead.joined() + steps.joined()).text
  }

  private var words: PageWords { PageWords(language: article.language) }

  private var document: HTML {
    var ids = PageIDs()
    let main = ids.claim("content")
    let content = content(&ids)
    let state: HTML = !isLiving ? .nothing : #" data-state="article""#
    return #"""
      <!DOCTYPE html>
      <html lang="\#(article.language.rawValue)"\#(state)>
      \#(head)
      <body>
      <a class="skip" href="#\#(main)">\#(Markup.text(words.skipToContent))</a>
      <header class="top"><div class="bar"><a class="brand" href="#\#(main)">explain</a></div></header>
      <div class="bar">
      <main id="\#(main)">
      \#(formAbove)\#(content)</main>
      </div>
      <footer class="end">
      <div class="bar"><p>\#(Markup.text(origin))</p></div>
      </footer>
      \#(isLiving ? script.element : .nothing)\#(carried)</body>
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
      \#(steps)\#(tried(&ids))\#(questions(&ids))\#(onward(&ids))</section>

      """#
  }

  /// Whether the article comes first, and what can be asked behind it.
  private var isLesson: Bool { if case .taught = numbers { true } else { false } }

  private var formAbove: HTML {
    guard case .sizes(let form)? = asking?.form, !isLesson else { return .nothing }
    return form.form
  }

  private func tried(_ ids: inout PageIDs) -> HTML {
    (trying?.forms ?? []).map { $0.article(&ids) }.joined()
  }

  /// Whether the page asks a program.
  private var isLiving: Bool { asking != nil || trying != nil }

  private var script: PageScript { trying == nil ? .asking : .trying }

  private var carried: HTML {
    (asking?.living.carried ?? .nothing) + (trying?.living.carried ?? .nothing)
  }

  /// What readers may ask themselves, with the answers folded away.
  private func questions(_ ids: inout PageIDs) -> HTML {
    guard !article.questions.isEmpty else { return .nothing }
    let heading = ids.claim("\(article.id)-questions")
    let items = article.questions.map { question -> HTML in
      #"""
      <li><p>\#(Markup.text(question.text))</p>
      <details class="data"><summary>\#(words.answer)</summary>
      <p>\#(Markup.text(question.answer))</p></details></li>

      """#
    }
    return #"""
      <article class="step questions" aria-labelledby="\#(heading)">
      <h3 id="\#(heading)">\#(Markup.text(words.questions(article.questions.count)))</h3>
      <ol>
      \#(items.joined())</ol></article>

      """#
  }

  /// Where to go on: a command, a form to ask with, other pages.
  private func onward(_ ids: inout PageIDs) -> HTML {
    var form = HTML.nothing
    switch asking?.form {
    case .sizes(let sizes)? where isLesson: form = sizes.form
    case .words(let words)?:
      form =
        #"\#(words.form)<div class="answer">\#n\#(words.hands(hidden: true))</div>\#n\#(words.template)"#
    default: break
    }
    guard article.onward != nil || !links.isEmpty || !form.text.isEmpty else { return .nothing }
    let heading = ids.claim("\(article.id)-onward")
    let list = links.map { link -> HTML in
      #"<li><a href="\#(link.address)">\#(Markup.text(link.title))</a></li>\#n"#
    }
    let links: HTML = list.isEmpty ? .nothing : "<ul>\n\(list.joined())</ul>\n"
    return #"""
      <section class="onward" aria-labelledby="\#(heading)">
      <h3 id="\#(heading)">\#(words.goOn)</h3>
      \#(article.onward.map { "<p>\(Markup.text($0))</p>\n" as HTML })\#(form)\#(links)</section>

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
    \#(HTML(trusted: SVG.styleSheet))\#(HTML(trusted: HTMLPage.style))\#(HTML(trusted: !isLiving ? "" : HTMLPage.askingStyle))\#(ownStyle)</style>
    </head>
    """#
  }

  /// What questions, links and a slice of words need besides.
  private var ownStyle: HTML {
    let hasMore = !article.questions.isEmpty || article.onward != nil || !links.isEmpty
    guard hasMore else { return .nothing }
    var hasWords = false
    if case .words? = asking?.form { hasWords = true }
    return Self.moreStyle + (hasWords ? SpaceCard.style : .nothing)
  }

  private static let moreStyle: HTML = """
    .questions ol{display:grid;gap:20px;padding-left:1.4em;max-width:72ch;list-style:decimal}
    .questions li>p{font-weight:600}.questions details{margin-top:8px}.questions details p{padding-top:8px}
    .onward{display:grid;gap:16px;grid-template-columns:minmax(0,1fr);padding:32px 0}
    .onward ul{display:flex;flex-wrap:wrap;gap:8px 24px;padding:0;list-style:none}

    """

  private var policy: HTML {
    guard let living = asking?.living ?? trying?.living else { return HTMLPage.policy }
    return "\(HTMLPage.policy); script-src '\(script.hash)'\(living.policy)"
  }
}
