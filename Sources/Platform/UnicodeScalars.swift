// Properties of scalars that follow from their general category, or are a handful of ranges. The standard library has a table
// for each of its own, and what asks it carries that table along: into a page some ten thousand bytes for each.

extension Unicode.Scalar {
  /// Whether the scalar is white space.
  ///
  /// - SeeAlso: `White_Space` in Unicode's PropList.txt, <https://www.unicode.org/reports/tr44/#White_Space>.
  public var isWhiteSpace: Bool {
    switch value {
    case 0x09...0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F,
      0x3000:
      true
    default: false
    }
  }

  /// Whether the scalar is a letter, a mark that is written on one, or a number that is written as one, such as Ⅳ.
  public var isLetter: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .letterNumber, .nonspacingMark, .spacingMark, .enclosingMark:
      true
    default: false
    }
  }

  /// Whether the scalar is part of a word, as `\w` has it in regular expressions.
  ///
  /// - SeeAlso: <https://www.unicode.org/reports/tr18/#word>.
  public var isWord: Bool {
    if isLetter { return true }
    switch properties.generalCategory {
    case .decimalNumber, .connectorPunctuation: return true
    // Letters in circles and squares; what joins letters.
    case .otherSymbol:
      return 0x24B6...0x24E9 ~= value || 0x1F130...0x1F149 ~= value || 0x1F150...0x1F169 ~= value
        || 0x1F170...0x1F189 ~= value
    default: return 0x200C...0x200D ~= value
    }
  }

  /// Whether nothing is shown for the scalar where a font has no sign for it.
  ///
  /// - SeeAlso: `Default_Ignorable_Code_Point`, <https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point>.
  public var isDefaultIgnorable: Bool {
    switch value {
    case 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
      0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFF8,
      0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}

extension Character {
  /// Whether the character is white space.
  public var isWhiteSpace: Bool { unicodeScalars.first?.isWhiteSpace == true }
}

extension StringProtocol {
  /// The text with A–Z as a–z.
  public var lowercasedASCII: String {
    String(decoding: utf8.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
