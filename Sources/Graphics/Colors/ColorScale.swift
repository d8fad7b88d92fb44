/// Which colour a value is drawn in.
///
/// Colour is meaning: each role has hues of its own, and none is used for anything else. More is always darker on light
/// ground.
public struct ColorScale: Sendable, Equatable {
  /// What the values are.
  public enum Role: String, Sendable, CaseIterable {
    /// Probabilities and attention, 0 to the scale's maximum: one sequential teal.
    case probability = "p"
    /// What was learned, around zero: blue (negative) to red (positive).
    case weights = "w"
    /// What flows through on this run: greys by size. A sign is shown otherwise than by hue.
    case data = "d"
  }

  /// How a value's share of the maximum becomes a colour.
  public enum Curve: String, Sendable, CaseIterable {
    /// In proportion.
    case linear
    /// By its square root, which tells small values apart: a quarter of the maximum is half as strong.
    case squareRoot = "sqrt"
  }

  /// How many colours a scale has.
  public static let levelCount = 13

  /// What the values are.
  public var role: Role
  /// The value (for weights and data: its size) that takes the strongest colour.
  public var maximum: Double
  /// The value that takes the weakest colour, if it is not zero: then signs do not count.
  public var minimum: Double?
  /// How strength grows from the weakest to the strongest colour.
  public var curve = Curve.linear

  /// Probabilities, 0 to `maximum`; what is larger is drawn like it.
  public static func probability(maximum: Double = 1, curve: Curve = .linear) -> ColorScale {
    ColorScale(role: .probability, maximum: maximum, curve: curve)
  }

  /// Data to be compared, whatever its sign: `lowest` is the palest, `highest` the darkest.
  public static func ranked(from lowest: Double, to highest: Double) -> ColorScale {
    ColorScale(role: .data, maximum: highest, minimum: lowest)
  }

  /// Weights, −`maximum` to `maximum`.
  public static func weights(maximum: Double) -> ColorScale {
    ColorScale(role: .weights, maximum: maximum)
  }

  /// Data, by size, 0 to `maximum`.
  public static func data(maximum: Double) -> ColorScale {
    ColorScale(role: .data, maximum: maximum)
  }

  /// How strong a value is: −1 to 1 for weights and data by size, 0 to 1 for all others; nil for NaN.
  public func share(of value: Double) -> Double? {
    guard !value.isNaN else { return nil }
    if let minimum {
      return maximum > minimum ? min(1, max(0, (value - minimum) / (maximum - minimum))) : 1
    }
    guard maximum > 0 else { return value == 0 ? 0 : value > 0 ? 1 : -1 }
    let share = min(1, max(-1, value / maximum))
    guard role == .probability else { return share }
    return curve == .squareRoot ? max(0, share).squareRoot() : max(0, share)
  }

  /// The colour level of a value, 0…12 (for weights 6 is zero); nil for NaN.
  public func level(of value: Double) -> Int? {
    guard let share = share(of: value) else { return nil }
    let last = Double(Self.levelCount - 1)
    switch role {
    case .probability: return Int((share * last).rounded())
    case .weights: return Int(((share + 1) / 2 * last).rounded())
    case .data: return Int((abs(share) * last).rounded())
    }
  }

  /// The level that means nothing is there, and is left undrawn on the page's background.
  public var emptyLevel: Int { role == .weights ? 6 : 0 }
}

extension ColorScale {
  /// Strong colours for bars and lines: a positive value, or a value without sign.
  static func strong(_ role: Role, negative: Bool = false) -> Paint {
    switch role {
    case .probability: .level(.probability, 8)
    case .weights: .level(.weights, negative ? 2 : 10)
    case .data: .level(.data, 8)
    }
  }
}
