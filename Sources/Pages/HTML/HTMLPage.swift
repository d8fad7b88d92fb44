import CAssets
import Graphics
public import Walkthrough

/// A walkthrough as one self-contained HTML file: an article that asks the network for nothing.
///
/// Every stage is a `section` with the id `stage-<stage>`, every step an `article` with the id
/// `stage-<stage>-<step>`, every figure a `figure` with its own name as id. A number stands in an
/// element with `data-from`, `data-derived` or `data-illustration`, whose content is the number alone.
/// The markup is well-formed XML as well as HTML, and the same walkthrough gives the same bytes.
public struct HTMLPage {
  private let walkthrough: Walkthrough

  /// Makes a page of a walkthrough.
  public init(_ walkthrough: Walkthrough) { self.walkthrough = walkthrough }

  /// The file's text.
  public var html: String { document.text }

  private var words: PageWords { PageWords(language: walkthrough.language) }

  private var document: HTML {
    let frame = PageFrame(walkthrough: walkthrough, words: words)
    // Ids are claimed in the order of the page, so the pieces are made in that order.
    var ids = PageIDs()
    let opening = PageOpening(walkthrough: walkthrough, words: words).section(&ids)
    var stages = HTML.nothing
    for index in walkthrough.stages.indices {
      let stage = StageSection(
        stage: walkthrough.stages[index],
        number: index + 1,
        count: walkthrough.stages.count,
        words: words
      )
      stages += stage.section(&ids)
    }
    return #"""
      <!DOCTYPE html>
      <html lang="\#(walkthrough.language.rawValue)">
      \#(head)
      <body>
      <a class="skip" href="#content">\#(Markup.text(words.skipToContent))</a>
      \#(frame.header)
      <div class="frame">
      \#(frame.rail)
      <main id="content">
      \#(opening)\#(stages)</main>
      </div>
      \#(PageFooter(walkthrough: walkthrough, words: words).footer)
      </body>
      </html>

      """#
  }

  private var head: HTML {
    let prompt = Self.shortened(walkthrough.subject.prompt)
    let summary = words.summary(prompt: prompt, model: walkthrough.subject.model.plain)
    return #"""
      <head>
      <meta charset="utf-8"/>
      <meta name="generator" content="explain"/>
      <meta http-equiv="Content-Security-Policy" content="\#(Self.policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\#(Markup.plain(words.title(prompt: prompt)))</title>
      <meta name="description" content="\#(Markup.plain(summary))"/>
      <meta name="color-scheme" content="light dark"/>
      <link rel="icon" href="data:,"/>
      <style>
      \#(HTML(trusted: SVG.styleSheet))\#(HTML(trusted: Self.style))</style>
      </head>
      """#
  }

  /// Nothing is loaded and nothing runs, whatever a prompt may hold.
  static let policy: HTML =
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

  /// The style sheet that is compiled in.
  static let style: String = {
    let file = casset_page_style()
    return String(
      decoding: UnsafeBufferPointer(start: file.bytes, count: file.count),
      as: UTF8.self
    )
  }()

  /// The prompt, as far as a title has room for it.
  private static func shortened(_ prompt: String) -> String {
    prompt.count <= 60 ? prompt : prompt.prefix(59) + "…"
  }
}
