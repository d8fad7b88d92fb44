import Embeddings
import Files
import Graphics
import Pages
import Tensors
import Tokenization
import Transformer
import Walkthrough

/// Words with vectors: a file's, or the tokens of a model with the rows of W_E or the columns of W_U.
struct WordSource {
  let lexicon: Lexicon
  /// What words of a model are looked up by.
  private let tokens: (tokenizer: Tokenizer, model: String)?
  /// What a page carries to answer more questions, if it is a model small enough.
  private var living: Living?

  /// The options that choose the source.
  static let options: [OptionSpec] = [vectors, list, skip, .model, matrix]

  private static let vectors = OptionSpec(
    "vectors",
    .text(placeholder: "FILE"),
    help:
      "word vectors: GloVe's or word2vec's text, word2vec's binary, fastText's .vec, NumPy's .npy",
    defaultText: "a model's own"
  )
  private static let list = OptionSpec(
    "words",
    .text(placeholder: "FILE"),
    help: "for a .npy: its words, one a line",
    defaultText: "NAME.words.txt, NAME.words, NAME.vocab, words.txt or vocab.txt beside it"
  )
  private static let skip = OptionSpec(
    "skip-bad-lines",
    .flag,
    help: "of a text or binary file of vectors: leave out lines that cannot be read, empty words "
      + "and all but the first of equal ones, and say how many"
  )
  private static let matrix = OptionSpec(
    "matrix",
    .choice(["W_E", "W_U"]),
    help: "of a model: the embedding's rows or the unembedding's columns",
    defaultText: "W_E"
  )

  /// Opens the source that the options name.
  ///
  /// - Throws: What is wrong with the options, the file or the model.
  init(_ invocation: Invocation, on console: Console) throws {
    guard let path = invocation.text(Self.vectors) else {
      guard !invocation.has(Self.list) else {
        throw CLIError.usage("--words goes with --vectors FILE.npy, which has no words of its own")
      }
      let words = invocation.arguments.map { $0.text }.joined()
      let model = try invocation.model(for: words, on: console)
      let isPage =
        invocation.text(WordsCommand.format) == "html" && !invocation.has(PageOutput.still)
      self.init(
        model: model,
        usesUnembedding: invocation.text(Self.matrix) == "W_U",
        living: isPage ? Living.carrying(model, at: invocation.text(.model)) : nil
      )
      return
    }
    for option in [OptionSpec.model, Self.matrix] where invocation.has(option) {
      throw CLIError.usage("\(option.typed) and --vectors name two sources of words; give one")
    }
    let vectors = try WordVectors(
      contentsOf: path,
      words: invocation.text(Self.list),
      skippingBadLines: invocation.has(Self.skip)
    )
    if let (count, first) = vectors.skipped {
      let lines = count == 1 ? "1 line or word" : "\(count) lines or words"
      console.warn("left out \(lines), the first because of: \(first)")
    }
    let name = path.split(separator: "/").last.map(String.init) ?? path
    self.init(lexicon: Lexicon(vectors, matrix: name), tokens: nil)
  }

  private init(lexicon: Lexicon, tokens: (tokenizer: Tokenizer, model: String)?) {
    self.lexicon = lexicon
    self.tokens = tokens
  }

  /// Takes the vocabulary of a model.
  init(model: Model, usesUnembedding: Bool, living: Living? = nil) {
    let weights = model.transformer.weights
    let vectors = usesUnembedding ? weights.unembedding.columns : weights.embedding
    let matrix = usesUnembedding ? "W_U" : "W_E"
    let words = (0..<vectors.rows).map { id in
      model.tokenizer.bytes(of: id) == nil ? "#\(id)" : model.tokenizer.text(of: id).string
    }
    let title = "\(matrix) of \(model.name)"
    lexicon = Lexicon(
      WordVectors(name: title, words: WordList(words), vectors: vectors),
      matrix: matrix,
      model: model.name
    )
    tokens = (model.tokenizer, model.name)
    self.living = living
  }

  /// The form of a page that answers more questions; nil if it carries no model.
  func asking(
    _ action: WordAction,
    _ words: some Collection<String>,
    in language: Language
  ) -> (form: WordsForm, living: Living)? {
    guard let living else { return nil }
    let kind: WordsForm.Action =
      switch action {
      case .nearest, .analogy: .nearest
      case .direction: .direction
      case .map, .compare: .map
      }
    let text = words.joined(separator: kind == .nearest ? " " : ", ")
    let knowsExamples = lexicon.matrix == "W_E" && living.model?.knowsExamples == true
    let form = WordsForm(
      kind,
      text,
      matrix: lexicon.matrix,
      examples: knowsExamples,
      in: language
    )
    return (form, living)
  }

  // MARK: - Words

  /// The words of an expression, added up.
  ///
  /// - Parameters:
  ///   - text: The expression as it was typed.
  ///   - mayCancel: Whether nothing may be left of the sum.
  /// - Returns: The sum.
  /// - Throws: A usage error if the expression cannot be understood, `badData` if a word is not there
  ///   or the sum has no direction.
  func query(_ text: String, mayCancel: Bool = false) throws(CLIError) -> WordQuery {
    let expression: WordExpression
    do { expression = try WordExpression(text) } catch {
      throw .usage("“\(text)”: \(error.description)")
    }
    var rows: [Int] = []
    for term in expression.terms { rows.append(try row(of: term)) }
    let query = WordQuery(expression, rows: rows, in: lexicon)
    guard !query.isTooLong else {
      throw CLIError(
        .badData,
        "\(lexicon.vectors.place(of: rows[0])): the numbers of “\(query.label)” are so large that its "
          + "length overflows; scale the vectors down"
      )
    }
    guard mayCancel || !query.isZero(in: lexicon) else {
      guard !expression.isWord else {
        throw CLIError(
          .badData,
          "\(lexicon.vectors.place(of: rows[0])): the vector of “\(query.label)” is zero: it points "
            + "nowhere, and has no neighbours and no direction"
        )
      }
      throw CLIError(.badData, "“\(text)” comes to a zero vector, which points nowhere")
    }
    return query
  }

  /// The row of one word.
  ///
  /// - Throws: A usage error if it is more than a word, `badData` if it is not there.
  func row(_ text: String) throws(CLIError) -> Int {
    let expression: WordExpression
    do { expression = try WordExpression(text) } catch {
      throw .usage("“\(text)”: \(error.description)")
    }
    guard expression.isWord else { throw .usage("“\(text)” is more than one word") }
    return try row(of: expression.terms[0])
  }

  private func row(of term: WordExpression.Term) throws(CLIError) -> Int {
    guard let tokens else { return try row(ofWord: term.word) }
    let spellings = Tokenizer.spellings(of: term.word, isQuoted: term.isQuoted)
    for spelling in spellings {
      if let id = tokens.tokenizer.id(of: spelling), id < lexicon.vectors.words.count { return id }
    }
    let pieces = tokens.tokenizer.encode(spellings[0])
    guard pieces.count > 1 else {
      throw CLIError(.badData, "\(tokens.model) has no token “\(term.word)”")
    }
    let shown = pieces.map { VisibleText.show(tokens.tokenizer.text(of: $0).string) }
    throw CLIError(
      .badData,
      "“\(term.word)” is \(pieces.count) tokens of \(tokens.model), not one: "
        + shown.joined(separator: " | ") + "; each has a vector of its own, ask for one of them"
    )
  }

  private func row(ofWord word: String) throws(CLIError) -> Int {
    let words = lexicon.vectors.words
    if let row = words.row(of: word) { return row }
    // `king-man` without blanks is one word, and seldom meant.
    let parts = word.split(whereSeparator: { "+-−".contains($0) }).map(String.init)
    if parts.count > 1, parts.allSatisfy({ words.row(of: $0) != nil }) {
      throw CLIError(
        .badData,
        "\(lexicon.matrix) has no word “\(word)”; put blanks around a sign: “\(parts[0]) - \(parts[1])”"
      )
    }
    let near = words.near(to: word).map { "“\($0)”" }
    let suggestion = near.isEmpty ? "" : "; did you mean \(near.joined(separator: " or "))?"
    throw CLIError(.badData, "\(lexicon.matrix) has no word “\(word)”\(suggestion)")
  }
}
