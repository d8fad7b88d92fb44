import Graphics
import Walkthrough

/// What stays in sight: the prompt's tokens above, the map of the model at the side, the stepper at the foot.
///
/// A class, though nothing of it changes: a walkthrough is large to copy.
final class PageFrame {
  let walkthrough: Walkthrough
  let words: PageWords
  /// All languages of the page, in order.
  let languages: [Language]

  init(walkthrough: Walkthrough, words: PageWords, languages: [Language]) {
    (self.walkthrough, self.words, self.languages) = (walkthrough, words, languages)
  }

  /// The prompt's tokens with their ids; the one that is followed is outlined.
  var header: HTML {
    let subject = walkthrough.subject
    let reading = subject.words(in: walkthrough.language)
    let chips = subject.tokens.indices.map { position -> HTML in
      let token = subject.tokens[position]
      let isFollowed = position == subject.followed
      return #"""
        <li\#(marks(position, reading))>\#(Markup.token(token.text))\#
        <small data-derived="token_ids[\#(position)]">\#(token.id)</small>\#
        \#(note(position, reading))\#(isFollowed ? hidden(words.followed) : HTML.nothing)</li>
        """#
    }
    return ##"""
      <header class="top">
      <div class="bar">
      <a class="brand" href="#\##(words.prefix)content">explain</a>
      <div class="chips" role="group" tabindex="0" aria-label="\##(Markup.plain(words.tokensLabel))">
      <ol>
      \##(chips.joined(separator: "\n"))
      </ol>
      </div>
      \##(otherLanguages)</div>
      </header>
      """##
  }

  /// The classes of a token's chip, and what is noted of it in words.
  private func marks(_ position: Int, _ reading: ReadingWords) -> HTML {
    let subject = walkthrough.subject
    var classes: [String] = []
    if position == subject.followed { classes.append("followed") }
    if reading.mark(position) != nil { classes.append("noted") }
    if subject.notes.isHardlyMet(position) { classes.append("rare") }
    let names = classes.joined(separator: " ")
    let list: HTML = classes.isEmpty ? .nothing : #" class="\#(names)""#
    let title: HTML = reading.remark(position).map { #" title="\#($0)""# } ?? .nothing
    return list + title
  }

  /// The mark beneath a token that is part of a character or was hardly met.
  private func note(_ position: Int, _ reading: ReadingWords) -> HTML {
    guard let mark = reading.mark(position), let remark = reading.remark(position) else {
      return .nothing
    }
    return #"""
      <small class="note" aria-hidden="true">\#(mark)</small>\#
      <span class="unseen">\#(remark)</span>
      """#
  }

  /// Links to the page's other editions.
  private var otherLanguages: HTML {
    languages.filter { $0 != walkthrough.language }.map { language -> HTML in
      let name = language == .en ? "English" : "日本語"
      let code = language.rawValue
      return ##"""
        <a class="language" href="#edition-\##(code)" lang="\##(code)" hreflang="\##(code)">\##(name)</a>

        """##
    }.joined()
  }

  /// The map of the model: its stages in order, those of a block in a box of their own, and the steps of each.
  var rail: HTML {
    let stages = walkthrough.stages
    let start = stages.firstIndex { $0.isInBlock } ?? stages.endIndex
    let end = stages[start...].firstIndex { !$0.isInBlock } ?? stages.endIndex
    func items(_ part: Range<Int>) -> HTML {
      var html = HTML.nothing
      for index in part { html += link(stages[index]) + (index + 1 < part.upperBound ? "\n" : "") }
      return html
    }
    return #"""
      <nav class="rail" aria-label="\#(Markup.plain(words.stagesLabel))">
      <ol>
      \#(items(0..<start))
      <li class="block"><span class="times">\#(Markup.text(words.times(walkthrough.layerCount)))</span>
      <ol>
      \#(items(start..<end))
      </ol></li>
      \#(items(end..<stages.count))
      </ol>
      </nav>
      """#
  }

  /// A stage as a link, and beneath it its steps as dots.
  private func link(_ stage: Stage) -> HTML {
    let id = "\(words.prefix)stage-\(stage.id.rawValue)"
    let steps = stage.steps.map { step -> HTML in
      let title = Markup.plain(step.title)
      return
        ##"<li><a href="#\##(id)-\##(step.id)" title="\##(title)"></a></li>"##
    }
    return ##"""
      <li><a href="#\##(id)"><span>\##(Markup.text(stage.name))</span></a>
      <ol class="dots">\##(steps.joined())</ol></li>
      """##
  }

  /// Shown by the script, which it is of no use without.
  var stepper: HTML {
    #"""
    <nav class="stepper" hidden="hidden" aria-label="\#(words.steps)">
    <div class="progress" aria-hidden="true"><span></span></div>
    <div class="bar">
    <button type="button" class="back"><span aria-hidden="true">← </span>\#(words.back)</button>
    <p class="place" aria-live="polite"></p>
    <button type="button" class="play">\#(words.play)</button>
    <button type="button" class="whole">\#(words.allSteps)</button>
    <button type="button" class="forward">\#(words.nextStep)<span aria-hidden="true"> →</span></button>
    </div>
    </nav>
    """#
  }

  /// Words for those who do not see the outline.
  private func hidden(_ text: RichText) -> HTML {
    #"<span class="unseen">\#(Markup.text(text))</span>"#
  }
}
