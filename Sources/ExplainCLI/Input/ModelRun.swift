import Attribution
import Tokenization
import Traces
import Transformer

/// A model, and a prompt that it can take.
struct ModelRun {
  let model: Model
  /// The text the model is given.
  let prompt: String
  /// Its tokens, as many as the context window holds at most.
  let tokens: [Int]
  /// What is set from outside while the model runs.
  let interventions: [Intervention]
  /// How many tokens before them were not read.
  private let unread: Int
  /// How many of them the tokenizer put before the text and after it.
  private let put: (before: Int, after: Int)

  /// The options that every command that runs a model has.
  static let options = specs(.model, .last, .noSpecial) + OptionSpec.interventions

  /// Opens the model and reads the prompt.
  ///
  /// - Throws: What is wrong with the prompt, with `--layer` or `--head`, or with the model.
  init(_ invocation: Invocation, on console: Console) throws {
    let prompt = try PromptInput.read(invocation)
    model = try invocation.model(for: prompt, on: console)
    let configuration = model.transformer.configuration
    try invocation.check(.layer, count: configuration.layerCount, .layer)
    try invocation.check(.head, count: configuration.headCount, .head)

    let taken: Prompt
    do throws(PromptError) {
      taken = try model.prompt(
        prompt,
        addingSpecialTokens: !invocation[.noSpecial],
        keepingLast: invocation[.last]
      )
    } catch {
      let said = CLIError(.badData, LocalizedText(error))
      guard case .tooLong(_, let limit, _) = error else { throw said }
      throw said.adding(
        say(
          en: "; shorten it, or keep the last \(limit) with --last",
          ja: "短くするか、--last で末尾の \(limit) トークンだけを使ってください。"
        )
      )
    }
    (self.prompt, tokens) = (taken.text, taken.tokens)
    put = (taken.put.before, taken.put.after)
    unread = taken.wholeCount - tokens.count
    interventions = try invocation.interventions(of: model, length: tokens.count)
    if taken.wholeCount > tokens.count {
      console.warn(
        en: "kept the last \(tokens.count) of the prompt's \(taken.wholeCount) tokens",
        ja: "プロンプトの \(taken.wholeCount) トークンのうち、末尾の \(tokens.count) トークンを使います。"
      )
    }
  }

  /// Runs the model and records it.
  ///
  /// - Throws: What the run ended in, if its numbers overflow.
  func record(_ options: RecordingOptions = RecordingOptions()) throws(RunError) -> Trace {
    var options = options
    options.put = put
    options.unread = unread
    options.interventions = interventions
    return try model.recordWithinBudget(prompt, tokens: tokens, options)
  }

  /// Runs the model, records it, and measures why it says what it says, if that takes no time to speak of.
  ///
  /// - Throws: What the run ended in, if its numbers overflow.
  func recordWithReasons(_ options: RecordingOptions) throws(RunError) -> Trace {
    var trace = try record(options)
    trace.addReasons(of: model, tokens, within: Trace.attributionBudget)
    return trace
  }
}

extension Invocation {
  /// Checks that an option counts something that is there.
  ///
  /// - Parameters:
  ///   - option: An option with a number, counted from 0.
  ///   - count: How many there are.
  ///   - what: What is counted.
  /// - Throws: A usage error that says how many there are.
  func check(_ option: Option<Int?>, count: Int, _ what: Countable) throws(CLIError) {
    guard let number = self[option], number >= count else { return }
    let asked = "\(option.typed) \(number)"
    let (one, many) = (what.rawValue, what.inJapanese)
    switch count {
    case 0: throw .usage(en: "\(asked): there is no \(one)", ja: "\(asked)：\(many)がありません。")
    case 1:
      throw .usage(
        en: "\(asked): there is 1 \(one), number 0",
        ja: "\(asked)：\(many)は 1 個で、番号は 0 です。"
      )
    default:
      throw .usage(
        en: "\(asked): there are \(count) \(one)s, 0 to \(count - 1)",
        ja: "\(asked)：\(many)は \(count) 個で、番号は 0 から \(count - 1) までです。"
      )
    }
  }
}

/// What an option counts from 0.
enum Countable: String {
  case layer, head, position

  fileprivate var inJapanese: String {
    switch self {
    case .layer: "レイヤー"
    case .head: "ヘッド"
    case .position: "位置"
    }
  }
}
