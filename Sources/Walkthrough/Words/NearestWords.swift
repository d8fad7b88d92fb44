import Embeddings
import Graphics
import Tensors

/// The words nearest to a word, or to a sum of words, by cosine; the question's own words aside.
///
/// - SeeAlso: Mikolov, Yih & Zweig 2013, *Linguistic Regularities in Continuous Space Word
///   Representations*.
public struct NearestWords: Sendable, WordTeller {
  /// A word and how near it is.
  public struct Answer: Sendable {
    /// The word's row.
    public var row: Int
    /// Its place among all words but the question's own, 1 the nearest.
    public var rank: Int
    /// The cosine of the angle between it and what was asked for.
    public var cosine: Float
    /// Whether the reader expected it.
    public var isExpected: Bool
  }

  /// The language it is told in.
  public let language: Language
  let lexicon: Lexicon
  /// What was asked for.
  public let query: WordQuery
  /// The nearest words, nearest first; then what was expected, if it is farther off.
  public let answers: [Answer]

  /// Looks for the nearest words.
  ///
  /// - Parameters:
  ///   - query: What is asked for.
  ///   - lexicon: The words.
  ///   - count: How many to find.
  ///   - expected: A word whose place is wanted too.
  ///   - language: The language to tell it in.
  public init(
    to query: WordQuery,
    in lexicon: Lexicon,
    count: Int,
    expecting expected: Int? = nil,
    language: Language
  ) {
    self.language = language
    self.lexicon = lexicon
    self.query = query
    let own = Set(query.rows)
    let found = lexicon.neighbours.nearest(to: query.vector, count: count, excluding: own)
    var answers = found.enumerated().map { rank, neighbour in
      Answer(
        row: neighbour.index,
        rank: rank + 1,
        cosine: neighbour.cosine,
        isExpected: neighbour.index == expected
      )
    }
    if let expected, !answers.contains(where: { $0.isExpected }) {
      let (rank, cosine) = lexicon.neighbours.rank(of: expected, to: query.vector, excluding: own)
      answers.append(Answer(row: expected, rank: rank, cosine: cosine, isExpected: true))
    }
    self.answers = answers
  }

  /// The whole report.
  public var report: WordReport {
    let space = space
    return WordReport(
      article: Article(
        language: language,
        id: "words",
        title: title,
        lead: [source, excluded],
        steps: [
          step("nearest", en: "Nearest by the angle between them", ja: "角度が近い順に") {
            paragraph(
              en: """
                A vector is a direction in a space of \(size(lexicon.vectors.dimensions)) dimensions. The \(term: "cosine") of the \
                angle between two says how alike they are: 1 the same direction, 0 at right angles, −1 opposite.
                """,
              ja: """
                ベクトルは \(size(lexicon.vectors.dimensions)) 次元の空間の中の向きです。2本のなす角の\(term: "コサイン")が、\
                どれだけ似ているかを表します。1 は同じ向き、0 は直角、−1 は反対向きです。
                """
            )
            equation([
              .function("cos"), .text(" "), "θ", .op("="),
              .frac(["a", .op("·"), "b"], ["‖a‖", .text(" "), "‖b‖"]),
            ])
            Block.figure(figure)
            found
          }
        ]
      ),
      figure: figure,
      space: spaceFigure(space),
      spaceCaption: spaceCaption(space)
    )
  }

  private var title: RichText {
    query.expression.isWord
      ? say(en: "Nearest to \(query.label)", ja: "「\(query.label)」に近い語")
      : say(en: "\(query.label) ≈ ?", ja: "\(query.label) ≈ ?")
  }

  /// The sentence that says which words were left out.
  public var excluded: RichText {
    var seen: Set<Int> = []
    let own = query.rows.filter { seen.insert($0).inserted }.map(lexicon.label)
    return say(
      en: "Left out, as they stand in the question: \(own.joined(separator: ", ")).",
      ja: "問いにある語は除きました：\(own.joined(separator: "、"))。"
    )
  }

  private func cosine(_ answer: Answer) -> Quantity {
    let origin = "cos(\(query.label), \(lexicon.label(answer.row)))"
    return Quantity(Double(answer.cosine), digits: 3, origin: .derived(origin))
  }

  private var found: Block? {
    guard let expected = answers.first(where: { $0.isExpected }) else {
      guard let best = answers.first, !query.expression.isWord else { return nil }
      return found(
        en:
          "The nearest word is \(token: lexicon.vectors.words[best.row]), with a cosine of \(cosine(best)).",
        ja: "最も近い語は \(token: lexicon.vectors.words[best.row]) で、コサイン類似度は \(cosine(best)) です。"
      )
    }
    let word = lexicon.vectors.words[expected.row]
    if query.rows.contains(expected.row) {
      return found(
        en:
          "\(token: word) is one of the question's own words, which have no rank; its cosine is \(cosine(expected)).",
        ja: "\(token: word) は問いにある語なので順位はありません。コサイン類似度は \(cosine(expected)) です。"
      )
    }
    let rank = count(expected.rank, "1 + number of words with a greater cosine")
    return found(
      en: "\(token: word) comes in place \(rank), with a cosine of \(cosine(expected)).",
      ja: "\(token: word) は\(rank)位で、コサイン類似度は \(cosine(expected)) です。"
    )
  }

  /// The answers as bars.
  private var figure: Figure {
    let bars = answers.map { answer in
      Bars.Bar(
        "\(answer.rank). \(lexicon.label(answer.row))",
        cosine(answer),
        isFollowed: answer.isExpected
      )
    }
    let names = answers.map { "\(lexicon.label($0.row)) \(cosine($0).text)" }
    return figure(
      "words-nearest",
      title: say(
        en: "Cosine to \(query.label): \(bars.count) of \(size(lexicon.vectors.words.count)) words",
        ja: "「\(query.label)」とのコサイン類似度（\(size(lexicon.vectors.words.count)) 語のうち \(bars.count) 語）"
      ),
      description: say(
        en: "\(names.joined(separator: "; ")).",
        ja: "\(names.joined(separator: "、"))。"
      ),
      Bars(bars, role: .data, domain: 0...1)
    )
  }

  /// The question's words, what they come to, and the answers; for sums, arrows from what is taken away
  /// to what is added.
  private var space: WordSpace {
    var points: [WordSpace.Point] = []
    var places: [Int: Int] = [:]
    func add(_ row: Int, isFollowed: Bool = false, isFaint: Bool = false) {
      guard places[row] == nil else { return }
      places[row] = points.count
      points.append(
        WordSpace.Point(
          label: lexicon.label(row),
          vector: lexicon.vectors.vector(row),
          isFollowed: isFollowed,
          isFaint: isFaint
        )
      )
    }
    var arrows: [Scatter.Arrow] = []
    let isWord = query.expression.isWord
    for row in query.rows { add(row, isFollowed: isWord) }
    if !isWord {
      points.append(
        WordSpace.Point(label: query.label, vector: query.vector, isFollowed: true)
      )
      let sum = points.count - 1
      // a − b + c: the step from b to c, taken from a, leads to the sum.
      let terms = zip(query.expression.terms.map { $0.weight }, query.rows)
      let (added, taken) = (terms.filter { $0.0 == 1 }, terms.filter { $0.0 == -1 })
      if added.count == 2, taken.count == 1, query.rows.count == 3, let from = places[taken[0].1],
        let to = places[added[1].1], let start = places[added[0].1]
      {
        arrows = [Scatter.Arrow(from: from, to: to), Scatter.Arrow(from: start, to: sum)]
      }
    }
    for answer in answers { add(answer.row, isFaint: !answer.isExpected && !isWord) }
    return WordSpace(points, arrows: arrows)
  }
}
