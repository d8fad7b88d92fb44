import Embeddings
import Formats
import Pages
import Tensors
import Tokenization
import Transformer
import Walkthrough

// The vocabulary's vectors: what is near to a sum of words, how far words reach along a direction, where they lie.

extension Engine {
  /// `words`: what is asked of words by a `text`: with the `action` `nearest` a word or a sum, `king - man + woman`; with
  /// `direction` a difference, then words; with `map` words and differences, commas between. The words are the rows of the
  /// `matrix` W_E, or the columns of W_U.
  ///
  /// Without a text, a question that the vocabulary has the words for: one about the run's token at `position`, if there is a
  /// run. The reply has a `form` for the next question, the answer's `html`, told at length where `whole` is not empty, and
  /// the form's `fields`. Ids begin with `prefix`.
  mutating func words(_ call: EngineCall) throws(EngineError) -> JSON {
    let words = try vocabulary(try call.optionalText("matrix") ?? "W_E")
    guard let action = WordsForm.Action(rawValue: try call.optionalText("action") ?? "nearest")
    else { throw EngineError("“action” is none of nearest, direction, map") }
    let language = try call.language()
    let near = prompted(words, around: try call.count("position"))
    let examples = words.examples
    var text = try call.optionalText("text") ?? ""
    if text.allSatisfy({ $0.isWhitespace }) {
      text = words.question(action, about: near, examples) ?? ""
    }
    let (report, found) = try words.report(action, text, language)
    var form = WordsForm(action, text, in: language)
    form.matrix = words.lexicon.matrix
    form.prefix = try call.optionalText("prefix") ?? ""
    form.isWhole = try call.optionalText("whole")?.isEmpty == false
    form.chips = words.chips(found + near, action, text)
    form.examples = examples.filter { $0.text != text }
    return [
      "form": .string(form.html), "html": .string(form.answer(report)),
      "fields": ["text": .string(text), "action": .string(action.rawValue)],
    ]
  }

  /// The words of the model's vocabulary with vectors of a matrix, kept until another is asked for.
  private mutating func vocabulary(_ matrix: String) throws(EngineError) -> Vocabulary {
    let model = try loaded()
    guard matrix == "W_E" || matrix == "W_U" else { throw EngineError("no matrix “\(matrix)”") }
    if let kept = vocabulary, kept.lexicon.matrix == matrix { return kept }
    let made = Vocabulary(of: model, matrix: matrix)
    vocabulary = made
    return made
  }

  /// The rows of the run's tokens that are words, those around a position first; none if there is no run.
  private func prompted(_ words: Vocabulary, around position: Int?) -> [Int] {
    let tokens = run?.tokens ?? []
    let middle = min(position ?? tokens.count, tokens.count)
    var rows: [Int] = []
    for place in tokens.indices.sorted(by: { (abs($0 - middle), $1) < (abs($1 - middle), $0) })
    where rows.count < 6 && !rows.contains(tokens[place]) && words.name(tokens[place]) != nil {
      rows.append(tokens[place])
    }
    return rows
  }
}

/// The words of a vocabulary, and how a reader asks for them.
struct Vocabulary {
  let lexicon: Lexicon
  private let tokenizer: Tokenizer

  init(of model: Model, matrix: String) {
    let weights = model.transformer.weights
    let vectors = matrix == "W_U" ? weights.unembedding.columns : weights.embedding
    tokenizer = model.tokenizer
    let words = (0..<vectors.rows).map { id in
      model.tokenizer.bytes(of: id) == nil ? "#\(id)" : model.tokenizer.text(of: id).string
    }
    lexicon = Lexicon(
      WordVectors(name: matrix, words: WordList(words), vectors: vectors),
      matrix: matrix,
      model: model.name
    )
  }

  /// What was found, and the rows that it names.
  func report(
    _ action: WordsForm.Action,
    _ text: String,
    _ language: Language
  ) throws(EngineError) -> (WordReport, rows: [Int]) {
    let parts = Self.parts(of: text)
    switch action {
    case .nearest:
      let found = NearestWords(
        to: try query(text),
        in: lexicon,
        count: 8,
        language: language
      )
      return (found.report, found.answers.map { $0.row })
    case .direction:
      guard parts.count > 1 else {
        throw EngineError("a direction is a difference, and words after a comma: queen - king, man, woman")
      }
      var rows: [Int] = []
      for part in parts.dropFirst() { rows.append(contentsOf: try query(part).rows) }
      let along = try query(parts[0])
      let found = DirectionWords(of: rows, along: along, in: lexicon, language: language)
      return (found.report, along.rows + rows)
    case .map:
      var queries: [WordQuery] = []
      for part in parts { queries.append(try query(part, mayCancel: true)) }
      let rows = queries.flatMap { $0.rows }
      guard Set(rows).count > 1 else {
        throw EngineError("a map needs two words or more, with a comma between")
      }
      let map = MappedWords(queries, axes: MappedWords.Axes(), in: lexicon, language: language)
      return (map.report, rows)
    }
  }

  /// A sum of words.
  private func query(_ text: String, mayCancel: Bool = false) throws(EngineError) -> WordQuery {
    let expression: WordExpression
    do throws(WordExpressionError) { expression = try WordExpression(text) } catch {
      throw EngineError("“\(text)”: \(error.description)")
    }
    var rows: [Int] = []
    for term in expression.terms {
      guard let row = row(of: term) else {
        throw EngineError("“\(term.word)” is not one token of \(lexicon.model ?? "")")
      }
      rows.append(row)
    }
    let query = WordQuery(expression, rows: rows, in: lexicon)
    guard !query.isTooLong, mayCancel || !query.isZero(in: lexicon) else {
      throw EngineError("“\(text)” comes to a vector without a direction")
    }
    return query
  }

  /// The row that a word means: within a text, the token with its space.
  private func row(of term: WordExpression.Term) -> Int? {
    let row = tokenizer.token(for: term.word, isQuoted: term.isQuoted)
    return row.flatMap { $0 < lexicon.vectors.words.count ? $0 : nil }
  }

  /// How a row's word is asked for; nil if it cannot be, or is no word.
  func name(_ row: Int) -> String? {
    let word = lexicon.vectors.words[row]
    guard word.contains(where: { $0.isLetter }) else { return nil }
    let bare = word.first == " " ? String(word.dropFirst()) : word
    for name in [bare, "\"\(word)\""] {
      if let read = try? WordExpression(name), read.isWord, self.row(of: read.terms[0]) == row {
        return name
      }
    }
    return nil
  }

  /// The words that a reader may ask for with one click, a dozen at most.
  func chips(_ rows: [Int], _ action: WordsForm.Action, _ text: String) -> [WordsForm.Chip] {
    var seen: Set<Int> = []
    var chips: [WordsForm.Chip] = []
    let parts = Self.parts(of: text)
    // A sum is what is asked, or the direction, or the map's last entry.
    let changed = action == .map ? max(0, parts.count - 1) : 0
    func question(_ sign: String, _ name: String) -> String {
      guard action != .nearest else { return "\(text) \(sign) \(name)" }
      var parts = parts
      parts[changed] += " \(sign) \(name)"
      return parts.joined(separator: ", ")
    }
    for row in rows where chips.count < 12 && seen.insert(row).inserted {
      guard let name = name(row) else { continue }
      chips.append(
        WordsForm.Chip(
          label: lexicon.label(row),
          alone: action == .nearest ? name : "\(text), \(name)",
          added: question("+", name),
          taken: question("-", name)
        )
      )
    }
    return chips
  }

  /// Of some questions those that the vocabulary has the words for.
  var examples: [(action: WordsForm.Action, text: String)] {
    Self.asked.filter { _, text in
      Self.parts(of: text).allSatisfy { part in
        guard let read = try? WordExpression(part) else { return false }
        return read.terms.allSatisfy { row(of: $0) != nil }
      }
    }
  }

  private static let asked: [(action: WordsForm.Action, text: String)] = [
    (.nearest, "king - man + woman"), (.nearest, "Rome - Italy + France"),
    (.nearest, "cats - cat + dog"),
    (.direction, "woman - man, king, queen, father, mother, uncle, aunt"),
    (.map, "queen - king, woman - man, aunt - uncle, girl - boy"),
  ]

  /// A question about some words, else the first example; nil if there is neither.
  func question(
    _ action: WordsForm.Action,
    about rows: [Int],
    _ examples: [(action: WordsForm.Action, text: String)]
  ) -> String? {
    let names = rows.compactMap { name($0) }
    let example = examples.first { $0.action == action }?.text
    switch action {
    case .nearest: return names.first ?? example
    case .map: return names.count > 1 ? names.joined(separator: ", ") : example
    case .direction:
      guard example == nil, names.count > 1 else { return example }
      return "\(names[0]) - \(names[1]), " + names.joined(separator: ", ")
    }
  }

  /// What stands between commas; those in quotation marks are words.
  private static func parts(of text: String) -> [String] {
    var parts = [""]
    var isQuoted = false
    for character in text {
      if character == "\"" { isQuoted.toggle() }
      if !isQuoted, character == "," || character == "、" {
        parts.append("")
      } else if character != " " || !parts[parts.count - 1].isEmpty {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.filter { !$0.isEmpty }
  }
}
