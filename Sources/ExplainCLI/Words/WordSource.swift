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

  /// The matrices of a model that have a vector for each token.
  private enum Matrix: String, CaseIterable {
    case embedding = "W_E"
    case unembedding = "W_U"
  }

  /// The options that choose the source.
  static let options = specs(vectors, list, skip, .model, matrix)

  private static let vectors: Option<String?> = Option(
    "vectors",
    .text("FILE", .files),
    help: say(
      en:
        "word vectors: GloVe's or word2vec's text, word2vec's binary, fastText's .vec, NumPy's .npy",
      ja: "単語ベクトルのファイル。GloVe や word2vec のテキスト、word2vec のバイナリ、fastText の .vec、NumPy の .npy"
    ),
    otherwise: say(en: "a model's own", ja: "モデル自身のベクトル")
  )
  private static let list: Option<String?> = Option(
    "words",
    .text("FILE", .files),
    help: say(en: "for a .npy: its words, one a line", ja: ".npy の単語の一覧（1行に1語）"),
    otherwise: say(
      en: "NAME.words.txt, NAME.words, NAME.vocab, words.txt or vocab.txt beside it",
      ja: "隣にある NAME.words.txt、NAME.words、NAME.vocab、words.txt、vocab.txt"
    )
  )
  private static let skip = Option(
    flag: "skip-bad-lines",
    help: say(
      en: "of a text or binary file of vectors: leave out lines that cannot be read, empty words "
        + "and all but the first of equal ones, and say how many",
      ja: "ベクトルのファイルで、読めない行、空の単語、2度目以降の同じ単語を飛ばし、その数を知らせます"
    )
  )
  private static let matrix = Option(
    "matrix",
    .choice,
    default: Matrix.embedding,
    help: say(
      en: "of a model: the embedding's rows or the unembedding's columns",
      ja: "モデルの埋め込み行列の行か、逆埋め込み行列の列か"
    )
  )

  /// Opens the source that the options name.
  ///
  /// - Throws: What is wrong with the options, the file or the model.
  init(_ invocation: Invocation, on console: Console) throws {
    guard let path = invocation[Self.vectors] else {
      guard !invocation.has(Self.list) else {
        throw CLIError.usage(
          en: "--words goes with --vectors FILE.npy, which has no words of its own",
          ja: "--words は、単語の一覧を持たない --vectors FILE.npy と一緒に使います。"
        )
      }
      let words = invocation.arguments.map { $0.text }.joined()
      let model = try invocation.model(for: words, on: console)
      let isPage =
        invocation[WordsCommand.format] == .html && !invocation[PageOutput.still]
      self.init(
        model: model,
        usesUnembedding: invocation[Self.matrix] == .unembedding,
        living: isPage ? Living.carrying(model, at: invocation[.model]) : nil
      )
      return
    }
    for option in specs(.model, Self.matrix) where invocation.has(option) {
      throw CLIError.usage(
        en: "\(option.typed) and --vectors name two sources of words; give one",
        ja: "\(option.typed) と --vectors は、どちらも単語の出どころを指定します。片方だけにしてください。"
      )
    }
    let vectors = try WordVectors(
      contentsOf: path,
      words: invocation[Self.list],
      skippingBadLines: invocation[Self.skip]
    )
    if let (count, first) = vectors.skipped {
      let lines = count == 1 ? "1 line or word" : "\(count) lines or words"
      console.warn(
        en: "left out \(lines), the first because of: \(first)",
        ja: "\(count) 個の行または単語を飛ばしました。最初の理由：\(first)"
      )
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
    let matrix = (usesUnembedding ? Matrix.unembedding : .embedding).rawValue
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
    let knowsExamples =
      lexicon.matrix == Matrix.embedding.rawValue && living.model?.knowsExamples == true
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
      throw Self.misread(text, error)
    }
    var rows: [Int] = []
    for term in expression.terms { rows.append(try row(of: term)) }
    let query = WordQuery(expression, rows: rows, in: lexicon)
    let place = lexicon.vectors.place(of: rows[0])
    guard !query.isTooLong else {
      throw CLIError(
        .badData,
        en:
          "\(place): the numbers of “\(query.label)” are so large that its length overflows; scale the "
          + "vectors down",
        ja: "\(place)：「\(query.label)」の数が大きすぎて、長さを計算できません。ベクトルを縮小してください。"
      )
    }
    guard mayCancel || !query.isZero(in: lexicon) else {
      guard !expression.isWord else {
        throw CLIError(
          .badData,
          en:
            "\(place): the vector of “\(query.label)” is zero: it points nowhere, and has no neighbours "
            + "and no direction",
          ja: "\(place)：「\(query.label)」のベクトルはゼロです。向きがないので、近い語も方向も求められません。"
        )
      }
      throw CLIError(
        .badData,
        en: "“\(text)” comes to a zero vector, which points nowhere",
        ja: "「\(text)」を計算するとゼロベクトルになり、向きがありません。"
      )
    }
    return query
  }

  /// The row of one word.
  ///
  /// - Throws: A usage error if it is more than a word, `badData` if it is not there.
  func row(_ text: String) throws(CLIError) -> Int {
    let expression: WordExpression
    do { expression = try WordExpression(text) } catch {
      throw Self.misread(text, error)
    }
    guard expression.isWord else {
      throw .usage(
        en: "“\(text)” is more than one word",
        ja: "「\(text)」は1つの単語ではありません。"
      )
    }
    return try row(of: expression.terms[0])
  }

  private static func misread(_ text: String, _ error: WordExpressionError) -> CLIError {
    let reason = LocalizedText(error)
    return .usage(en: "“\(text)”: \(reason.en)", ja: "「\(text)」：\(reason.ja)")
  }

  private func row(of term: WordExpression.Term) throws(CLIError) -> Int {
    guard let tokens else { return try row(ofWord: term.word) }
    let spellings = Tokenizer.spellings(of: term.word, isQuoted: term.isQuoted)
    for spelling in spellings {
      if let id = tokens.tokenizer.id(of: spelling), id < lexicon.vectors.words.count { return id }
    }
    let pieces = tokens.tokenizer.encode(spellings[0])
    guard pieces.count > 1 else {
      throw CLIError(
        .badData,
        en: "\(tokens.model) has no token “\(term.word)”",
        ja: "\(tokens.model) に「\(term.word)」というトークンはありません。"
      )
    }
    let shown = pieces.map { VisibleText.show(tokens.tokenizer.text(of: $0).string) }
      .joined(separator: " | ")
    throw CLIError(
      .badData,
      en:
        "“\(term.word)” is \(pieces.count) tokens of \(tokens.model), not one: \(shown); each has a vector "
        + "of its own, ask for one of them",
      ja: "「\(term.word)」は \(tokens.model) では1つのトークンではなく、\(pieces.count) 個に分かれます：\(shown)。"
        + "それぞれが自分のベクトルを持つので、どれか1つを指定してください。"
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
        en:
          "\(lexicon.matrix) has no word “\(word)”; put blanks around a sign: “\(parts[0]) - \(parts[1])”",
        ja: "\(lexicon.matrix) に「\(word)」という単語はありません。符号の前後に空白を入れてください："
          + "「\(parts[0]) - \(parts[1])」"
      )
    }
    let suggestion = Spelling.suggestion(words.near(to: word).map { "\($0)" })
    throw CLIError(
      .badData,
      en: "\(lexicon.matrix) has no word “\(word)”\(suggestion.en)",
      ja: "\(lexicon.matrix) に「\(word)」という単語はありません。\(suggestion.ja)"
    )
  }
}
