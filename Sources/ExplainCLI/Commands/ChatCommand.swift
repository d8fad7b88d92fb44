import Pages
import Tokenization
import Transformer
import Walkthrough

/// `explain chat`.
struct ChatCommand: Command {
  let name = "chat"
  let summary = "talk: the same loop behind a text that begins like a conversation"
  let arguments: [ArgumentSpec] = []
  let options = [system, showPrompt] + SamplingRequest.options + [.model, .language]
  let examples = [
    "explain chat",
    "explain chat --show-prompt --system \"You speak like Shakespeare.\"",
    "echo \"Who are you?\" | explain chat --quiet",
  ]

  private static let standardSystem =
    "This is a conversation between a user and a helpful assistant."
  private static let system = OptionSpec(
    "system",
    .text(placeholder: "TEXT"),
    help: "what stands before the conversation",
    defaultText: "“\(standardSystem)”"
  )
  private static let showPrompt = OptionSpec(
    "show-prompt",
    .flag,
    help: "print exactly what the model is given, each time"
  )

  func run(_ invocation: Invocation, on console: Console) throws -> ExitCode {
    let request = try SamplingRequest(invocation, on: console, tokenLimit: 100)
    guard let sampling = request.sampling.first, request.sampling.count == 1 else {
      throw CLIError.usage("--temperature takes one number")
    }
    var chat = Chat(
      model: try TextInput.model(at: invocation.text(.model)),
      conversation: Conversation(system: invocation.text(Self.system) ?? Self.standardSystem),
      sampling: sampling,
      tokenLimit: request.tokenLimit,
      showsPrompt: invocation.has(Self.showPrompt),
      isQuiet: invocation.has(.quiet),
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
}

/// A conversation under way.
private struct Chat {
  let model: Model
  var conversation: Conversation
  var sampling: SamplingOptions
  let tokenLimit: Int
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
    let (prompt, room) = try prompt()
    if showsPrompt {
      let shown = conversation.prompt.split(separator: "\n", omittingEmptySubsequences: false)
      let lines = [words.given(prompt.count)] + shown.map { "  │ \($0)" }
      try console.write(lines.map { console.harmless($0) + "\n" }.joined().utf8)
    }
    try show("Assistant:")
    var writer = Writer(
      model,
      prompt: prompt,
      sampling,
      stops: Conversation.stops,
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

  /// Prints a part of the answer, in quiet mode without the space at its beginning.
  private func emit(_ part: String, after answer: String) throws -> String {
    let isFirst = isQuiet && answer.isEmpty
    let text = isFirst ? String(part.drop { $0.isWhitespace }) : part
    try console.write(console.harmless(text).utf8)
    try console.flush()
    return text
  }

  /// The tokens the model is given, and how many it may answer with: whole turns are forgotten until
  /// there is room.
  private mutating func prompt() throws -> (tokens: [Int], room: Int) {
    let window = model.transformer.configuration.contextLength
    let wish = min(tokenLimit, max(1, window / 2))
    func encoded() throws -> [Int] {
      try TextInput.tokens(of: conversation.prompt, for: model, on: console)
    }
    let all = try encoded()
    var tokens = all
    while tokens.count + wish > window, conversation.turns.count > 1 {
      conversation.forgetFirstTurn()
      tokens = try encoded()
    }
    if tokens.count < all.count { try show(words.forgotten(all.count - tokens.count) + "\n") }
    if tokens.count + wish > window {
      // The system prompt and one question alone do not fit.
      let kept = max(1, window - wish)
      try show(words.forgotten(tokens.count - kept) + "\n")
      tokens = Array(tokens.suffix(kept))
    }
    return (tokens, window - tokens.count + 1)
  }
}

extension String {
  /// The text without white space at its ends.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
