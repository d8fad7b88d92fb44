import Graphics
import Walkthrough

/// A figure on a card: its title, the drawing in a box that may scroll sideways, its caption.
struct FigureCard {
  private let figure: Figure
  private let id: String
  private let drawing: SVG.Element

  /// What of a figure is left to the page's script, which has the numbers.
  struct Leaving {
    var bars = false
    var numbers = false
  }

  init(_ figure: Figure, _ ids: inout PageIDs, leaving: Leaving = Leaving()) {
    self.figure = figure
    id = ids.claim(figure.name)
    drawing = SVG.element(
      figure.scene,
      idPrefix: id,
      leavesBarsOut: leaving.bars,
      leavesNumbersOut: leaving.numbers
    )
  }

  /// Whether the drawing is a strip: too wide to stand beside words, and low enough to stand beneath them.
  var isStrip: Bool { drawing.width > 560 && drawing.height < 170 }

  var html: HTML {
    let caption = figure.caption.map { #"<p class="caption">\#(Markup.text($0))</p>\#n"# as HTML }
    return #"""
      <figure id="\#(id)"\#(template("title", figure.titleTemplate))\#(template("description", figure.descriptionTemplate))>
      <figcaption><span>\#(title)</span></figcaption>
      <div class="scroll" style="--width:\#(Int(drawing.width.rounded(.up)))"\#(focus)>
      \#(HTML(trusted: drawing.markup))</div>
      \#(caption)</figure>

      """#
  }

  /// What the script makes a title or a description of, if it changes with what the reader follows.
  private func template(_ name: HTML, _ text: String?) -> HTML {
    text.map { #" data-\#(name)="\#(VisibleText.plain($0))""# as HTML } ?? .nothing
  }

  private var title: String { VisibleText.plain(figure.scene.title) }

  /// What lets the keyboard scroll the drawing, if it is wider than the narrowest phone.
  private var focus: HTML {
    drawing.width > 320 ? #" role="group" tabindex="0" aria-label="\#(title)""# : .nothing
  }
}
