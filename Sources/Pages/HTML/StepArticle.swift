import Graphics
import Walkthrough

/// A step as an article: its words beside its figure where there is room, so that it fits a screen.
struct StepArticle {
  let step: Step
  let id: String
  let number: String
  let words: PageWords
  /// What of its figures is left to the page's script.
  var leaving = FigureCard.Leaving()
  /// Whether the page carries the program: only that makes use of switches.
  var isLiving = true
  /// Whether it stands within a step of another article, and is no step of the page itself.
  var isPart = false

  func article(_ ids: inout PageIDs) -> HTML {
    let heading = ids.claim("\(id)-title")
    let groups = groups(&ids)
    let layout = StepLayout(groups)
    let places = layout == .stacked ? StepLayout.places(groups.map { $0.kind }) : nil
    let parts = groups.enumerated().map { index, group -> HTML in
      let label: HTML =
        group.kind == .found
        ? #"<p class="label">\#(Markup.text(words.found))</p>\#n"# : .nothing
      let place = places?[index].style
      return #"<div class="\#(group.kind.rawValue)"\#(place)>\#n\#(label)\#(group.html)</div>\#n"#
    }
    return ##"""
      <article class="\##(isPart ? "part" : "step") \##(layout.rawValue)" id="\##(id)" aria-labelledby="\##(heading)"\##(scope)\##(untold)\##(layout.tracks(groups))>
      <h3 id="\##(heading)"><a class="number" href="#\##(id)">\##(number)</a> \##(Markup.text(step.title))</h3>
      \##(parts.joined())</article>

      """##
  }

  /// That the script has to ask for what the step shows.
  private var untold: HTML { step.isTold ? .nothing : #" data-untold="untold""# }

  /// What the step depends on, for the script.
  private var scope: HTML {
    step.follows == .nothing ? .nothing : #" data-follows="\#(step.follows.name)""#
  }

  private func groups(_ ids: inout PageIDs) -> [StepGroup] {
    var groups: [StepGroup] = []
    for block in step.blocks {
      let kind = StepGroup.Kind(block)
      if groups.last?.kind != kind { groups.append(StepGroup(kind: kind)) }
      add(block, to: &groups[groups.count - 1], &ids)
      if groups[groups.count - 1].html.text.isEmpty { groups.removeLast() }
    }
    return groups
  }

  private func add(_ block: Block, to group: inout StepGroup, _ ids: inout PageIDs) {
    switch block {
    case .paragraph(let text), .found(let text):
      group.html += "<p>\(Markup.text(text))</p>\n"
    case .leftOut(let text):
      group.html += #"<p class="left-out">\#(Markup.text(text))</p>\#n"#
    case .equation(let math):
      group.html += equation(math)
    case .arithmetic(let lines):
      let items = lines.map { "<li>\(Markup.text($0))</li>" as HTML }
      group.html += #"<ul class="arithmetic">\#(items.joined())</ul>\#n"#
    case .table(let table):
      group.html += TableMarkup(table: table, language: words.language).markup
      if !table.isBehindFigure { group.isWide.append(table.columns.count > 5) }
    case .panel(let panel):
      let form = isLiving ? PanelForm(panel: panel, language: words.language).html : .nothing
      group.html +=
        #"<div class="panel" data-panel="\#(panel.rawValue)" hidden="hidden">\#(form)</div>\#n"#
      // The others take the place of what stands there without the script.
      if panel == .lines { group.isWide.append(false) }
    case .switches(let switches):
      guard isLiving else { break }
      group.html += SwitchesMarkup(switches: switches).markup
      // What is folded away stands beneath the figure that it belongs to.
      if !switches.isFolded { group.isWide.append(false) }
    case .figure(let figure):
      let card = FigureCard(figure, &ids, leaving: leaving)
      group.html += card.html
      group.isWide.append(card.isStrip)
    }
  }

  /// A formula; one that cannot break and may be wider than a phone can be scrolled by keyboard too.
  private func equation(_ math: Math) -> HTML {
    let formula = MathML.block(math)
    if MathML.isInParts(math) { return #"<div class="equation parts">\#(formula)</div>\#n"# }
    if !MathML.isLong(math) { return #"<div class="equation">\#(formula)</div>\#n"# }
    let label = Markup.plain(words.equation)
    return #"""
      <div class="equation" role="group" tabindex="0" aria-label="\#(label)">\#(formula)</div>

      """#
  }
}
