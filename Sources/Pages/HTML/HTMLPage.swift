import CAssets
import Graphics
import Packing
public import Walkthrough

/// A walkthrough as one self-contained HTML file that asks the network for nothing.
///
/// Without its script it is an article; with it, its steps are gone through one by one, and other tokens, layers and
/// heads can be followed. Every stage is a `section` with the id `stage-<stage>`, every step an `article` with the id
/// `stage-<stage>-<step>`, every figure a `figure` with its own name as id. A number stands in an element with
/// `data-from`, `data-derived` or `data-illustration`, whose content is the number alone. The markup is well-formed XML
/// as well as HTML, and the same walkthrough gives the same bytes.
public struct HTMLPage: Sendable {
  private let editions: [Edition]
  private let living: Living?

  /// Makes a page of a walkthrough.
  ///
  /// - Parameters:
  ///   - walkthrough: What is told.
  ///   - following: What else may be followed; without it the page follows one token.
  ///   - living: What the page carries so that it runs prompts itself; without it, it tells of one.
  public init(_ walkthrough: Walkthrough, following: Following? = nil, living: Living? = nil) {
    self.init(editions: [(walkthrough, following)], living: living)
  }

  /// Makes a page of the same walkthrough in several languages, to switch between.
  ///
  /// - Parameters:
  ///   - editions: The walkthrough and what may be followed, in each language. A page that carries a model needs no
  ///     followings: its program tells what is asked.
  ///   - living: What the page carries so that it runs prompts itself.
  /// - Precondition: there is at least one, and their languages differ.
  public init(
    editions: [(walkthrough: Walkthrough, following: Following?)],
    living: Living? = nil
  ) {
    precondition(!editions.isEmpty, "a page without an edition")
    self.living = living
    let languages = editions.map { $0.walkthrough.language }
    self.editions = editions.enumerated().map { index, edition in
      Edition(
        walkthrough: edition.walkthrough,
        following: edition.following,
        words: PageWords(
          language: edition.walkthrough.language,
          prefix: index == 0 ? "" : "\(edition.walkthrough.language.rawValue)-"
        ),
        languages: languages,
        isLiving: living?.isTelling ?? false,
        carriesModel: living?.model != nil
      )
    }
  }

  /// A piece of the page, worked out beside the others.
  private enum Piece: Sendable {
    case carried(HTML)
    case edition(html: HTML, molds: [RetoldSteps.Mold])
  }

  /// The file's text.
  public var html: String { document.text }

  private var document: HTML {
    // What is carried takes as long to be packed as all else to be told: the longest first.
    let parts = living?.parts ?? []
    let pieces = concurrently(Array((0..<parts.count + editions.count).reversed())) { index in
      if index < parts.count { return Piece.carried(parts[index].element) }
      let content = editions[index - parts.count].content
      return .edition(html: content.html, molds: content.molds)
    }
    var (contents, carried): ([(html: HTML, molds: [RetoldSteps.Mold])], [HTML]) = ([], [])
    for piece in pieces.reversed() {
      switch piece {
      case .carried(let part): carried.append(part)
      case .edition(let html, let molds): contents.append((html, molds))
      }
    }
    return #"""
      <!DOCTYPE html>
      <html lang="\#(editions[0].walkthrough.language.rawValue)" data-state="article" data-prompt="\#(VisibleText.plain(prompt))">
      \#(head)
      <body>
      \#(box)\#(contents.map { $0.html }.joined())\#(templates)\#(data(contents.map { $0.molds }))\#(script.element)\#(run)\#(carried.joined())</body>
      </html>

      """#
  }

  /// The prompt, in an attribute as it is.
  private var prompt: String { editions[0].walkthrough.subject.prompt }

  private var script: PageScript { living == nil ? .walkthrough : .living }

  /// Where another prompt is typed.
  private var box: HTML? {
    living.map { living in
      PromptBox(prompt: prompt, words: editions[0].words, examples: living.examples).form
    }
  }

  /// What the script asks about words with.
  private var templates: HTML? {
    living.map { living in
      editions.map { edition in
        WordsForm(
          .nearest,
          "",
          examples: living.model?.knowsExamples ?? false,
          in: edition.walkthrough.language
        ).template
      }.joined()
    }
  }

  /// What the script runs first; the program and the model stand after it, last of all: the article is there before them.
  private var run: HTML? {
    let walkthrough = editions[0].walkthrough
    return living?.data(
      of: prompt,
      walkthrough.subject.tokens.map { $0.id },
      walkthrough.interventions
    )
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
      <meta http-equiv="Content-Security-Policy" content="\#(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\#(Markup.plain(words.title(prompt: prompt)))</title>
      <meta name="description" content="\#(Markup.plain(summary))"/>
      <meta name="color-scheme" content="light dark"/>
      <link rel="icon" href="data:,"/>
      <style id="figure-style">
      \#(HTML(trusted: SVG.styleSheet))</style>
      <style>
      \#(HTML(trusted: Self.style))\#(HTML(trusted: Self.stepsStyle))\#(HTML(trusted: Self.panelsStyle))\#(HTML(trusted: living == nil ? "" : Self.promptStyle))</style>
      </head>
      """#
  }

  private var policy: HTML {
    let own: HTML = "\(Self.policy); script-src '\(script.hash)'"
    return living.map { own + $0.policy } ?? own
  }

  /// Nothing is loaded, and nothing runs but what else is named, whatever a prompt may hold.
  static let policy: HTML =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  /// The style sheets that are compiled in: of every page, of steps gone through one by one, of panels to try things out.
  static let style = PageScript.leanStyle(casset_page_style())
  private static let stepsStyle = PageScript.leanStyle(casset_page_steps_style())
  private static let promptStyle =
    PageScript.leanStyle(casset_page_prompt_style())
    + PageScript.leanStyle(casset_page_machine_style()) + askingStyle + SpaceCard.style.text
  /// The style of forms that ask the program.
  static let askingStyle = PageScript.leanStyle(casset_page_asking_style())
  private static let panelsStyle = PageScript.leanStyle(casset_page_panels_style())

  /// The prompt, as far as a title has room for it.
  static func shortened(_ prompt: String) -> String {
    prompt.count <= 60 ? prompt : prompt.prefix(59) + "…"
  }
}
