import CAssets
import Graphics
public import Walkthrough

/// A walkthrough as one self-contained HTML file that asks the network for nothing.
///
/// Without its script it is an article; with it, its steps are gone through one by one, and other tokens, layers and
/// heads can be followed. Every stage is a `section` with the id `stage-<stage>`, every step an `article` with the id
/// `stage-<stage>-<step>`, every figure a `figure` with its own name as id. A number stands in an element with
/// `data-from`, `data-derived` or `data-illustration`, whose content is the number alone. The markup is well-formed XML
/// as well as HTML, and the same walkthrough gives the same bytes.
public struct HTMLPage {
  private let editions: [Edition]

  /// Makes a page of a walkthrough.
  ///
  /// - Parameters:
  ///   - walkthrough: What is told.
  ///   - following: What else may be followed; without it the page follows one token.
  public init(_ walkthrough: Walkthrough, following: Following? = nil) {
    self.init(editions: [(walkthrough, following)])
  }

  /// Makes a page of the same walkthrough in several languages, to switch between.
  ///
  /// - Parameter editions: The walkthrough and what may be followed, in each language.
  /// - Precondition: there is at least one, and their languages differ.
  public init(editions: [(walkthrough: Walkthrough, following: Following?)]) {
    precondition(!editions.isEmpty, "a page without an edition")
    let languages = editions.map { $0.walkthrough.language }
    self.editions = editions.enumerated().map { index, edition in
      Edition(
        walkthrough: edition.walkthrough,
        following: edition.following,
        words: PageWords(
          language: edition.walkthrough.language,
          prefix: index == 0 ? "" : "\(edition.walkthrough.language.rawValue)-"
        ),
        languages: languages
      )
    }
  }

  /// The file's text.
  public var html: String { document.text }

  private var document: HTML {
    let contents = editions.map { $0.content }
    return #"""
      <!DOCTYPE html>
      <html lang="\#(editions[0].walkthrough.language.rawValue)">
      \#(head)
      <body>
      \#(contents.map { $0.html }.joined())\#(data(contents.map { $0.molds }))\#(PageScript.walkthrough.element)</body>
      </html>

      """#
  }

  /// What the script reads.
  private func data(_ molds: [[RetoldSteps.Mold]]) -> HTML {
    var data = HTML.nothing
    for (index, edition) in editions.enumerated() {
      data += PageData.json(edition.words.script, id: "\(edition.words.prefix)page-words")
      guard let following = edition.following else { continue }
      if index == 0 { data += PageData(following: following).shared }
      data +=
        RetoldSteps(following: following, molds: molds[index], words: edition.words).elements
    }
    return data
  }

  private var head: HTML {
    let (walkthrough, words) = (editions[0].walkthrough, editions[0].words)
    let prompt = Self.shortened(walkthrough.subject.prompt)
    let summary = words.summary(prompt: prompt, model: walkthrough.subject.model.plain)
    return #"""
      <head>
      <meta charset="utf-8"/>
      <meta name="generator" content="explain"/>
      <meta http-equiv="Content-Security-Policy" content="\#(Self.policy); script-src '\#(PageScript.walkthrough.hash)'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\#(Markup.plain(words.title(prompt: prompt)))</title>
      <meta name="description" content="\#(Markup.plain(summary))"/>
      <meta name="color-scheme" content="light dark"/>
      <link rel="icon" href="data:,"/>
      <style id="figure-style">
      \#(HTML(trusted: SVG.styleSheet))</style>
      <style>
      \#(HTML(trusted: Self.style))\#(HTML(trusted: Self.stepsStyle))\#(HTML(trusted: Self.panelsStyle))</style>
      </head>
      """#
  }

  /// Nothing is loaded, and nothing runs but what else is named, whatever a prompt may hold.
  static let policy: HTML =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  /// The style sheets that are compiled in: of every page, of steps gone through one by one, of panels to try things out.
  static let style = PageScript.leanStyle(casset_page_style())
  private static let stepsStyle = PageScript.leanStyle(casset_page_steps_style())
  private static let panelsStyle = PageScript.leanStyle(casset_page_panels_style())

  /// The prompt, as far as a title has room for it.
  private static func shortened(_ prompt: String) -> String {
    prompt.count <= 60 ? prompt : prompt.prefix(59) + "…"
  }
}
