import CAssets
import Graphics
import Walkthrough

/// The frame of a page about a text: its head, the style, one column.
struct TextPage {
  let title: String
  let language: Language
  let content: HTML
  /// What the page's style needs besides.
  var ownStyle = HTML.nothing
  /// The page's script, if it has one.
  var script: PageScript?
  /// What the page carries so that its forms are answered; it brings a script of its own.
  var living: Living?

  var html: String {
    let page: HTML = #"""
      <!DOCTYPE html>
      <html lang="\#(language.rawValue)"\#(living == nil ? .nothing : #" data-state="article""# as HTML)>
      <head>
      <meta charset="utf-8"/>
      <meta name="generator" content="explain"/>
      <meta http-equiv="Content-Security-Policy" content="\#(policy)"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <title>\#(title) · explain</title>
      <meta name="color-scheme" content="light dark"/>
      <link rel="icon" href="data:,"/>
      <style>
      \#(HTML(trusted: SVG.styleSheet))\#(HTML(trusted: HTMLPage.style))\#(HTML(trusted: Self.style))\#(ownStyle)\#(living == nil ? .nothing : HTML(trusted: HTMLPage.askingStyle))</style>
      </head>
      <body>
      <main class="text-page">
      \#(content)</main>
      \#(runs?.element)\#(living?.carried)</body>
      </html>

      """#
    return page.text
  }

  /// Nothing is loaded, and nothing but the page's own script runs, whatever a text may hold.
  private var policy: HTML {
    let own = runs.map { "\(HTMLPage.policy); script-src '\($0.hash)'" as HTML }
    return (own ?? HTMLPage.policy) + (living?.policy ?? .nothing)
  }

  /// The script that runs.
  private var runs: PageScript? { living == nil ? script : .asking }

  /// A token's text as it stands in a running text: line ends break the line.
  static func running(_ text: String) -> HTML {
    var html = HTML.nothing
    var line = ""
    for character in text {
      guard character == "\n" else { line.append(character); continue }
      html += "\(VisibleText.plain(line))⏎<br/>"
      line = ""
    }
    return html + "\(VisibleText.plain(line))"
  }

  /// That the model's run was changed from outside, if it was.
  static func notice(_ notice: String?) -> HTML {
    notice.map { #"<p class="notice" role="alert">\#(VisibleText.plain($0))</p>\#n"# } ?? .nothing
  }

  /// What there is to say of tokens that were hardly met, or are parts of characters.
  static func remarks(_ remarks: [String]) -> HTML {
    remarks.map { #"<p class="caution">\#(VisibleText.plain($0))</p>\#n"# as HTML }.joined()
  }

  /// The mark beside a token's name.
  static func note(_ reading: ReadingWords, at position: Int) -> HTML {
    guard let mark = reading.mark(position), let remark = reading.remark(position) else {
      return .nothing
    }
    return #" <small class="note" title="\#(remark)">(\#(mark))</small>"#
  }

  /// The class of a token by its probability: s12 for 1, a level less for each halving.
  ///
  /// So it is s0 for 1/4096 and less. The less probable, the darker: what surprised the model is what one looks for.
  ///
  /// - Parameter bits: −log₂ of the probability.
  /// - Returns: The class's name.
  static func shade(bits: Double) -> String {
    let level = bits.isNaN ? 0 : min(12, max(0, 12 - bits.rounded()))
    return "s\(Int(level))"
  }

  /// The shades with their meaning, for the key: from improbable and dark to probable and pale.
  static func key(_ title: String) -> HTML {
    let last = ColorScale.levelCount - 1
    let steps = (0...last).map { level -> HTML in
      let share = level == last ? "1" : "\(level == 0 ? "≤ " : "")1/\(1 << (last - level))"
      return #"<span class="s\#(level)">\#(share)</span>"#
    }
    return #"<p class="key">\#(title) \#(steps.joined())</p>"# + "\n"
  }

  private static let style: String = {
    let shades = (0..<ColorScale.levelCount).map { level in
      // Half of the scale of data: a text stays a text.
      let shade = level == 0 ? 7 : (12 - level) / 2
      let (ground, ink) = (Paint.level(.data, shade), Paint.on(.data, shade))
      return
        ".s\(level){background:var(--\(ground.className));color:var(--\(ink.className))}"
    }
    return shades.joined() + """

      .s12{background:none}.running>*{border-bottom:2px solid transparent}.running>:is(.s0,.s1,.s2,.s3,.s4){border-color:var(--ink)}
      .text-page{max-width:1376px;margin:0 auto;padding:40px 32px 64px;display:grid;gap:24px;grid-template-columns:minmax(0,1fr)}
      .text-page h1{font-size:1.875rem}.text-page h2{font-size:1.0625rem}
      .running{font-size:1.125rem;line-height:2;max-width:72ch;white-space:pre-wrap;overflow-wrap:anywhere}
      .running>*{padding:.15em 0;border-radius:3px;text-decoration:none}
      .running>.given{color:var(--muted)}
      .running .rare{outline:1px dashed var(--muted);outline-offset:-1px}
      .key{font-size:.875rem;color:var(--muted);max-width:none}
      .key span{display:inline-block;min-width:2em;padding:2px 4px;text-align:center;font-size:.75rem}
      .stories{display:grid;gap:32px;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));align-items:start}
      .story{min-width:0;display:grid;gap:16px;grid-template-columns:minmax(0,1fr)}
      .story .scroll{padding:0}.detail{display:none}.detail:target{display:block}
      .plays .detail:target{display:none}.plays .detail.picked{display:block}
      .detail.next{max-width:42rem;padding-top:0}.detail>p{margin-bottom:8px}
      .detail ol{display:block;columns:2;column-gap:32px}.detail li{display:grid;grid-template-columns:6.5rem minmax(0,1fr) 4.5rem;align-items:center;break-inside:avoid;padding:3px 0;font-size:.9375rem}
      .detail li>:last-child{text-align:right}.detail .name .token{overflow-wrap:anywhere;white-space:pre-wrap}
      .story .scroll{margin-bottom:12px}.stories:has(.story+.story) .detail ol{columns:1}
      @media (max-width:560px){.detail ol{columns:1}}
      @media (min-width:1100px){.story:only-child{grid-template-columns:minmax(0,1fr) minmax(0,42rem);gap:16px 48px}.story:only-child>:not(.detail){grid-column:1}.story:only-child>.detail{grid-area:1/2/9}}
      .detail h3{font-size:1.0625rem}.detail .chosen{color:var(--accent);font-weight:600}
      .running>a.later{visibility:hidden}.running>a.picked,.running>a:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
      .player{display:flex;flex-wrap:wrap;gap:8px;align-items:center;position:sticky;top:0;z-index:2;padding:8px 0;background:var(--page)}
      .player[hidden]{display:none}.player input{flex:1;min-width:8rem;accent-color:var(--ink)}
      .player button{font:inherit;min-width:5.5em;padding:6px 12px;border:1px solid var(--muted);border-radius:8px;background:var(--card);color:var(--ink)}
      @media (min-width:1720px){.text-page{max-width:1680px}.story .scroll>.fig{width:auto}}
      @media print{.player{display:none}.running>a.later{visibility:visible}}
      @media print{.running>*,.key span{-webkit-print-color-adjust:exact;print-color-adjust:exact}}

      """
  }()
}
