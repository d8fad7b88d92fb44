import Walkthrough

/// A stage as a section of a page: what comes in, the steps, what goes out.
struct StageSection {
  let stage: Stage
  let number: Int
  let count: Int
  let words: PageWords

  func section(_ ids: inout PageIDs) -> HTML {
    let id = ids.claim("stage-\(stage.id.rawValue)")
    let heading = ids.claim("\(id)-title")
    var steps = HTML.nothing
    for index in stage.steps.indices {
      let step = stage.steps[index]
      steps += StepArticle(
        step: step,
        id: ids.claim("\(id)-\(step.id)"),
        number: "\(number).\(index + 1)",
        words: words
      ).article(&ids)
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
