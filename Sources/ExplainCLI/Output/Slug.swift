/// A name for a prompt's folder: readable, and safe on every file system.
package struct Slug: Sendable, Equatable {
  /// The name without a hash: letters and digits in lower case, hyphens between.
  package let plain: String
  /// The name with a short hash of the prompt, which another prompt will hardly share.
  package let hashed: String
  /// Whether something other than case, spaces and punctuation was lost, so that ``plain`` says too
  /// little.
  package let isLossy: Bool

  /// The name to try first.
  package var preferred: String { isLossy ? hashed : plain }

  /// The longest name, in bytes of UTF-8.
  package static let limit = 60

  /// Makes the name of a prompt.
  package init(_ prompt: String) {
    var words = ""
    var isLossy = false
    for scalar in prompt.lowercased().unicodeScalars {
      if Self.isSafe(scalar) {
        words.unicodeScalars.append(scalar)
      } else {
        if !words.isEmpty, !words.hasSuffix("-") { words += "-" }
        isLossy = isLossy || !Self.isSeparator(scalar)
      }
    }
    let hash = Self.hash(prompt)
    let short = Self.cut(words, to: Self.limit)
    plain = short.isEmpty ? "prompt" : Self.reserved.contains(short) ? "\(short)-prompt" : short
    let stem = Self.cut(words, to: Self.limit - hash.utf8.count - 1)
    hashed = (stem.isEmpty ? "prompt" : stem) + "-" + hash
    self.isLossy =
      isLossy || words.isEmpty || short.utf8.count < Self.cut(words, to: .max).utf8.count
  }

  /// Letters and digits of any script that every file system keeps as they are: those that Unicode
  /// normalisation leaves alone and that do not combine with their neighbours.
  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII {
      return ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }
    let properties = scalar.properties
    switch properties.generalCategory {
    case .lowercaseLetter, .otherLetter, .decimalNumber: break
    default: return false
    }
    let isConjoiningHangul = (0x1100...0x11FF).contains(scalar.value)
    return !properties.isFullCompositionExclusion && !properties.isDefaultIgnorableCodePoint
      && !isConjoiningHangul
  }

  /// Spaces and punctuation only separate words; a name may lose them.
  private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .spaceSeparator, .connectorPunctuation, .dashPunctuation, .openPunctuation,
      .closePunctuation, .initialPunctuation, .finalPunctuation, .otherPunctuation:
      true
    default: scalar == "\n" || scalar == "\t"
    }
  }

  /// The start of `words` that fits, without a hyphen at its end.
  private static func cut(_ words: String, to limit: Int) -> String {
    var result = words.unicodeScalars
    var count = words.utf8.count
    while let last = result.last, count > limit || last == "-" {
      count -= UTF8.width(last)
      result.removeLast()
    }
    return String(result)
  }

  /// FNV-1a of the prompt's UTF-8, its two halves folded into eight hexadecimal digits.
  ///
  /// - SeeAlso: RFC 9923, <https://www.rfc-editor.org/rfc/rfc9923>.
  private static func hash(_ text: String) -> String {
    var state: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
    let digits = String(UInt32(truncatingIfNeeded: state ^ (state >> 32)), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// What Windows takes for devices.
  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (0...9).flatMap { ["com\($0)", "lpt\($0)"] }
  )
}
