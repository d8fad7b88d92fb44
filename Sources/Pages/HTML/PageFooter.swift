import Graphics
import Walkthrough

/// How a page ends: the model, how the numbers were made, and the key to the colours.
struct PageFooter {
  let walkthrough: Walkthrough
  /// What the page carries so that other tokens, layers and heads can be followed.
  let following: Following?
  /// Whether the page carries the program, and what that tells of.
  let isLiving: Bool
  /// Whether it carries the model too; else what was recorded of the run.
  var carriesModel = true
  let words: PageWords

  var footer: HTML {
    let origins = words.origins.map { origin -> HTML in
      "<dt><code>\(origin.name)</code></dt><dd>\(Markup.text(origin.meaning))</dd>"
    }
    let colors = words.colors.map { color -> HTML in
      "<li>\(sample(color.scale))<span>\(Markup.text(color.meaning))</span></li>"
    }
    return #"""
      <footer class="end">
      <div class="bar">
      \#(again)<section>
      <h2>\#(Markup.text(words.aboutNumbers))</h2>
      <p>\#(Markup.text(words.model(walkthrough.subject.model)))</p>
      <p>\#(Markup.text(words.howNumbersWereMade))</p>
      \#(carried.joined())\#
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

  /// Back to the prompt box, and what its examples are put beneath by the script.
  private var again: HTML {
    guard isLiving else { return .nothing }
    return #"""
      <section class="again">
      <h2>\#(words.box.again)</h2>
      <p><button type="button" class="type-another">\#(words.box.typeAnother)</button></p>
      </section>

      """#
  }

  /// How exact what the page carries is, and what was left out of it.
  private var carried: [HTML] {
    if isLiving {
      return ["<p>\(Markup.text(carriesModel ? words.howLive : words.howTold))</p>\n"]
    }
    guard let following else { return [] }
    let texts = [words.howExact] + [words.leftOut(of: following)].compactMap { $0 }
    return texts.map { "<p>\(Markup.text($0))</p>\n" }
  }

  /// A strip of a scale's colours, or the outline of what is followed.
  private func sample(_ scale: ColorScale.Role?) -> HTML {
    guard let scale else { return #"<span class="sample follow"></span>"# }
    let levels = (0..<ColorScale.levelCount).map { level in
      #"<rect class="\#(Paint.level(scale, level).className)" x="\#(level)" width="1.1" height="1"/>"#
        as HTML
    }
    return #"""
      <svg class="fig sample" viewBox="0 0 \#(ColorScale.levelCount) 1" preserveAspectRatio="none" aria-hidden="true">\#
      \#(levels.joined())</svg>
      """#
  }
}
