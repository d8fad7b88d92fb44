import Platform
import Testing

/// What is said of scalars, against the standard library's tables: of every scalar there is.
struct UnicodeScalarsTests {
  private static let all = (UInt32(0)...0x10FFFF).compactMap { Unicode.Scalar($0) }

  private func wrong(
    _ ours: (Unicode.Scalar) -> Bool,
    _ theirs: (Unicode.Scalar.Properties) -> Bool
  ) -> [String] {
    Self.all.filter { ours($0) != theirs($0.properties) }.map { String($0.value, radix: 16) }
  }

  @Test func `white space and what is ignored are Unicode's`() {
    #expect(wrong({ $0.isWhiteSpace }, { $0.isWhitespace }) == [])
    #expect(wrong({ $0.isDefaultIgnorable }, { $0.isDefaultIgnorableCodePoint }) == [])
  }

  @Test func `pictures are Unicode's`() {
    #expect(wrong({ $0.isEmoji }, { $0.isEmoji || $0.isEmojiModifier }) == [])
    #expect(wrong({ $0.isEmojiPresentation }, { $0.isEmojiPresentation }) == [])
  }

  @Test func `a word's characters are those of regular expressions`() {
    let others: Set<Unicode.GeneralCategory> = [
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation,
    ]
    let isWord = { (properties: Unicode.Scalar.Properties) in
      properties.isAlphabetic || properties.isJoinControl
        || others.contains(properties.generalCategory)
    }
    #expect(wrong({ $0.isWord }, isWord) == [])
  }

  @Test func `letters are alphabetic, and marks belong to them`() {
    let marks: Set<Unicode.GeneralCategory> = [.nonspacingMark, .spacingMark, .enclosingMark]
    for scalar in Self.all where scalar.isLetter {
      let properties = scalar.properties
      #expect(properties.isAlphabetic || marks.contains(properties.generalCategory))
    }
    for letter in "aÉßжあ漢ㅎⅣ".unicodeScalars { #expect(letter.isLetter) }
    for other in "1 .-·🙂①".unicodeScalars { #expect(!other.isLetter) }
  }

  @Test func `only A to Z are lowered`() {
    #expect("<!DOCTYPE Html>É".lowercasedASCII == "<!doctype html>É")
  }
}
