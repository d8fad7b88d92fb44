import Walkthrough

/// What can be done with words.
enum WordAction: String, CaseIterable {
  /// The words nearest to one.
  case nearest
  /// The words nearest to a sum.
  case analogy
  /// Words' dot products with a direction.
  case direction
  /// A slice of the space.
  case map
  /// Two words' dot product, term by term.
  case compare

  /// The options that this action alone, or this one among others, understands.
  private var options: [OptionSpec] {
    switch self {
    case .nearest, .analogy: specs(WordOptions.count, WordOptions.expected)
    case .direction: specs(WordOptions.order)
    case .map: specs(WordOptions.x, WordOptions.y, WordOptions.z, WordOptions.axes)
    case .compare: specs(WordOptions.count)
    }
  }

  /// Checks that no option of another action was given.
  ///
  /// - Throws: A usage error that says whose it is.
  func checkOptions(of invocation: Invocation) throws(CLIError) {
    let own = options.map(\.name)
    let strays = WordOptions.ofActions.filter { invocation.has($0) && !own.contains($0.name) }
    guard let stray = strays.first else { return }
    let owners = Self.allCases.filter { $0.options.contains { $0.name == stray.name } }
    let list = owners.map { "explain words \($0.rawValue)" }.joined(separator: ", ")
    throw .usage(
      en: "explain words \(rawValue) has no option \(stray.typed); these have: \(list)",
      ja: "explain words \(rawValue) に \(stray.typed) というオプションはありません。あるのは次の操作です：\(list)"
    )
  }

  /// Does it.
  ///
  /// - Throws: What is wrong with the words.
  func result(
    of words: [String],
    in source: WordSource,
    _ invocation: Invocation
  ) throws(CLIError) -> WordResult {
    let (lexicon, language) = (source.lexicon, invocation.language)
    let count = invocation[WordOptions.count]
    switch self {
    case .nearest, .analogy:
      // The shell may have cut `king - man + woman` into words.
      let query = try source.query(words.joined(separator: " "))
      let expected = invocation[WordOptions.expected]
      let found = NearestWords(
        to: query,
        in: lexicon,
        count: count,
        expecting: try expected.map { word throws(CLIError) in try source.row(word) },
        language: language
      )
      return WordResult(found, in: lexicon)
    case .direction:
      guard words.count > 1 else {
        throw .usage(
          en:
            "explain words direction needs words to measure: explain words direction \"A - B\" WORD…",
          ja: "explain words direction には測る単語が必要です：explain words direction \"A - B\" WORD…"
        )
      }
      let query = try source.query(words[0])
      var rows: [Int] = []
      for word in words.dropFirst() { rows.append(try source.row(word)) }
      let found = DirectionWords(
        of: rows,
        along: query,
        in: lexicon,
        isSorted: invocation[WordOptions.order] == .dot,
        language: language
      )
      return WordResult(found, in: lexicon)
    case .map:
      return WordResult(try map(words, in: source, invocation))
    case .compare:
      guard words.count == 2 else {
        throw .usage(
          en: "explain words compare takes two words, not \(words.count)",
          ja: "explain words compare が取る単語は2つですが、\(words.count) 個あります。"
        )
      }
      let (a, b) = (try source.row(words[0]), try source.row(words[1]))
      return WordResult(
        ComparedWords(a, b, in: lexicon, count: count, language: language),
        in: lexicon
      )
    }
  }

  private func map(
    _ words: [String],
    in source: WordSource,
    _ invocation: Invocation
  ) throws(CLIError) -> MappedWords {
    var queries: [WordQuery] = []
    for word in words { queries.append(try source.query(word, mayCancel: true)) }
    guard Set(queries.flatMap(\.rows)).count > 1 else {
      throw .usage(
        en: "explain words map needs two words or more; one alone has no place among others",
        ja: "explain words map には単語が2つ以上必要です。1つだけでは位置の関係を示せません。"
      )
    }
    var named: [WordQuery] = []
    for option in [WordOptions.x, WordOptions.y, WordOptions.z] {
      if let text = invocation[option] { named.append(try source.query(text)) }
    }
    let axes = MappedWords.Axes(
      named: named,
      ofAllWords: invocation[WordOptions.axes] == .all
    )
    return MappedWords(queries, axes: axes, in: source.lexicon, language: invocation.language)
  }
}
