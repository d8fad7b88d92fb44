/// Text in ASCII, as far as it can be: the signs of formulas and of typography spelled out.
///
/// Letters beyond ASCII, which only tokens and Japanese prose have, stay as they are: what a token
/// says is not ours to change. Spaces in tokens, shown as `·`, become `_`.
package enum ASCIIText {
  /// A line of prose or of a formula; it may become longer.
  package static func spell(_ text: String) -> String {
    rewrite(text, isSpelled: true)
  }

  /// A line whose columns stand under those of others: every sign becomes one column wide.
  package static func flatten(_ line: String) -> String {
    rewrite(line, isSpelled: false)
  }

  /// A token's text, already made visible: every `·` in it is a space.
  package static func token(_ text: String) -> String {
    spell(text.split(separator: "·", omittingEmptySubsequences: false).joined(separator: "_"))
  }

  private static func rewrite(_ text: String, isSpelled: Bool) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
    let table = isSpelled ? spelled : flattened
    let scalars = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var closing: Int?
    for (index, scalar) in scalars.enumerated() {
      if scalar == "√", isSpelled {
        result.append(contentsOf: "sqrt".unicodeScalars)
        closing = end(ofRootAt: index, in: scalars)
        if closing != nil { result.append("(") }
      } else if scalar == "·" {
        // A text between two numbers may hold the sign alone.
        let isAlone = isSpelled && text == " · "
        result.append(isAlone || isProduct(at: index, of: scalars) ? "*" : "_")
      } else if let digit = subscripts[scalar] {
        let isFirst = index == 0 || subscripts[scalars[index - 1]] == nil
        if isFirst && isSpelled { result.append("_") }
        result.append(digit)
      } else if let digit = superscripts[scalar] {
        let isFirst = index == 0 || superscripts[scalars[index - 1]] == nil
        if isFirst && isSpelled { result.append("^") }
        result.append(digit)
      } else if let key = controlPicture(scalar) {
        result.append(contentsOf: isSpelled ? ["^", key] : ["^"])
      } else if let words = table[scalar] {
        result.append(contentsOf: words.unicodeScalars)
      } else {
        result.append(scalar)
      }
      if closing == index { result.append(")") }
    }
    return String(result)
  }

  /// Whether a middle dot multiplies what stands beside it, rather than showing a token's space.
  ///
  /// It does between two letters, before a space at the start of a line, and after a word and a space.
  private static func isProduct(at index: Int, of scalars: [Unicode.Scalar]) -> Bool {
    guard index + 1 < scalars.count else { return false }
    let after = scalars[index + 1]
    if index == 0 { return after == " " }
    let before = scalars[index - 1]
    if before == " " && after == " " { return index > 1 && scalars[index - 2] != " " }
    return before.properties.isAlphabetic && after.properties.isAlphabetic
  }

  /// The last index of the name or number under a root sign, if no parenthesis shows where it ends.
  private static func end(ofRootAt index: Int, in scalars: [Unicode.Scalar]) -> Int? {
    let rest = scalars[(index + 1)...]
    let name = rest.prefix { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    return name.isEmpty ? nil : name.endIndex - 1
  }

  /// The key that types the control character a picture such as `␛` stands for.
  private static func controlPicture(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x2400...0x241F: Unicode.Scalar(scalar.value - 0x2400 + 0x40)
    case 0x2421: "?"
    default: nil
    }
  }

  private static let subscripts = pairs(
    "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ",
    "0123456789aehijklmnoprstuvx"
  )
  private static let superscripts = pairs("⁰¹²³⁴⁵⁶⁷⁸⁹ⁱʲᵏⁿᵀˢˣ⁻", "0123456789ijknTsx-")

  private static func pairs(_ from: String, _ to: String) -> [Unicode.Scalar: Unicode.Scalar] {
    Dictionary(uniqueKeysWithValues: zip(from.unicodeScalars, to.unicodeScalars))
  }

  private static let spelled: [Unicode.Scalar: String] = [
    "−": "-", "–": "-", "—": " - ", "‐": "-", "×": "x", "÷": "/", "√": "sqrt", "Σ": "sum",
    "∑": "sum", "∞": "inf", "…": "...", "→": "->", "←": "<-", "↑": "up", "↓": "down",
    "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "∈": "in", "ℝ": "R", "‖": "||", "±": "+/-",
    "“": "\"", "”": "\"", "„": "\"", "‘": "'", "’": "'", "⏎": "\\n", "⇥": "\\t",
    "⟨": "<", "⟩": ">", "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon",
    "θ": "theta", "λ": "lambda", "μ": "mu", "π": "pi", "σ": "sigma", "τ": "tau", "φ": "phi",
    "Φ": "Phi", "▸": ">", "│": "|", "─": "-", "□": "-",
  ]

  private static let flattened: [Unicode.Scalar: String] = [
    "−": "-", "–": "-", "—": "-", "‐": "-", "×": "x", "÷": "/", "√": "v", "Σ": "S", "∑": "S",
    "∞": "i", "…": ".", "→": ">", "←": "<", "↑": "^", "↓": "v", "≤": "<", "≥": ">", "≠": "#",
    "≈": "~", "∈": "e", "ℝ": "R", "‖": "|", "±": "~", "“": "\"", "”": "\"", "„": "\"",
    "‘": "'", "’": "'", "⏎": "$", "⇥": "~", "⟨": "<", "⟩": ">", "α": "a", "β": "b", "γ": "g",
    "δ": "d", "ε": "e", "θ": "t", "λ": "l", "μ": "m", "π": "p", "σ": "s", "τ": "t", "φ": "f",
    "Φ": "F", "▸": ">", "│": "|", "─": "-", "□": "-",
  ]
}
