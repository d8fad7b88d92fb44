import Graphics
import Traces

/// The equations of an MLP, with a gate or without, as far as the trace tells them.
struct MLPEquations: Teller {
  let story: Story

  private var norm: NormTeller {
    NormTeller(story: story, site: .beforeMLP(layer: story.layer))
  }
  private var isGated: Bool? { story.activation.isGated }
  private var function: Math { .function(story.activationLabel) }

  /// Whether the MLP's matrices have biases: those before the function, and that after it.
  private var biases: (before: Bool?, after: Bool?) {
    (story.architecture.has("b_in"), story.architecture.has("b_out"))
  }

  private func added(_ bias: Math, _ isAdded: Bool?) -> [Math] {
    isAdded == true ? [.op("+"), bias] : []
  }

  /// All of it in one line.
  var whole: Block {
    guard let isGated, biases.before != nil, biases.after != nil, story.activationLabel != "act"
    else { return unknown }
    let name: Math =
      .text(story.trace[.scale(.afterMLP(layer: story.layer))] == nil ? "mlp_out" : "out")
    let up: Math = .row([norm.read, .text(" "), "W_in"] + added("b_in", biases.before))
    let hidden: [Math] =
      isGated
      ? [
        .parens([function, .parens([norm.read, .text(" "), "W_gate"]), .op("⊙"), .parens(up)])
      ] : [function, .parens(up)]
    return equation(
      .row([name, .op("=")] + hidden + [.text(" "), "W_out"] + added("b_out", biases.after))
    )
  }

  /// What one would have to guess.
  private var unknown: Block {
    var (en, ja): ([String], [String]) = ([], [])
    if isGated == nil {
      en.append("whether it has a gate")
      ja.append("ゲートがあるか")
    }
    if story.activationLabel == "act" {
      en.append("which function its neurons go through")
      ja.append("ニューロンが通る関数")
    }
    if biases.before == nil || biases.after == nil {
      en.append("whether its matrices have biases")
      ja.append("行列にバイアスがあるか")
    }
    return untold(
      en: "all of this MLP's equation: \(en.joined(separator: ", "))",
      ja: "この MLP の式（\(ja.joined(separator: "、"))）"
    )
  }

  /// What the neurons hold before the function.
  var before: Block? {
    guard let isGated, let hasBias = biases.before else { return nil }
    return isGated
      ? equation([.text("pre"), .op("="), norm.read, .text(" "), "W_gate"])
      : equation(
        .row([.text("pre"), .op("="), norm.read, .text(" "), "W_in"] + added("b_in", hasBias))
      )
  }

  /// What the neurons hold after it, where a gate multiplies it.
  var gate: Block? {
    guard isGated == true else { return nil }
    return equation([
      .text("post"), .op("="), function, .parens(.text("pre")), .op("⊙"), .text("pre_linear"),
    ])
  }

  /// How the neurons' rows are added up.
  var after: Block {
    guard let hasBias = biases.after else {
      return untold(en: "whether a bias is added to this sum", ja: "この和にバイアスを足すかどうか")
    }
    return equation(
      .row(
        [
          .text(story.trace[.scale(.afterMLP(layer: story.layer))] == nil ? "mlp_out" : "out"),
          .op("="),
          .sum(
            under: "n",
            [.sub(.text("post"), "n"), .text(" "), "W_out", .text("["), "n", .text("]")]
          ),
        ] + added("b_out", hasBias)
      )
    )
  }

  /// Whether a bias is added to the rows, as a sentence says it.
  var withBias: (en: RichText, ja: RichText) {
    biases.after == true ? (", with one bias", "バイアス1つとともに、") : ("", "")
  }
}
