import Graphics
import Walkthrough

/// A step as an article: its words beside its figure where there is room, so that it fits a screen.
struct StepArticle {
  /// Blocks that stand together.
  private enum Group: String {
    case prose
    case maths
    case visual
    case found

    init(_ block: Block) {
      switch block {
      case .paragraph, .leftOut: self = .prose
      case .found: self = .found
      case .equation, .arithmetic: self = .maths
      case .table, .figure: self = .visual
      }
    }
  }

  let step: Step
  let id: String
  let number: String
  let words: PageWords

  func article(_ ids: inout PageIDs) -> HTML {
    var parts = HTML.nothing
    for (group, blocks) in groups {
      var part: HTML =
        group == .found ? #"<p class="label">\#(Markup.text(words.found))</p>\#n"# : .nothing
      for block in blocks { part += markup(block, &ids) }
      parts += #"<div class="\#(group.rawValue)">\#n\#(part)</div>\#n"#
    }
    let heading = ids.claim("\(id)-title")
    return ##"""
      <article class="step \##(layout)" id="\##(id)" aria-labelledby="\##(heading)"\##(tracks)>
      <h3 id="\##(heading)"><a class="number" href="#\##(id)">\##(number)</a> \##(Markup.text(step.title))</h3>
      \##(parts)</article>

      """##
  }

  private var groups: [(Group, [Block])] {
    var groups: [(Group, [Block])] = []
    for block in step.blocks {
      if let last = groups.last, last.0 == Group(block) {
        groups[groups.count - 1].1.append(block)
      } else {
        groups.append((Group(block), [block]))
      }
    }
    return groups
  }

  /// How the step is laid out where the page is wide.
  ///
  /// `beside`: words left, the figure right. `stacked`: figures below, because there are several or
  /// the only one is wide and low. `plain`: words left, formulas right, no figure.
  private var layout: String {
    let visuals = groups.filter { $0.0 == .visual }
    guard let visual = visuals.first else {
      return groups.count { $0.0 == .maths } == 1 ? "plain" : "stacked"
    }
    guard visuals.count == 1, groups.count > 1 else { return "stacked" }
    let shown = visual.1.filter { block in
      if case .table(let table) = block { !table.isBehindFigure } else { true }
    }
    guard shown.count == 1 else { return "stacked" }
    switch shown[0] {
    case .figure(let figure):
      let size = SVG.size(of: figure.scene)
      return size.width > 560 && size.height < 170 ? "stacked" : "beside"
    case .table(let table): return table.columns.count > 6 ? "stacked" : "beside"
    default: return "stacked"
    }
  }

  /// The rows of the grid: the heading, the words, and what is left of the thing beside them.
  private var tracks: HTML {
    let aside: Group = layout == "beside" ? .visual : .maths
    let words = String(repeating: "auto ", count: groups.count { $0.0 != aside })
    return layout == "stacked" ? .nothing : #" style="--tracks:auto \#(words)1fr""#
  }

  private func markup(_ block: Block, _ ids: inout PageIDs) -> HTML {
    switch block {
    case .paragraph(let text), .found(let text):
      return "<p>\(Markup.text(text))</p>\n"
    case .equation(let math):
      return equation(math)
    case .arithmetic(let lines):
      let items = lines.map { "<li>\(Markup.text($0))</li>" as HTML }
      return #"<ul class="arithmetic">\#(items.joined())</ul>\#n"#
    case .table(let table):
      return TableMarkup(table: table).markup
    case .figure(let figure):
      return FigureCard(figure: figure).card(&ids)
    case .leftOut(let text):
      return #"<p class="left-out">\#(Markup.text(text))</p>\#n"#
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
