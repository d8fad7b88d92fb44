import Walkthrough

/// How a page ends: the model, how the numbers were made, and the key to the colours.
struct PageFooter {
  let walkthrough: Walkthrough
  let words: PageWords

  var footer: HTML {
    let origins = words.origins.map { origin -> HTML in
      "<dt><code>\(origin.name)</code></dt><dd>\(Markup.text(origin.meaning))</dd>"
    }
    let colors = words.colors.map { color -> HTML in
      #"<li><span class="sample \#(color.sample)"></span>\#(Markup.text(color.meaning))</li>"#
    }
    return #"""
      <footer class="end">
      <div class="bar">
      <section>
      <h2>\#(Markup.text(words.aboutNumbers))</h2>
      <p>\#(Markup.text(words.model(walkthrough.subject.model)))</p>
      <p>\#(Markup.text(words.howNumbersWereMade))</p>
      <dl>
      \#(origins.joined(separator: "\n"))
      </dl>
      </section>
      <section>
      <h2>\#(Markup.text(words.aboutColors))</h2>
      <ul class="colors">
      \#(colors.joined(separator: "\n"))
      </ul>
      </section>
      </div>
      </footer>
      """#
  }
}
