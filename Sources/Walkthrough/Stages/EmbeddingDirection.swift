import Embeddings
import Graphics
import Tensors
import Traces

// A difference of two embeddings as a direction, and how far the prompt's tokens reach along it.

/// A direction between two embeddings of the trace, with the tokens that are measured along it.
private struct EmbeddingDirection {
  let lexicon: Lexicon
  /// The direction: the followed token's vector less another's.
  let query: WordQuery
  let words: DirectionWords

  /// Leads to the followed token from the prompt's token that is most like it.
  ///
  /// Where there is no other, from its nearest neighbour. `nil` if the trace lacks the vectors.
  init?(story: Story) {
    guard let embed = story.recorded(.embed) else { return nil }
    var (ids, labels, vectors): ([Int], [String], [[Float]]) = ([], [], [])
    func add(_ id: Int, _ label: String, _ vector: [Float]) {
      guard !ids.contains(id) else { return }
      ids.append(id)
      labels.append(label)
      vectors.append(vector)
    }
    add(
      story.trace.tokens[story.followed].id,
      story.token(story.followed),
      embed.vector(story.followed)
    )
    // A dozen is what bars can name.
    for position in story.trace.tokens.indices.reversed() where ids.count < 12 {
      add(story.trace.tokens[position].id, story.token(position), embed.vector(position))
    }
    let own = ids.count
    if let near = story.recorded(.neighbourEmbed), let nearIDs = story.recorded(.neighbourID) {
      for rank in 0..<min(4, nearIDs.columns) {
        let id = nearIDs.id(story.followed, rank)
        add(id, story.word(id), near.vector(story.followed, rank))
      }
    }
    guard ids.count > 1 else { return nil }
    let tensor = Tensor(shape: [ids.count, embed.columns], values: vectors.flatMap { $0 })
    lexicon = Lexicon(
      WordVectors(name: embed.name, words: WordList(labels), vectors: tensor),
      matrix: embed.name
    )
    let candidates = own > 1 ? tensor.rows(Array(1..<own)) : tensor.rows([1])
    let nearest = Neighbours(in: candidates).nearest(to: tensor.slice(0), count: 1)
    guard let other = nearest.first.map({ $0.index + 1 }) else { return nil }
    query = WordQuery(
      WordExpression(labels[0], minus: labels[other]),
      rows: [0, other],
      in: lexicon
    )
    guard !query.isZero(in: lexicon) else { return nil }
    words = DirectionWords(
      of: Array(ids.indices),
      along: query,
      in: lexicon,
      language: story.language
    )
  }

  /// `(a − b) · a = a · a − b · a`, with numbers.
  var arithmetic: RichText? {
    guard let own = words.reaches.first(where: { $0.row == 0 }) else { return nil }
    let (a, b) = (lexicon.vectors.vector(0), lexicon.vectors.vector(query.rows[1]))
    let (first, second) = (lexicon.label(0), lexicon.label(query.rows[1]))
    let whole = Quantity(Double(dot(a, a)), origin: .derived("\(first) · \(first)"))
    let shared = Quantity(Double(dot(b, a)), origin: .derived("\(second) · \(first)"))
    var result = words.quantity(own)
    result.digits = 2
    return "(\(query.label)) · \(first) = \(whole) − \(signed: shared) = \(result)"
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
        if let line = told.arithmetic { arithmetic(line) }
        Block.figure(told.words.figure(named: "embedding-direction", following: 0))
        told.words.spread
      } else {
        leftOut(HookPoint.embed.name)
      }
    }
  }
}
