import ChatTemplates
import Engine
import Files
import Formats
import Pages
import Sampling
import Tokenization
import Transformer
import Walkthrough

/// `explain chat`.
struct ChatCommand: Command {
  let name = "chat"
  let summary = say(
    en: "talk: the same loop behind a text that begins like a conversation",
    ja: "モデルと会話します。会話の形で始まる文章の続きを書かせるだけで、仕組みは generate と同じです"
  )
  let arguments: [ArgumentSpec] = []
  let options =
    specs(system, showPrompt, plain) + SamplingRequest.options(tokens)
    + specs(.model, .noSpecial, .language)
  let examples = [
    "explain chat",
    "explain chat --show-prompt --system \"You are a polite assistant.\"",
    "echo \"What is the capital of Norway?\" | explain chat --quiet",
  ]

  private static let tokens = SamplingRequest.tokens(default: 100)
  private static let system: Option<String?> = Option(
    "system",
    .text("TEXT"),
    help: say(
      en: "what stands before the conversation",
      ja: "会話の前に置くシステムプロンプト"
    ),
    otherwise: say(
      en: "“\(BuiltInModel.all[0].system)”; nothing where the checkpoint brings a chat template",
      ja: "「\(BuiltInModel.all[0].system)」、日本語のモデルでは「\(BuiltInModel.all[1].system)」。"
        + "モデルにチャットテンプレートがあれば、何も置きません"
    )
  )
  private static let showPrompt = Option(
    flag: "show-prompt",
    help: say(
      en: "print exactly what the model is given, each time",
      ja: "モデルに渡す文章を、毎回そのまま表示します"
    )
  )
  private static let plain = Option(
    flag: "plain",
    help: say(
      en: "write “User: … Assistant: …” even if the checkpoint brings a chat template",
      ja: "モデルにチャットテンプレートがあっても、「User: … Assistant: …」の形で書きます"
    )
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let request = SamplingRequest(invocation, tokens: Self.tokens, on: console)
    guard let sampling = request.sampling.first, request.sampling.count == 1 else {
      throw CLIError.usage(
        en: "--temperature takes one number",
        ja: "--temperature に指定できる数は1つです。"
      )
    }
    let place = invocation[.model]
    // Who is shown Japanese is spoken to in it, too.
    let japanese = BuiltInModel.reading("あ")
    let isJapanese = place == nil && !invocation.has(Self.system) && invocation.language == .ja
    let model =
      try isJapanese
      ? TextInput.model(at: japanese?.word, on: console)
      : invocation.model(for: invocation[Self.system] ?? "", on: console)
    if isJapanese {
      console.note(
        en: "talking with \(model.name), the built-in model of Japanese",
        ja: "日本語の組み込みモデル \(model.name) と話します"
      )
    }
    let template = try invocation[Self.plain] ? nil : Self.template(of: place)
    let standard = BuiltInModel.all.first { $0.name == model.name }?.system
    var chat = Chat(
      model: model,
      conversation: Conversation(
        system: invocation[Self.system]
          ?? (template == nil ? standard ?? BuiltInModel.all[0].system : nil),
        template: template
      ),
      sampling: sampling,
      tokenLimit: request.tokenLimit,
      surrounding: template == nil && !invocation[.noSpecial]
        ? model.tokenizer.surrounding : SurroundingTokens(),
      showsPrompt: invocation[Self.showPrompt],
      isQuiet: invocation[.quiet],
      words: ChatWords(in: invocation.language),
      console: console
    )
    console.endsLineWhenInterrupted()
    var reader = LineReader()
    let isTyped = Descriptor.standardInput.isTerminal
    while true {
      if isTyped { try chat.show("User: ") }
      guard let line = try reader.next() else { break }
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      if !isTyped { try chat.show("User: \(console.harmless(line))\n") }
      try chat.reply(to: line)
    }
    if isTyped { try chat.show("\n") }
    return .success
  }

  /// The chat template that a checkpoint brings.
  private static func template(of place: String?) throws(CLIError) -> ChatTemplate? {
    guard let place, BuiltInModel.named(place) == nil else { return nil }
    do {
      return try ChatTemplate.ofModel(place)
    } catch {
      throw CLIError(error).adding(withoutTemplate)
    }
  }
}

/// What to do where a chat template cannot be followed.
private let withoutTemplate = say(
  en: "; --plain talks without it",
  ja: "--plain ならテンプレートを使わずに話せます。"
)

/// A conversation under way.
private struct Chat {
  let model: Model
  var conversation: Conversation
  var sampling: SamplingOptions
  let tokenLimit: Int
  /// The tokenizer's own tokens that go around a conversation; a template writes them itself.
  let surrounding: SurroundingTokens
  let showsPrompt: Bool
  let isQuiet: Bool
  let words: ChatWords
  let console: Console

  /// Prints what is no reply, unless asked to be quiet.
  func show(_ text: String) throws {
    guard !isQuiet else { return }
    try console.write(text.utf8)
    try console.flush()
  }

  /// Lets the model answer.
  mutating func reply(to line: String) throws {
    conversation.ask(line)
    let (text, prompt, room) = try prompt()
    if showsPrompt {
      let shown = text.split(separator: "\n", omittingEmptySubsequences: false)
      let lines = [words.given(prompt.count)] + shown.map { "  │ \($0)" }
      try console.write(lines.map { console.harmless($0) + "\n" }.joined().utf8)
    }
    let notes = model.notes(of: prompt, in: text)
    if let caution = words.caution(notes, of: prompt.map { model.textToken($0) }) {
      let said = console.harmless(caution)
      try show(words.inBrackets(said) + "\n")
    }
    try show(conversation.template == nil ? "Assistant:" : "Assistant: ")
    var writer = Writer(
      model,
      prompt: prompt,
      sampling,
      stops: conversation.stops,
      candidates: 0
    )
    var answer = ""
    for _ in 0..<min(tokenLimit, room) where !writer.isEnded {
      answer += try emit(try writer.write(), after: answer)
    }
    answer += try emit(writer.finish(), after: answer)
    try console.write("\n".utf8)
    try console.flush()
    conversation.answer(answer.trimmed)
    // Each turn draws numbers of its own.
    sampling.seed &+= 1
  }

  /// Prints a part of the answer, without the space at its beginning if none has to be.
  private func emit(_ part: String, after answer: String) throws -> String {
    let isFirst = (isQuiet || conversation.template != nil) && answer.isEmpty
    let text = isFirst ? String(part.drop { $0.isWhitespace }) : part
    try console.write(console.harmless(text).utf8)
    try console.flush()
    return text
  }

  /// What the model is given, its tokens, and how many it may answer with: whole turns are forgotten
  /// until there is room.
  private mutating func prompt() throws -> (text: String, tokens: [Int], room: Int) {
    let window = model.transformer.configuration.contextLength
    let wish = min(tokenLimit, max(1, window / 2))
    var (text, tokens) = try written()
    let all = tokens.count
    while tokens.count + wish > window, conversation.turns.count > 1 {
      conversation.forgetFirstTurn()
      (text, tokens) = try written()
    }
    if tokens.count < all { try show(words.forgotten(all - tokens.count) + "\n") }
    if tokens.count + wish > window {
      // The system prompt and one question alone do not fit.
      let kept = max(1, window - wish)
      try show(words.forgotten(tokens.count - kept) + "\n")
      let own = tokens.dropFirst(surrounding.before.count).dropLast(surrounding.after.count)
      let last = surrounding.fitting(Array(own), in: kept)
      tokens = Array(surrounding.around(last).suffix(kept))
      text = model.tokenizer.decode(tokens)
    }
    return (text, tokens, window - tokens.count + 1)
  }

  /// The conversation as the model wants it, as text and as tokens.
  private func written() throws(CLIError) -> (String, [Int]) {
    let text: String
    do { text = try conversation.prompt() } catch {
      let reason = LocalizedText(error)
      let said = CLIError(
        .badData,
        en: "\(model.name): \(reason.en)",
        ja: "\(model.name)：\(reason.ja)"
      ).adding(withoutTemplate)
      guard conversation.system != nil else { throw said }
      throw said.adding(say(en: "; or leave out --system", ja: "--system を外しても話せるかもしれません。"))
    }
    let addsTokens = surrounding != SurroundingTokens()
    let tokens = try TextInput.tokens(
      of: text,
      for: model,
      addingSpecialTokens: addsTokens,
      on: console
    )
    return (addsTokens ? model.tokenizer.decode(tokens) : text, tokens)
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
