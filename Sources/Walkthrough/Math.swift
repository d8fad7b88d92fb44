public import Graphics
import Platform

/// A formula, as a tree: drawn as MathML on a page and as Unicode in a terminal.
public indirect enum Math: Sendable, Equatable {
  /// A variable or a matrix: `x`, `W`. One letter is set in italics, more upright.
  case symbol(String)
  /// A number of the formula itself: `1`, `0.044715`.
  case number(String)
  /// A number of this run.
  case quantity(Quantity)
  /// An operator or relation with space around it: `=`, `+`, `·`.
  case op(String)
  /// A function's name: `softmax`, `tanh`.
  case function(String)
  /// Words inside a formula.
  case text(String)
  /// Parts one after another.
  case row([Math])
  /// Parts in parentheses.
  case parens(Math)
  /// Base and subscript: `W_E`.
  case sub(Math, Math)
  /// Base and superscript: `eˢ`.
  case sup(Math, Math)
  /// A fraction.
  case frac(Math, Math)
  /// A square root.
  case sqrt(Math)
  /// A sum over what stands beneath the sign: `Σⱼ`.
  case sum(under: Math, Math)

  /// The formula in one line of Unicode.
  public var plain: String {
    switch self {
    case .symbol(let name), .number(let name), .function(let name), .text(let name): name
    case .quantity(let quantity): quantity.text
    case .op(","): ", "
    case .op(let sign): " \(sign) "
    case .row(let parts): Self.plain(parts)
    case .parens(let inner): "(\(inner.plain))"
    case .sub(let base, let index): base.plain + Self.lowered(index.plain)
    case .sup(let base, let power): base.plain + Self.raised(power.plain)
    case .frac(let top, let bottom): "\(top.grouped) / \(bottom.grouped)"
    case .sqrt(let inner): "√\(inner.grouped)"
    case .sum(let under, let inner): "Σ" + Self.lowered(under.plain) + " " + inner.plain
    }
  }

  /// Parts in a line; a minus that follows another sign, or nothing, belongs to what comes after it.
  private static func plain(_ parts: [Math]) -> String {
    var text = ""
    var isAfterSign = true
    for (place, part) in parts.enumerated() {
      let isMinus = part == .op("−") || part == .op("-")
      // What follows a fraction without a sign between is a factor, and would be read as part of what it is divided by.
      var isFactor = false
      if case .frac = part, place + 1 < parts.count { isFactor = !parts[place + 1].isSign }
      text += isMinus && isAfterSign ? "−" : isFactor ? "(\(part.plain)) · " : part.plain
      if case .op = part { isAfterSign = true } else { isAfterSign = false }
    }
    return text
  }

  /// Whether it is a sign between two parts, or space.
  private var isSign: Bool {
    switch self {
    case .op, .text: true
    default: false
    }
  }

  /// The formula, in parentheses if it has several parts.
  private var grouped: String {
    switch self {
    case .row(let parts) where parts.count > 1: "(\(plain))"
    default: plain
    }
  }

  private static func lowered(_ text: String) -> String {
    script(text, from: "0123456789aehijklmnoprstuvx", to: "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
      ?? "_\(bracketed(text))"
  }

  private static func raised(_ text: String) -> String {
    script(text, from: "0123456789ijknTsx−", to: "⁰¹²³⁴⁵⁶⁷⁸⁹ⁱʲᵏⁿᵀˢˣ⁻") ?? "^\(bracketed(text))"
  }

  private static func bracketed(_ text: String) -> String {
    text.count == 1 || text.unicodeScalars.allSatisfy { $0.isLetter } ? text : "(\(text))"
  }

  /// Small letters, for one or two: of a longer name they are hard to read.
  private static func script(_ text: String, from: String, to: String) -> String? {
    guard text.count <= 2 else { return nil }
    let (letters, small) = (Array(from), Array(to))
    let mapped = text.compactMap { letter in letters.firstIndex(of: letter).map { small[$0] } }
    return mapped.count == text.count ? String(mapped) : nil
  }
}

extension Math: ExpressibleByStringLiteral {
  /// A symbol; `W_E` means W with the subscript E.
  public init(stringLiteral value: String) {
    let parts = value.split(separator: "_", maxSplits: 1)
    self =
      parts.count == 2
      ? .sub(.symbol(String(parts[0])), .symbol(String(parts[1]))) : .symbol(value)
  }
}

extension Math: ExpressibleByArrayLiteral {
  /// Parts one after another.
  public init(arrayLiteral elements: Math...) { self = .row(elements) }
}
