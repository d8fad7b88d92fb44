import Graphics
import Walkthrough

/// A figure on a card: its title, the drawing in a box that may scroll sideways, its caption.
struct FigureCard {
  let figure: Figure

  func card(_ ids: inout PageIDs) -> HTML {
    let id = ids.claim(figure.name)
    let caption: HTML =
      figure.caption.map { #"<p class="caption">\#(Markup.text($0))</p>\#n"# } ?? ""
    return #"""
      <figure id="\#(id)">
      <figcaption>\#(VisibleText.plain(figure.scene.title))</figcaption>
      <div class="scroll" style="--width:\#(Int(size.width.rounded(.up)))"\#(focus)>
      \#(HTML(trusted: SVG.inline(figure.scene, idPrefix: id)))</div>
      \#(caption)</figure>

      """#
  }

  private var size: (width: Double, height: Double) { SVG.size(of: figure.scene) }

  /// What lets the keyboard scroll the drawing, if it is wider than the narrowest phone.
  private var focus: HTML {
    guard size.width > 320 else { return .nothing }
    return #" role="group" tabindex="0" aria-label="\#(VisibleText.plain(figure.scene.title))""#
  }
}
