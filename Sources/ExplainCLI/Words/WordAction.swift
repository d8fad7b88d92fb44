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
    case .nearest, .analogy: [WordOptions.count, WordOptions.expected]
    case .direction: [WordOptions.order]
    case .map: [WordOptions.x, WordOptions.y, WordOptions.z, WordOptions.axes]
    case .compare: [WordOptions.count]
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
    throw .usage(
      "explain words \(rawValue) has no option \(stray.typed); these have: "
        + owners.map { "explain words \($0.rawValue)" }.joined(separator: ", ")
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
    let count = invocation.integer(WordOptions.count) ?? 10
    switch self {
    case .nearest, .analogy:
      // The shell may have cut `king - man + woman` into words.
      let query = try source.query(words.joined(separator: " "))
      let expected = invocation.text(WordOptions.expected)
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
          "explain words direction needs words to measure: explain words direction \"A - B\" WORD…"
        )
      }
      let query = try source.query(words[0])
      var rows: [Int] = []
      for word in words.dropFirst() { rows.append(try source.row(word)) }
      let found = DirectionWords(
        of: rows,
        along: query,
        in: lexicon,
        isSorted: invocation.text(WordOptions.order) != "given",
        language: language
      )
      return WordResult(found, in: lexicon)
    case .map:
      return WordResult(try map(words, in: source, invocation))
    case .compare:
      guard words.count == 2 else {
        throw .usage("explain words compare takes two words, not \(words.count)")
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
      throw .usage("explain words map needs two words or more; one alone has no place among others")
    }
    var named: [WordQuery] = []
    for option in [WordOptions.x, WordOptions.y, WordOptions.z] {
      if let text = invocation.text(option) { named.append(try source.query(text)) }
    }
    let axes = MappedWords.Axes(
      named: named,
      ofAllWords: invocation.text(WordOptions.axes) == "all"
    )
    return MappedWords(queries, axes: axes, in: source.lexicon, language: invocation.language)
  }
}

/// The options of single actions on words.
enum WordOptions {
  static let count = OptionSpec(
    "count",
    .integer(placeholder: "N", 1...1000),
    help: "how many words nearest and analogy find, how many terms compare shows",
    defaultText: "10"
  )
  static let expected = OptionSpec(
    "expect",
    .text(placeholder: "WORD"),
    help: "of nearest and analogy: give this word's place too, however far off"
  )
  static let order = OptionSpec(
    "order",
    .choice(["dot", "given"]),
    help: "of direction: largest dot product first, or as the words were given",
    defaultText: "dot"
  )
  static let x = axis("x", "first")
  static let y = axis("y", "second")
  static let z = axis("z", "third")
  static let axes = OptionSpec(
    "axes",
    .choice(["words", "all"]),
    help: "of map: the principal components of the words on it, or of the whole vocabulary",
    defaultText: "words"
  )

  /// All of them.
  static let ofActions = [count, expected, order, x, y, z, axes]

  private static func axis(_ name: String, _ place: String) -> OptionSpec {
    OptionSpec(
      name,
      .text(placeholder: "EXPR"),
      help: "of map: the \(place) axis, a word or a difference such as \"woman - man\""
    )
  }
}
