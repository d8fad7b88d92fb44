import Graphics
import Walkthrough

/// A page's content in one language: what stays in sight, the article, the end.
///
/// A page of several languages has an edition for each; every id of the second begins with its language.
struct Edition {
  let walkthrough: Walkthrough
  let following: Following?
  let words: PageWords
  /// All languages of the page, in order.
  let languages: [Language]
  /// Whether the page carries the program, and what that tells of.
  var isLiving = false
  /// Whether it carries the model too; else what was recorded of the run.
  var carriesModel = true

  /// Only the first edition is shown at once.
  private var hidden: HTML { words.prefix.isEmpty ? .nothing : #" hidden="hidden""# }

  /// A page has one `main`; the script makes another edition's content the main one when it shows it.
  private var element: HTML { words.prefix.isEmpty ? "main" : "div" }

  /// The numbers in larger matrices are most of a page; the script writes them, if it has them.
  private var leaving: FigureCard.Leaving {
    FigureCard.Leaving(numbers: following != nil && walkthrough.subject.tokens.count > 8)
  }

  private var footer: HTML {
    PageFooter(
      walkthrough: walkthrough,
      following: following,
      isLiving: isLiving,
      carriesModel: carriesModel,
      words: words
    ).footer
  }

  /// The edition's markup, and how its steps were made.
  var content: (html: HTML, molds: [RetoldSteps.Mold]) {
    let frame = PageFrame(walkthrough: walkthrough, words: words, languages: languages)
    // Ids are claimed in the order of the page, so the pieces are made in that order.
    var ids = PageIDs(prefix: words.prefix)
    let main = ids.claim("content")
    let opening = PageOpening(walkthrough: walkthrough, words: words).section(&ids)
    var stages = HTML.nothing
    var molds: [RetoldSteps.Mold] = []
    for index in walkthrough.stages.indices {
      let stage = StageSection(
        stage: walkthrough.stages[index],
        number: index + 1,
        count: walkthrough.stages.count,
        words: words,
        leaving: leaving,
        isLiving: isLiving
      )
      stages += stage.section(&ids, &molds)
    }
    let language = walkthrough.language.rawValue
    let html: HTML = ##"""
      <div class="edition" id="edition-\##(language)" lang="\##(language)"\##(hidden)>
      <a class="skip" href="#\##(main)">\##(Markup.text(words.skipToContent))</a>
      \##(frame.header)
      <div class="frame">
      \##(frame.rail)
      <\##(element) class="main" id="\##(main)">
      \##(opening)\##(stages)</\##(element)>
      </div>
      \##(footer)
      \##(frame.stepper)
      </div>

      """##
    return (html, molds)
  }
}
