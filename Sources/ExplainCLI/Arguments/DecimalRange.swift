/// Which numbers an option takes, whole or not.
package enum DecimalRange: Sendable, Equatable {
  /// This number or a larger one.
  case from(Double)
  /// A larger number than this.
  case above(Double)
  /// A larger number than the first, at most the second.
  case within(above: Double, to: Double)

  /// Whether a number is one of them.
  func contains(_ number: Double) -> Bool {
    switch self {
    case .from(let least): number >= least
    case .above(let bound): number > bound
    case .within(let bound, let most): number > bound && number <= most
    }
  }

  /// Reads a plain decimal number: what Swift alone takes for one, such as hexadecimal digits, is none.
  ///
  /// - Parameters:
  ///   - text: The number as it was typed.
  ///   - option: The option's name as it is typed.
  /// - Returns: The number.
  /// - Throws: A usage error that says what is wrong with it.
  func number(_ text: String, of option: String) throws(CLIError) -> Double {
    let isPlain = text.utf8.allSatisfy { 0x30...0x39 ~= $0 || "+-.eE".utf8.contains($0) }
    let number = isPlain ? Double(text).flatMap { $0.isFinite ? $0 : nil } : nil
    // One sentence says both where there is but one bound to name.
    if case .above(let bound) = self {
      guard let number, contains(number) else {
        let bound = Self.written(bound)
        throw .usage(
          en: "\(option) “\(text)” is not a number above \(bound)",
          ja: "\(option) の「\(text)」は \(bound) より大きい数ではありません。"
        )
      }
      return number
    }
    guard let number else {
      throw .usage(
        en: "\(option) “\(text)” is not a number",
        ja: "\(option) の「\(text)」は数ではありません。"
      )
    }
    guard contains(number) else {
      let limits = limits
      throw .usage(
        en: "\(option) \(text) is out of range: \(limits.en)",
        ja: "\(option) の \(text) は範囲の外です（\(limits.ja)）。"
      )
    }
    return number
  }

  private var limits: LocalizedText {
    switch self {
    case .from(let least):
      say(en: "\(Self.written(least)) or more", ja: "\(Self.written(least)) 以上")
    case .above(let bound):
      say(en: "above \(Self.written(bound))", ja: "\(Self.written(bound)) より大きい")
    case .within(let bound, let most):
      say(
        en: "above \(Self.written(bound)), to \(Self.written(most))",
        ja: "\(Self.written(bound)) より大きく \(Self.written(most)) 以下"
      )
    }
  }

  /// A number as one would type it: `1`, not `1.0`.
  static func written(_ number: Double) -> String {
    Int(exactly: number).map { "\($0)" } ?? "\(number)"
  }
}
