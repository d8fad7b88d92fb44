import Attribution
import Graphics
import Tensors
import Tokenization
import Traces
import Transformer

/// What `explain why` asks: which token, against which, at which position.
struct WhyQuestion {
  let contrast: Contrast
  let position: Int

  /// The options that say so.
  static let options = specs(token, against, position)

  /// The options that name a pair of tokens whose defaults are those of two prompts.
  static let pairOptions = specs(
    token.telling(
      help: say(
        en: "the token whose logit counts for A's answer",
        ja: "A の答えとして数えるトークン"
      ),
      otherwise: say(en: "the likeliest after A", ja: "A の次に来る確率が最も高いもの")
    ),
    against.telling(
      help: say(
        en: "the token whose logit counts against it",
        ja: "それと比べるトークン"
      ),
      otherwise: say(
        en: "the likeliest after B, or A's runner-up if that is the same",
        ja: "B の次に来る確率が最も高いもの。同じトークンなら A の2位"
      )
    )
  )

  private static let token: Option<String?> = Option(
    "token",
    .text("TEXT"),
    help: say(
      en: "the token to ask about; a space at its beginning is part of it",
      ja: "理由を調べるトークン。先頭の空白もトークンの一部です"
    ),
    otherwise: say(en: "the likeliest next", ja: "次に来る確率が最も高いもの")
  )
  private static let against: Option<String?> = Option(
    "against",
    .text("TEXT"),
    help: say(
      en: "the token to compare it with, or none for its plain logit",
      ja: "比べる相手のトークン。none なら比べずに、ロジットそのものを調べます"
    ),
    otherwise: say(en: "the runner-up", ja: "2位のトークン")
  )
  private static let position: Option<Int?> = Option(
    "position",
    .integer("P", 0...Int.max),
    help: say(
      en: "ask about what follows this position, counted from 0",
      ja: "この位置の次に来るトークンについて調べます。0 から数えます"
    ),
    otherwise: say(en: "the last", ja: "最後の位置")
  )

  /// The position that is asked about.
  ///
  /// - Throws: A usage error if the prompt has no such position.
  static func position(_ invocation: Invocation, length: Int) throws(CLIError) -> Int {
    try invocation.check(position, count: length, .position)
    return invocation[position] ?? length - 1
  }

  /// Reads the question; what is left open is the likeliest next token, and the likeliest other one.
  ///
  /// - Parameters:
  ///   - invocation: The options.
  ///   - attribution: The run at the position.
  ///   - model: The model.
  /// - Throws: `badData` if a text is not one token, or if both are the same.
  init(
    _ invocation: Invocation,
    about attribution: Attribution,
    of model: Model
  ) throws(CLIError) {
    position = attribution.position
    let likeliest = attribution.logits.withValues { $0.indicesOfLargest(min(2, $0.count)) }
    let token =
      try invocation[Self.token].map { text throws(CLIError) in
        try Self.id(of: text, Self.token, model)
      } ?? likeliest[0]
    guard let text = invocation[Self.against] else {
      contrast = Contrast(token, against: likeliest.first { $0 != token })
      return
    }
    guard text != "none" else {
      contrast = Contrast(token, against: nil)
      return
    }
    let against = try Self.id(of: text, Self.against, model)
    guard against != token else {
      throw CLIError(
        .badData,
        en:
          "--against “\(VisibleText.show(text))” is the token that is asked about; give another, or "
          + "none for its plain logit",
        ja: "--against の「\(VisibleText.show(text))」は調べるトークンそのものです。別のトークンか none を指定してください。"
      )
    }
    contrast = Contrast(token, against: against)
  }

  /// The pair of tokens that two prompts are compared by.
  ///
  /// - Parameters:
  ///   - invocation: The options.
  ///   - first: The likeliest tokens after the first prompt, two if there are.
  ///   - second: The likeliest after the second.
  ///   - model: The model.
  /// - Returns: The pair.
  /// - Throws: `badData` if a text is not one token, or if both are the same.
  static func pair(
    _ invocation: Invocation,
    _ first: [Int],
    _ second: [Int],
    _ model: Model
  ) throws(CLIError) -> Contrast {
    var (token, against) = (first.first ?? 0, second.first ?? 0)
    if let text = invocation[Self.token] { token = try id(of: text, Self.token, model) }
    if let text = invocation[Self.against] {
      against = try id(of: text, Self.against, model)
      guard against != token else {
        throw CLIError(
          .badData,
          en: "--against “\(VisibleText.show(text))” is the token that counts for A; give another",
          ja: "--against の「\(VisibleText.show(text))」は A の答えとして数えるトークンです。別のトークンを指定してください。"
        )
      }
    } else if against == token {
      against = first.first { $0 != token } ?? token
    }
    return Contrast(token, against: against)
  }

  /// The one token that a text is.
  private static func id(
    of text: String,
    _ option: Option<String?>,
    _ model: Model
  ) throws(CLIError) -> Int {
    let count = model.transformer.configuration.dVocab
    let ids = model.tokenizer.encode(text, addingSpecialTokens: false)
    if ids.count == 1, ids[0] < count { return ids[0] }
    guard ids.count > 1 else {
      throw CLIError(
        .badData,
        en: "\(option.typed) “\(text)”: \(model.name) has no such token",
        ja: "\(option.typed)：\(model.name) に「\(text)」というトークンはありません。"
      )
    }
    let pieces = ids.prefix(8).map { VisibleText.show(model.tokenizer.text(of: $0).string) }
    let shown = pieces.joined(separator: " | ") + (ids.count > 8 ? " | …" : "")
    let spaced = model.tokenizer.encode(" " + text, addingSpecialTokens: false)
    let error = CLIError(
      .badData,
      en: "\(option.typed) “\(text)” is \(ids.count) tokens, not one: \(shown)",
      ja: "\(option.typed) の「\(text)」は1つのトークンではなく、\(ids.count) 個に分かれます：\(shown)。"
    )
    guard spaced.count == 1, spaced[0] < count else { throw error }
    let better = "\(option.typed) \"\(" " + text)\""
    throw error.adding(
      say(
        en: "; with a space before it, it is one: \(better)",
        ja: "前に空白を付ければ1つになります：\(better)"
      )
    )
  }
}
