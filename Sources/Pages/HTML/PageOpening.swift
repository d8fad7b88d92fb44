import Graphics
import Walkthrough

/// How a page opens: the prompt, the model, the answer, and the map of what lies between.
struct PageOpening {
  let walkthrough: Walkthrough
  let words: PageWords

  func section(_ ids: inout PageIDs) -> HTML {
    let prompt = walkthrough.subject.prompt
    let shown = ids.claim("prompt-shown")
    let size = prompt.count > 160 ? " long" : prompt.count > 48 ? " medium" : ""
    return #"""
      <section class="opening" aria-labelledby="\#(shown)">
      <div class="words">
      <p class="kicker">\#(Markup.text(words.opening))</p>
      <h1 class="prompt\#(size)" id="\#(shown)">\#
      <span dir="auto">\#(VisibleText.plain(prompt))</span>\#
      <span class="blank">&#xA0;…</span></h1>
      \#(notices)<p class="lead">\#(Markup.text(words.lead))</p>
      <p class="model">\#(Markup.text(words.letters))</p>
      <p class="model">\#(Markup.text(words.model(walkthrough.subject.model)))</p>
      \#(legend)\#
      </div>
      \#(predictions)\#(FigureCard(walkthrough.subject.map, &ids).html)</section>

      """#
  }

  private var notices: HTML {
    walkthrough.notices.reduce(HTML.nothing) { html, notice in
      html + #"""
        <p class="notice" role="alert">\#(Markup.text(notice))</p>

        """#
    }
  }

  private var predictions: HTML? {
    let shown = walkthrough.next.prefix(5)
    guard let likeliest = shown.first?.probability.value, likeliest > 0 else { return nil }
    let rows = shown.map { prediction -> HTML in
      let share = max(0, min(1, prediction.probability.value / likeliest))
      return #"""
        <li><span class="name">\#(Markup.token(prediction.text))</span>\#
        <span class="bar" style="--share:\#(Decimal.rounded(share, digits: 4))"></span>\#
        \#(Markup.number(prediction.probability))</li>
        """#
    }
    return #"""
      <div class="next">
      <h2>\#(Markup.text(words.next))</h2>
      <ol>
      \#(rows.joined(separator: "\n"))
      </ol>
      \#(caution)</div>

      """#
  }

  /// What the marks in the strip of tokens mean, if there are any.
  private var legend: HTML? {
    walkthrough.subject.words(in: walkthrough.language).legend.map {
      #"<p class="model">\#(Markup.text($0))</p>\#n"#
    }
  }

  /// Says that the predictions follow tokens the model hardly met, if they do.
  private var caution: HTML? {
    walkthrough.subject.words(in: walkthrough.language).caution.map {
      #"<p class="caution">\#(Markup.text($0))</p>\#n"#
    }
  }
}
