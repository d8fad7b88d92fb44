import Graphics

/// A language that pages and tables speak.
public enum Language: String, Sendable, CaseIterable {
  /// English.
  case en
  /// Japanese.
  case ja
}

extension Int {
  /// The number with an English noun, which takes an s unless there is one: `1 token`, `5 tokens`.
  package func of(_ noun: String) -> String { of(noun, noun + "s") }

  /// The number with an English word in its singular or plural form.
  package func of(_ one: String, _ many: String) -> String {
    "\(groupedInThrees) \(self == 1 ? one : many)"
  }
}

/// A text in every language, side by side in the source.
public struct Prose: Sendable {
  private let en: RichText
  private let ja: RichText

  /// Makes a text of its English and its Japanese form.
  public init(en: RichText, ja: RichText) {
    self.en = en
    self.ja = ja
  }

  /// The text in one language.
  public subscript(language: Language) -> RichText {
    switch language {
    case .en: en
    case .ja: ja
    }
  }
}
