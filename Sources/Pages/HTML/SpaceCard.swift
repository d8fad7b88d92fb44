import CAssets
import Formats
import Graphics
import Walkthrough

/// A slice of a space in three dimensions on a card: a drawing that a script lets the reader turn.
///
/// Without the script the drawing stands still, and the buttons are not there.
struct SpaceCard {
  let figure: Figure
  let caption: RichText
  let language: Language

  private func say(en: String, ja: String) -> String { language == .en ? en : ja }

  /// A card without points, for the script to put the program's answers in.
  static func empty(in language: Language) -> HTML {
    let scene = Scene(
      id: "space",
      title: language == .en
        ? "A slice of the space, in three dimensions" : "空間を3次元で切り取って見る",
      description: "",
      mark: SpaceScatter([])
    )
    let card = SpaceCard(
      figure: Figure(name: "space", scene: scene),
      caption: "",
      language: language
    )
    let title = VisibleText.plain(scene.title)
    return #"""
      <figure class="space">
      <figcaption>\#(title)</figcaption>
      <div class="scroll" role="group" tabindex="0" aria-label="\#(title). \#(card.hint)"\#(card.data(of: SpaceScatter([])))>
      <svg xmlns="http://www.w3.org/2000/svg" class="fig" role="img" aria-label="\#(title)" viewBox="0 0 560 376"></svg></div>
      <p class="turns" hidden="hidden">\#(card.buttons)<output></output></p>
      <p class="caption" data-part="axes"></p>
      <p class="caption"><span class="hint" hidden="hidden">\#(card.hint)</span></p>
      </figure>

      """#
  }

  /// The card, if the figure has points in space.
  func html(_ ids: inout PageIDs) -> HTML? {
    let shown = figure.scene.panels.lazy.compactMap { panel -> (Scene.Panel, SpaceScatter)? in
      if case .spaceScatter(let mark) = panel.mark { (panel, mark) } else { nil }
    }
    guard let (panel, mark) = shown.first else { return nil }
    let id = ids.claim(figure.name)
    // What the axes are stands in the card, where it stays when the script draws anew.
    var scene = figure.scene
    scene.panels = [Scene.Panel(mark)]
    let drawing = SVG.element(scene, idPrefix: id)
    let keys = ids.claim("\(id)-keys")
    let title = VisibleText.plain(figure.scene.title)
    return #"""
      <figure id="\#(id)" class="space">
      <figcaption>\#(title)</figcaption>
      <div class="scroll" style="--width:\#(Int(drawing.width))" role="group" tabindex="0" aria-label="\#(title)" aria-describedby="\#(keys)"\#(data(of: mark))>
      \#(HTML(trusted: drawing.markup))</div>
      <p class="turns" hidden="hidden">\#(buttons)<output></output></p>
      <p class="caption">\#(axes(panel.caption))</p>
      <p class="caption" id="\#(keys)"><span class="hint" hidden="hidden">\#(hint) </span>\#(Markup.text(caption))</p>
      </figure>

      """#
  }

  /// What the axes are called and keep.
  private func axes(_ caption: Caption?) -> HTML {
    (caption?.runs ?? []).map { run -> HTML in
      switch run {
      case .text(let words): "\(VisibleText.plain(words))"
      case .number(let quantity): Markup.number(quantity)
      }
    }.joined()
  }

  private var hint: String {
    say(
      en: "Drag it, or use the arrow keys while it has the focus, to turn it; Home turns it back.",
      ja: "ドラッグするか、選んで矢印キーを押すと回ります。Home キーで元に戻ります。"
    )
  }

  private var buttons: HTML {
    let turns = [
      ("ArrowLeft", "←", say(en: "Turn left", ja: "左へ回す")),
      ("ArrowRight", "→", say(en: "Turn right", ja: "右へ回す")),
      ("ArrowUp", "↑", say(en: "Tilt up", ja: "上へ傾ける")),
      ("ArrowDown", "↓", say(en: "Tilt down", ja: "下へ傾ける")),
      ("Home", "⟲", say(en: "Turn back", ja: "元に戻す")),
    ]
    return turns.map { key, sign, name -> HTML in
      #"<button type="button" data-key="\#(key)" aria-label="\#(name)" title="\#(name)">\#(sign)</button>"#
    }.joined(separator: "\n")
  }

  /// What the script draws from, as attributes.
  private func data(of mark: SpaceScatter) -> HTML {
    let points = mark.items.map { item -> JSON in
      [
        "label": .string(VisibleText.plain(item.label)),
        "at": .array(item.place.map { .number(Self.rounded($0, to: mark.radius)) }),
        "kind": .string(item.isFollowed ? "accent" : item.isFaint ? "muted" : "ink"),
      ]
    }
    let arrows = mark.arrows.map { JSON.array([.integer($0.from), .integer($0.to)]) }
    let view: JSON = ["turn": .number(mark.view.turn), "tilt": .number(mark.view.tilt)]
    let spoken = say(en: "turned {turn}°, tilted {tilt}°", ja: "回転 {turn}°、傾き {tilt}°")
    return #" data-points="\#(JSON.array(points).line)" data-arrows="\#(JSON.array(arrows).line)""#
      + #" data-view="\#(view.line)" data-radius="\#(Decimal.rounded(mark.radius, digits: 6))""#
      + #" data-spoken="\#(spoken)""#
  }

  /// More digits than a screen has pixels are of no use.
  private static func rounded(_ value: Double, to radius: Double) -> Double {
    let step = radius / 4096
    return (value / step).rounded() * step
  }

  /// The script that turns the drawing.
  static let script = PageScript(PageScript.lean(casset_space_script()) + "turnSpaces(document);\n")

  /// What the card needs beside the page's style.
  static let style: HTML = """
    .space .scroll{overflow:hidden;padding:0}
    .space.turns-now{width:min(100%,752px)}
    .space.turns-now .scroll{cursor:grab;touch-action:pan-y;user-select:none}
    .space.turns-now .scroll:active{cursor:grabbing}
    .space.turns-now .fig{min-width:0 !important;width:100%}
    .space .turns{display:flex;flex-wrap:wrap;gap:8px;align-items:center;padding:12px 16px 0;max-width:none}
    .space .turns[hidden]{display:none}.space output{color:var(--muted);font-size:.875rem;margin-left:8px}
    .space button{font:inherit;min-width:44px;min-height:40px;padding:4px 12px;border:1px solid var(--muted);border-radius:8px;background:var(--card);color:var(--ink)}
    @media (max-width:880px){.space.turns-now{width:calc(100% + 16px)}}
    @media (max-width:640px){.space:not(.turns-now) .scroll{overflow:auto}}
    @media print{.space .turns,.space .hint{display:none}}

    """
}
