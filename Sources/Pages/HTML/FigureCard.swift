import Graphics
import Walkthrough

/// A figure on a card: its title, the drawing in a box that may scroll sideways, its caption.
struct FigureCard {
  private let figure: Figure
  private let id: String
  private let drawings: [SVG.Element]

  /// What of a figure is left to the page's script, which has the numbers.
  struct Leaving {
    var bars = false
    var numbers = false
  }

  init(_ figure: Figure, _ ids: inout PageIDs, leaving: Leaving = Leaving()) {
    self.figure = figure
    id = ids.claim(figure.name)
    // Three and more of a kind stand side by side, as many as there is room for.
    let count = figure.scene.panels.count
    var drawings: [SVG.Element] = []
    for panel in count > 2 ? Array(0..<count) : [-1] {
      var scene = figure.scene
      var prefix = id
      if panel >= 0 {
        scene.panels = [scene.panels[panel]]
        if let caption = scene.panels[0].caption { scene.title = caption.plain }
        if panel < count - 1 { scene.key = nil }
        prefix += "-\(panel)"
      }
      drawings.append(
        SVG.element(
          scene,
          idPrefix: prefix,
          leavesBarsOut: leaving.bars,
          leavesNumbersOut: leaving.numbers
        )
      )
    }
    self.drawings = drawings
  }

  /// Whether the drawing is a strip: too wide to stand beside words, and low enough to stand beneath them.
  var isStrip: Bool { drawings.count > 1 || drawings[0].width > 560 && drawings[0].height < 170 }

  var html: HTML {
    let caption = figure.caption.map { #"<p class="caption">\#(Markup.text($0))</p>\#n"# as HTML }
    let scrolls = drawings.map { drawing -> HTML in
      #"""
      <div class="scroll" style="--width:\#(Int(drawing.width.rounded(.up)))"\#(focus(drawing))>
      \#(HTML(trusted: drawing.markup))</div>

      """#
    }
    return #"""
      <figure id="\#(id)"\#(template("title", figure.titleTemplate))\#(template("description", figure.descriptionTemplate))>
      <figcaption><span>\#(title)</span></figcaption>
      \#(scrolls.joined())\#(caption)</figure>

      """#
  }

  /// What the script makes a title or a description of, if it changes with what the reader follows.
  private func template(_ name: HTML, _ text: String?) -> HTML {
    text.map { #" data-\#(name)="\#(VisibleText.plain($0))""# as HTML } ?? .nothing
  }

  private var title: String { VisibleText.plain(figure.scene.title) }

  /// What lets the keyboard scroll the drawing, if it is wider than the narrowest phone.
  private func focus(_ drawing: SVG.Element) -> HTML {
    drawing.width > 320 ? #" role="group" tabindex="0" aria-label="\#(title)""# : .nothing
  }
}
