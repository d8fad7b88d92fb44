import Embeddings
import Graphics
import Tensors
import Traces

// A difference of two embeddings as a direction, and how far the prompt's tokens reach along it.

/// A direction between two embeddings of the trace, with the tokens that are measured along it.
private struct EmbeddingDirection {
  var lexicon: Lexicon
  /// The direction: one token's vector less another's.
  let query: WordQuery
  let words: DirectionWords
  /// What the two words are to each other, if that is known.
  let relation: KnownPairs?
  /// Other pairs of that relation, by their rows.
  let others: [(from: Int, to: Int)]
  /// The followed token's row.
  let followed: Int

  /// Leads from one word of a known pair to the other; without one, to the followed token from the prompt's token that is most
  /// like it, or from its nearest neighbour.
  ///
  /// `nil` if the trace lacks the vectors.
  init?(story: Story) {
    guard let embed = story.recorded(.embed) else { return nil }
    var points = Points()
    let pairs = story.knownPairs.map { pair in
      (from: points.add(pair.from), to: points.add(pair.to))
    }
    followed = points.add(story.point(story.followed, embed))
    relation = pairs.isEmpty ? nil : story.relation
    if pairs.isEmpty {
      // A dozen is what bars can name.
      for position in story.trace.tokens.indices.reversed() where points.ids.count < 12 {
        points.add(story.point(position, embed))
      }
    }
    let own = points.ids.count
    if pairs.isEmpty { points.addNeighbours(in: story) }
    guard points.ids.count > 1 else { return nil }
    let tensor = Tensor(
      shape: [points.ids.count, embed.columns],
      values: points.vectors.flatMap { $0 }
    )
    lexicon = Lexicon(
      WordVectors(name: embed.name, words: WordList(points.labels), vectors: tensor),
      matrix: embed.name
    )
    lexicon.places = points.places
    let (to, from): (Int, Int)
    if let pair = pairs.first {
      (to, from) = (pair.to, pair.from)
    } else {
      let candidates = own > 1 ? tensor.rows(Array(1..<own)) : tensor.rows([1])
      let nearest = Neighbours(in: candidates).nearest(to: tensor.slice(0), count: 1)
      guard let other = nearest.first.map({ $0.index + 1 }) else { return nil }
      (to, from) = (0, other)
    }
    others = Array(pairs.dropFirst())
    query = WordQuery(
      WordExpression(points.labels[to], minus: points.labels[from]),
      rows: [to, from],
      in: lexicon
    )
    guard !query.isZero(in: lexicon) else { return nil }
    words = DirectionWords(
      of: Array(points.ids.indices),
      along: query,
      in: lexicon,
      language: story.language
    )
  }

  /// How many of the other pairs have their second word farther along the direction than their first.
  var agreeing: Int {
    func reach(_ row: Int) -> Float? { words.reaches.first { $0.row == row }?.dot ?? nil }
    return others.count { reach($0.to) ?? 0 > reach($0.from) ?? 0 }
  }

  /// `(a − b) · x = a · x − b · x` for the followed token, with numbers.
  var arithmetic: RichText? {
    guard let own = words.reaches.first(where: { $0.row == followed }) else { return nil }
    let x = lexicon.vectors.vector(followed)
    let (a, b) = (lexicon.vectors.vector(query.rows[0]), lexicon.vectors.vector(query.rows[1]))
    let label = lexicon.label(followed)
    func formula(_ row: Int) -> Origin {
      let places = lexicon.places ?? []
      return .derived("sum(n, \(places[row]) * \(places[followed]))")
    }
    let whole = Quantity(Double(dot(a, x)), origin: formula(query.rows[0]))
    let shared = Quantity(Double(dot(b, x)), origin: formula(query.rows[1]))
    var result = words.quantity(own)
    result.digits = 2
    return "(\(query.label)) · \(label) = \(whole) − \(signed: shared) = \(result)"
  }
}

/// Tokens with their vectors, each once.
private struct Points {
  typealias Point = (id: Int, label: String, vector: [Float], place: String)
  private(set) var ids: [Int] = []
  private(set) var labels: [String] = []
  private(set) var vectors: [[Float]] = []
  private(set) var places: [String] = []

  /// Adds a token, if it is not there yet.
  ///
  /// - Returns: Its row.
  @discardableResult
  mutating func add(_ point: Point) -> Int {
    if let row = ids.firstIndex(of: point.id) { return row }
    ids.append(point.id)
    labels.append(point.label)
    vectors.append(point.vector)
    places.append(point.place)
    return ids.count - 1
  }

  /// Adds the followed token's nearest.
  mutating func addNeighbours(in story: Story) {
    guard let near = story.recorded(.neighbourEmbed), let nearIDs = story.recorded(.neighbourID)
    else {
      return
    }
    for rank in 0..<min(4, nearIDs.columns) {
      let id = nearIDs.id(story.followed, rank)
      add(
        (
          id, story.word(id), near.vector(story.followed, rank),
          near.place([story.followed, rank], "n")
        )
      )
    }
  }
}

extension Story {
  /// A token of the prompt with its vector.
  fileprivate func point(_ position: Int, _ embed: Recorded) -> Points.Point {
    (
      trace.tokens[position].id, token(position), embed.vector(position),
      embed.place([position], "n")
    )
  }

  /// The pairs of words that the trace has, if it is known what sets the first one's apart.
  fileprivate var knownPairs: [(from: Points.Point, to: Points.Point)] {
    guard let ids = recorded(.pairID), let vectors = recorded(.pairEmbed), relation != nil else {
      return []
    }
    return (0..<ids.shape[0]).map { pair in
      func point(_ side: Int) -> Points.Point {
        (
          ids.id(pair, side), word(ids.id(pair, side)), vectors.vector(pair, side),
          vectors.place([pair, side], "n")
        )
      }
      return (point(0), point(1))
    }
  }

  /// What the words of the trace's pairs are to each other, if all are the same.
  fileprivate var relation: KnownPairs? {
    guard let ids = recorded(.pairID) else { return nil }
    let relations = (0..<ids.shape[0]).map { pair in
      KnownPairs(from: word(ids.id(pair, 0)), to: word(ids.id(pair, 1)))
    }
    return relations.allSatisfy { $0 == relations[0] } ? relations[0] : nil
  }
}

extension EmbeddingStage {
  /// What a difference of two tokens says about the others.
  var direction: Step {
    step(
      "direction",
      en: "A difference is a direction",
      ja: "差は1つの向きになる",
      follows: .token
    ) {
      if let told = EmbeddingDirection(story: story) {
        paragraph(
          en: """
            Take one vector from another, and what is left is a direction: from the one token to the other. The \
            \(term: "dot product") of a token with it says how far the token reaches that way: negative is the opposite way, zero \
            is at right angles.
            """,
          ja: """
            ベクトルからベクトルを引くと、一方のトークンからもう一方へ向かう「向き」が残ります。トークンのベクトルとこの向きの\
            \(term: "内積")は、その向きにどれだけ進んでいるかを表します。負なら反対向き、0 なら直角です。
            """
        )
        equation([
          .parens(["a", .op("−"), "b"]), .op("·"), "x", .op("="), "a", .op("·"), "x", .op("−"), "b",
          .op("·"), "x",
        ])
        meaning(told)
        if let line = told.arithmetic { arithmetic(line) }
        Block.figure(told.words.figure(named: "embedding-direction", following: told.followed))
        Block.panel(.direction)
        onOthers(told)
      } else {
        leftOut(HookPoint.embed.name)
      }
    }
  }

  /// Whether the direction stands for anything.
  private func meaning(_ told: EmbeddingDirection) -> Block {
    let (to, from) = (
      told.lexicon.label(told.query.rows[0]), told.lexicon.label(told.query.rows[1])
    )
    let pair: RichText? =
      switch told.relation {
      case .capital:
        say(
          en: "\(from) and \(to) are a country and its capital.",
          ja: "\(from) と \(to) は、国とその首都です。"
        )
      case .gender:
        say(
          en: "\(from) and \(to) are words for a man and a woman.",
          ja: "\(from) と \(to) は、男性を指す語と女性を指す語です。"
        )
      case .number:
        say(en: "\(from) and \(to) are one and many.", ja: "\(from) と \(to) は、単数形と複数形です。")
      case .young:
        say(
          en: "\(from) and \(to) are an animal and its young.",
          ja: "\(from) と \(to) は、動物とその子です。"
        )
      case nil: nil
      }
    guard let pair else {
      return paragraph(
        en: """
          The direction \(told.query.label) means nothing in particular: no pair of words with a known difference is at hand \
          here. It shows the arithmetic.
          """,
        ja: """
          ここには、違いの意味がわかっている語の組がありません。「\(told.query.label)」という向きは計算の例で、特に意味はありません。
          """
      )
    }
    return paragraph(
      en: """
        \(pair) If the difference of their vectors stands for that, the same direction should tell other such pairs apart: in \
        each, the second word should reach further along it than the first.
        """,
      ja: """
        \(pair)2つのベクトルの差がその違いを表しているなら、同じ向きでほかの組も区別できるはずです。どの組でも、2つ目の語のほうが\
        この向きに進んでいるはずです。
        """
    )
  }

  /// Whether the direction tells other pairs of the same relation apart.
  private func onOthers(_ told: EmbeddingDirection) -> Block? {
    guard told.relation != nil, !told.others.isEmpty else { return told.words.spread }
    if told.others.count == 1 {
      let (from, to) = (
        told.lexicon.label(told.others[0].from), told.lexicon.label(told.others[0].to)
      )
      let agrees = told.agreeing == 1
      return found(
        en: """
          There is one other pair to try, \(from) and \(to): its second word \(agrees ? "reaches" : "does not reach") further along \
          \(told.query.label). One is too few to tell.
          """,
        ja: """
          試せるほかの組は1つだけです。\(from) と \(to) では、2つ目の語のほうが「\(told.query.label)」の向きに\
          \(agrees ? "進んでいます" : "進んでいるとは言えません")。1組だけでは、何とも言えません。
          """
      )
    }
    let names = told.others.map { "\(told.lexicon.label($0.from))/\(told.lexicon.label($0.to))" }
    let list = names.joined(separator: say(en: ", ", ja: "、").plain)
    return found(
      en: """
        Of \(told.others.count.of("other pair")) tried (\(list)), the second word reaches further along \(told.query.label) in \
        \(told.agreeing).
        """,
      ja: """
        試したほかの \(told.others.count) 組（\(list)）のうち、2つ目の語のほうが「\(told.query.label)」の向きに進んでいるのは \
        \(told.agreeing) 組です。
        """
    )
  }
}
