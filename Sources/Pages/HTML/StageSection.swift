import Walkthrough

/// A stage as a section of a page: what comes in, the steps, what goes out.
struct StageSection {
  let stage: Stage
  let number: Int
  let count: Int
  let words: PageWords
  /// What of its figures is left to the page's script.
  let leaving: FigureCard.Leaving
  /// Whether the page carries the program.
  let isLiving: Bool

  func section(_ ids: inout PageIDs, _ molds: inout [RetoldSteps.Mold]) -> HTML {
    let id = ids.claim("stage-\(stage.id.rawValue)")
    let heading = ids.claim("\(id)-title")
    var steps = HTML.nothing
    for index in stage.steps.indices {
      let step = stage.steps[index]
      let name = ids.claim("\(id)-\(step.id)")
      let place = "\(number).\(index + 1)"
      molds.append(RetoldSteps.Mold(id: name, number: place))
      var article = StepArticle(step: step, id: name, number: place, words: words)
      (article.leaving, article.isLiving) = (leaving, isLiving)
      steps += article.article(&ids)
    }
    return #"""
      <section class="stage" id="\#(id)" aria-labelledby="\#(heading)">
      <header>
      <p class="kicker">\#(Markup.text(words.stage(number, of: count)))</p>
      <h2 id="\#(heading)">\#(Markup.text(stage.title))</h2>
      \#(flow(stage.input, label: words.comesIn, direction: "in"))
      </header>
      \#(steps)\#(flow(stage.output, label: words.goesOut, direction: "out"))
      </section>

      """#
  }

  private func flow(_ flow: Flow, label: RichText, direction: String) -> HTML {
    let name: HTML = flow.name.map { " <code>\($0)</code>" } ?? .nothing
    let shape: HTML =
      flow.shape.isEmpty ? .nothing : #" <span class="shape">\#(flow.shape)</span>"#
    return #"""
      <p class="flow \#(direction)"><span class="label">\#(Markup.text(label))</span> \#
      <span>\#(Markup.text(flow.what))\#(name)\#(shape)</span></p>
      """#
  }
}
