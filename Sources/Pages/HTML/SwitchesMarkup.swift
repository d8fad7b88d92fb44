import Graphics
import Traces
import Walkthrough

/// Switches as rows of buttons; the page's script shows them where the program is there to run again.
struct SwitchesMarkup {
  let switches: Switches

  var markup: HTML {
    let rows = switches.rows.map { row -> HTML in
      let buttons = row.switches.map { one -> HTML in
        #"""
        <button type="button" data-ablate="\#(one.site.name)" aria-pressed="\#(one.isOff ? "true" : "false")" \#
        aria-label="\#(Markup.plain(one.name))">\#(Markup.text(one.label))</button>
        """#
      }
      return #"""
        <p><span>\#(Markup.text(row.title))</span> \#(buttons.joined(separator: " "))</p>

        """#
    }
    let (element, title) = switches.isFolded ? ("details", "summary") : ("div", "p")
    return #"""
      <\#(element) class="panel switches" data-panel="switches" hidden="hidden">
      <\#(title)>\#(Markup.text(switches.title))</\#(title)>
      \#(rows.joined())</\#(element)>

      """#
  }
}
