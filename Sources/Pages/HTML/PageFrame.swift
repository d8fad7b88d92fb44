import Graphics
import Walkthrough

/// What stays in sight: the prompt's tokens above, the stages at the side.
struct PageFrame {
  let walkthrough: Walkthrough
  let words: PageWords

  /// The prompt's tokens with their ids; the one that is followed is outlined.
  var header: HTML {
    let subject = walkthrough.subject
    let chips = subject.tokens.indices.map { position -> HTML in
      let token = subject.tokens[position]
      let isFollowed = position == subject.followed
      return #"""
        <li\#(isFollowed ? #" class="followed""# : HTML.nothing)>\#(Markup.token(token.text))\#
        <small data-derived="token_ids[\#(position)]">\#(token.id)</small>\#
        \#(isFollowed ? hidden(words.followed) : HTML.nothing)</li>
        """#
    }
    return #"""
      <header class="top">
      <div class="bar">
      <a class="brand" href="#content">explain</a>
      <div class="chips" role="group" tabindex="0" aria-label="\#(Markup.plain(words.tokensLabel))">
      <ol>
      \#(chips.joined(separator: "\n"))
      </ol>
      </div>
      </div>
      </header>
      """#
  }

  /// The stages, as links.
  var rail: HTML {
    let links = walkthrough.stages.map { stage -> HTML in
      let name = Markup.text(words.name(of: stage.id))
      return ##"<li><a href="#stage-\##(stage.id.rawValue)"><span>\##(name)</span></a></li>"##
    }
    return #"""
      <nav class="rail" aria-label="\#(Markup.plain(words.stagesLabel))">
      <ol>
      \#(links.joined(separator: "\n"))
      </ol>
      </nav>
      """#
  }

  /// Words for those who do not see the outline.
  private func hidden(_ text: RichText) -> HTML {
    #"<span class="unseen">\#(Markup.text(text))</span>"#
  }
}
