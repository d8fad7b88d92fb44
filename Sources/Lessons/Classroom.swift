import Embeddings
import Graphics
import Sampling
import Tensors
import Tokenization
import Traces
public import Transformer
public import Walkthrough

/// What lessons are taught with: a language, and the two built-in models, of which one reads it.
public struct Classroom: Sendable {
  /// The language that is spoken.
  public let language: Language
  /// The model that learned English, and the one that learned Japanese.
  public let english: Model, japanese: Model

  /// Opens a classroom.
  public init(_ language: Language, english: Model, japanese: Model) {
    (self.language, self.english, self.japanese) = (language, english, japanese)
  }

  /// The model that reads the language that is spoken.
  public var model: Model { language == .en ? english : japanese }

  /// What is told: one of two texts.
  func say<Text>(en: Text, ja: Text) -> Text { language == .en ? en : ja }

  // MARK: - Runs

  /// Runs a prompt, and records all of it.
  ///
  /// - Throws: ``Transformer/PromptError`` if the model cannot take it, ``Transformer/RunError`` if its numbers overflow.
  func run(_ prompt: String) throws -> Trace {
    let taken = try model.prompt(prompt)
    return try model.record(taken.text, tokens: taken.tokens, RecordingOptions())
  }

  /// A token that may come next.
  struct Guess: Equatable {
    let id: Int
    let text: String
    let probability: Double
  }

  /// What may come next after a text, likeliest first.
  ///
  /// - Parameters:
  ///   - prompt: The text.
  ///   - other: The model that reads it; by default the room's.
  /// - Returns: The whole vocabulary in order.
  /// - Throws: ``Transformer/PromptError`` if the model cannot take it.
  func guesses(after prompt: String, by other: Model? = nil) throws -> [Guess] {
    let model = other ?? self.model
    let tokens = try model.prompt(prompt).tokens
    return guesses(from: model.transformer.nextLogits(after: tokens), of: model)
  }

  /// The tokens of a model in the order of their logits, `[V]`, with their probabilities.
  func guesses(from logits: Tensor, of model: Model) -> [Guess] {
    let drawn = Distribution(logits: logits, SamplingOptions())
    return zip(drawn.tokens, drawn.probabilities).map { id, probability in
      Guess(id: id, text: model.tokenizer.text(of: id).string, probability: probability)
    }
  }

  /// What the model writes after a text, always taking the likeliest token.
  ///
  /// - Parameters:
  ///   - prompt: The text.
  ///   - count: How many tokens are written at most.
  ///   - stops: Texts at which the writing ends; they are left out.
  /// - Returns: What was written.
  /// - Throws: ``Transformer/PromptError`` if the model cannot take the text.
  func continuation(of prompt: String, count: Int, until stops: [String] = []) throws -> String {
    var options = SamplingOptions()
    options.temperature = 0
    let start = try model.prompt(prompt).tokens
    var generation = Generation(of: start, by: model.transformer, options)
    var written = ""
    for _ in 0..<count {
      guard generation.next().token != model.endOfTextID else { break }
      written = model.tokenizer.decode(Array(generation.tokens.dropFirst(start.count)))
      // The earliest stop counts.
      let ends = stops.compactMap { written.firstRange(of: $0)?.lowerBound }
      if let end = ends.min() { return String(written[..<end]) }
    }
    return written
  }

  /// A step of the walkthrough through a run.
  ///
  /// - Parameters:
  ///   - id: The step's name within its stage.
  ///   - stage: The stage.
  ///   - trace: The run.
  /// - Returns: Its blocks; none if the run has no such step.
  func blocks(_ id: String, of stage: StageID, _ trace: Trace) -> [Block] {
    let told = Walkthrough.stage(stage, of: Findings(of: trace), in: language, telling: id)
    return told?.steps.first { $0.id == id }?.blocks ?? []
  }

  // MARK: - Words

  /// The rows of W_E as words with vectors.
  var lexicon: Lexicon {
    let vectors = model.transformer.weights.embedding
    let words = (0..<vectors.rows).map { model.tokenizer.text(of: $0).string }
    return Lexicon(
      WordVectors(name: "W_E", words: WordList(words), vectors: vectors),
      matrix: "W_E",
      model: model.name
    )
  }

  /// A word's token.
  ///
  /// - Throws: ``LessonError`` if the vocabulary has none.
  func token(_ word: String) throws(LessonError) -> Int {
    // Japanese has no spaces: a word is the token without one.
    guard let id = model.tokenizer.token(for: word, isQuoted: language == .ja) else {
      throw LessonError.noToken(word, model: model.name)
    }
    return id
  }

  /// Words added up, as `explain words` reads them: `king - man + woman`.
  ///
  /// - Throws: ``LessonError`` if a word is none of the vocabulary's, or what reading the sum throws.
  func query(_ text: String, in lexicon: Lexicon) throws -> WordQuery {
    let expression = try WordExpression(text)
    return WordQuery(expression, rows: try expression.terms.map { try token($0.word) }, in: lexicon)
  }

  /// A word's vector, `[dimension]`.
  ///
  /// - Throws: ``LessonError`` if the vocabulary has no such word.
  func vector(_ word: String) throws(LessonError) -> Tensor {
    model.transformer.weights.embedding.slice(try token(word))
  }
}

/// Why a lesson cannot be taught.
public enum LessonError: Error, Equatable, CustomStringConvertible {
  /// The model's vocabulary has no such word.
  case noToken(String, model: String)

  /// One sentence that says what is wrong.
  public var description: String {
    switch self {
    case .noToken(let word, let model): "\(model) has no token “\(word)”"
    }
  }
}
