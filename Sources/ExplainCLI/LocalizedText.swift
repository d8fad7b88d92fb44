package import Walkthrough

/// A sentence of the command line in every language, side by side in the source.
///
/// Help texts, errors, warnings and notes are written so; which of them is said is decided once, where
/// the program starts.
package struct LocalizedText: Sendable, Equatable {
  /// The English text.
  package let en: String
  /// The Japanese text.
  package let ja: String

  /// Makes a text of its English and its Japanese form.
  package init(en: String, ja: String) {
    self.en = en
    self.ja = ja
  }

  /// A text that every language writes alike: a number, a name, what is typed.
  package init(same text: String) { self.init(en: text, ja: text) }

  /// The text in one language.
  package subscript(language: Language) -> String {
    switch language {
    case .en: en
    case .ja: ja
    }
  }

  /// Both texts, changed alike.
  func map(_ change: (String) -> String) -> LocalizedText {
    LocalizedText(en: change(en), ja: change(ja))
  }

  /// One text after the other.
  static func + (first: LocalizedText, second: LocalizedText) -> LocalizedText {
    LocalizedText(en: first.en + second.en, ja: first.ja + second.ja)
  }
}

/// A text in both languages, side by side.
func say(en: String, ja: String) -> LocalizedText { LocalizedText(en: en, ja: ja) }

extension Language {
  /// The language in which to speak: that of `--language`, else that of the locale.
  ///
  /// Of a page in two languages it is the first. The locale of messages is the first of `LC_ALL`,
  /// `LC_MESSAGES` and `LANG` that is set, as POSIX has it; `ja_JP.UTF-8` is Japanese, and whatever is no
  /// language of this program is English.
  ///
  /// - Parameters:
  ///   - words: The words after the program's name.
  ///   - environment: The variables that are set, by name.
  package init(of words: [String], environment: [String: String]) {
    let words = Array(words.prefix { $0 != "--" })
    var wish: Substring?
    for (index, word) in words.enumerated() {
      if word.hasPrefix("--language=") { wish = word.dropFirst("--language=".count) }
      if word == "--language", words.indices.contains(index + 1) { wish = words[index + 1][...] }
    }
    let named = wish?.split(separator: ",").first.flatMap { Language(rawValue: String($0)) }
    self = named ?? Language(locale: environment)
  }

  /// The language of the locale's messages.
  init(locale environment: [String: String]) {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"]
    let locale = variables.lazy.compactMap { environment[$0] }.first ?? ""
    let code = locale.prefix { $0.isASCII && $0.isLetter }.lowercased()
    self = Language(rawValue: code) ?? .en
  }
}
