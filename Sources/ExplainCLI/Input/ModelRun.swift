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
  /// How many of them the tokenizer put before the text and after it.
  private let put: (before: Int, after: Int)

  /// The options that every command that runs a model has.
  static let options: [OptionSpec] = [.model, .last, .noSpecial] + OptionSpec.interventions

  /// Opens the model and reads the prompt.
  ///
  /// - Throws: What is wrong with the prompt, with `--layer` or `--head`, or with the model.
  init(_ invocation: Invocation, on console: Console) throws {
    let prompt = try PromptInput.read(invocation)
    model = try TextInput.model(at: invocation.text(.model), on: console)
    let configuration = model.transformer.configuration
    try invocation.check(.layer, count: configuration.layerCount, "layer")
    try invocation.check(.head, count: configuration.headCount, "head")

    let surrounding =
      invocation.has(.noSpecial) ? SurroundingTokens() : model.tokenizer.surrounding
    put = (surrounding.before.count, surrounding.after.count)
    let own = model.tokenizer.encode(prompt)
    let all = surrounding.around(own)
    let limit = configuration.contextLength
    guard !all.isEmpty else {
      throw CLIError(.badData, "the vocabulary of \(model.name) has no token for any of the prompt")
    }
    if let stray = all.first(where: { $0 >= configuration.dVocab }) {
      throw CLIError(
        .badData,
        "the tokenizer gives token id \(stray), but the model's vocabulary has "
          + "\(configuration.dVocab) tokens"
      )
    }
    interventions = try invocation.interventions(
      in: configuration,
      length: min(all.count, limit)
    )
    guard all.count > limit else {
      (self.prompt, tokens) = (prompt, all)
      return
    }
    guard invocation.has(.last) else {
      throw CLIError(
        .badData,
        "the prompt has \(all.count) tokens, but the context window of \(model.name) "
          + "holds \(limit); shorten it, or keep the last \(limit) with --last"
      )
    }
    let room = max(0, limit - surrounding.before.count - surrounding.after.count)
    let kept = Array(own.suffix(room))
    tokens = Array(surrounding.around(kept).suffix(limit))
    self.prompt = model.tokenizer.decode(kept)
    console.warn("kept the last \(limit) of the prompt's \(all.count) tokens")
  }

  /// Runs the model and records it.
  ///
  /// - Throws: What the run ended in, if its numbers overflow.
  func record(_ options: RecordingOptions = RecordingOptions()) throws(RunError) -> Trace {
    var options = options
    options.put = put
    options.interventions = interventions
    return try model.record(prompt, tokens: tokens, options)
  }
}

extension Invocation {
  /// Checks that an option counts something that is there.
  ///
  /// - Parameters:
  ///   - option: An option with a number, counted from 0.
  ///   - count: How many there are.
  ///   - what: What is counted, in the singular.
  /// - Throws: A usage error that says how many there are.
  func check(_ option: OptionSpec, count: Int, _ what: String) throws(CLIError) {
    guard let number = integer(option), number >= count else { return }
    switch count {
    case 0: throw .usage("\(option.typed) \(number): there is no \(what)")
    case 1: throw .usage("\(option.typed) \(number): there is 1 \(what), number 0")
    default:
      throw .usage("\(option.typed) \(number): there are \(count) \(what)s, 0 to \(count - 1)")
    }
  }
}
