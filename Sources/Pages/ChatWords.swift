public import Walkthrough

/// The words around a conversation.
public struct ChatWords {
  private let language: Language

  /// Speaks a language.
  public init(in language: Language) { self.language = language }

  /// Stands above what the model is given.
  public func given(_ count: Int) -> String {
    switch language {
    case .en:
      "The model is given \(count) \(count == 1 ? "token" : "tokens"), and asked what comes next:"
    case .ja: "モデルに渡すのは次の \(count) トークンです。この続きを予測させます。"
    }
  }

  /// A remark beside the talk.
  public func inBrackets(_ remark: String) -> String {
    language == .ja ? "（\(remark)）" : "(\(remark))"
  }

  /// Says of an answer that it follows tokens the model hardly met; nil if it does not.
  public func caution(_ notes: TokenNotes, of tokens: [TextToken]) -> String? {
    ReadingWords(notes, of: tokens.map { ($0.id, $0.text) }, in: language).caution?
      .plain(in: language)
  }

  /// Says how much of the conversation is forgotten.
  public func forgotten(_ count: Int) -> String {
    TextWords(language: language).forgotten(count)
  }
}
