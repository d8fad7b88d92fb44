import Files
import Tokenization
import Transformer
import Walkthrough

/// A model and a text for it, which may be longer than its context window, or empty.
struct TextInput {
  let model: Model
  let tokens: [Int]

  /// Opens the model and finds the text's tokens; an empty text begins with the token that ends one.
  ///
  /// - Throws: What is wrong with the model or with the text.
  init(_ text: String, _ invocation: Invocation, on console: Console) throws {
    model = try invocation.model(for: text, on: console)
    tokens = try Self.tokens(
      of: text,
      for: model,
      addingSpecialTokens: !invocation[.noSpecial],
      on: console
    )
  }

  /// Opens a model, and says where its files contradict one another.
  static func model(at path: String?, on console: Console) throws(CheckpointError) -> Model {
    let model: Model
    if let builtIn = BuiltInModel.named(path) {
      model = try builtIn.load()
    } else {
      model = try Model(folder: path ?? "")
    }
    for note in model.notes { console.warn(LocalizedText(same: note)) }
    return model
  }

  static func tokens(
    of text: String,
    for model: Model,
    addingSpecialTokens addsSpecialTokens: Bool,
    on console: Console
  ) throws(CLIError) -> [Int] {
    var tokens = model.tokenizer.encode(text, addingSpecialTokens: addsSpecialTokens)
    if tokens.isEmpty, text.isEmpty, let end = model.endOfTextID {
      let name = model.tokenizer.text(of: end).string
      console.warn(
        en: "the prompt is empty: the text starts from \(name)",
        ja: "プロンプトが空なので、\(name) から書き始めます。"
      )
      tokens = [end]
    }
    guard !(tokens.isEmpty && text.isEmpty) else {
      throw CLIError(
        .badData,
        en: "the prompt is empty, and \(model.name) has no token to start a text from",
        ja: "プロンプトが空で、\(model.name) には文章の始まりを表すトークンがありません。"
      )
    }
    do throws(PromptError) { try model.check(tokens) } catch {
      throw CLIError(.badData, LocalizedText(error))
    }
    return tokens
  }
}

extension Invocation {
  /// The model that is named, or the built-in one for a text of this script.
  ///
  /// - Throws: What is wrong with the model.
  func model(for text: String, on console: Console) throws(CheckpointError) -> Model {
    guard !has(.model), let builtIn = BuiltInModel.reading(text) else {
      return try TextInput.model(at: self[.model], on: console)
    }
    let first = BuiltInModel.all[0].word
    console.warn(
      en: "there is kana or kanji, so \(builtIn.word) reads it, the built-in model of Japanese "
        + "(--model \(first) is that of English)",
      ja: "仮名か漢字があるので、日本語の組み込みモデル \(builtIn.word) が読みます（英語のモデルは --model \(first)）。"
    )
    return try TextInput.model(at: builtIn.word, on: console)
  }
}
