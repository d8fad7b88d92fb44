import Embeddings
import Graphics
import Platform
import Tensors

/// How far words reach along a direction: their dot products with it.
public struct DirectionWords: Sendable, WordTeller {
  /// A word and how far it reaches.
  public struct Reach: Sendable {
    /// The word's row.
    public var row: Int
    /// The dot product of its vector with the direction.
    public var dot: Float
    /// The cosine of the angle between the two.
    public var cosine: Float
  }

  /// The language it is told in.
  public let language: Language
  let lexicon: Lexicon
  /// The direction.
  public let query: WordQuery
  /// The words, the farthest along the direction first.
  public let reaches: [Reach]

  /// Multiplies words with a direction.
  ///
  /// - Parameters:
  ///   - rows: The words.
  ///   - query: The direction.
  ///   - lexicon: The words' vectors.
  ///   - isSorted: Whether they are put in order; else they stay as they are.
  ///   - language: The language to tell it in.
  public init(
    of rows: [Int],
    along query: WordQuery,
    in lexicon: Lexicon,
    isSorted: Bool = true,
    language: Language
  ) {
    self.language = language
    self.lexicon = lexicon
    self.query = query
    let reaches = rows.map { row in
      let vector = lexicon.vectors.vector(row)
      return Reach(
        row: row,
        dot: Tensors.dot(vector, query.vector),
        cosine: cosine(vector, query.vector)
      )
    }
    self.reaches = isSorted ? reaches.rising { -Double($0.dot) } : reaches
  }

  /// The whole report.
  public var report: WordReport {
    let space = space
    return WordReport(
      article: Article(
        language: language,
        id: "words",
        title: say(en: "The direction \(query.label)", ja: "「\(query.label)」という向き"),
        lead: [source],
        steps: [
          step("direction", en: "A dot product measures agreement", ja: "内積は一致の度合いを測る") {
            paragraph(
              en: """
                The difference of two vectors is a direction. The \(term: "dot product") of a word with it is positive where the word \
                points the same way, zero where the two are at right angles, and negative where it points the other way.
                """,
              ja: """
                2つのベクトルの差は、1つの向きを表します。語のベクトルとその向きの\(term: "内積")は、同じ向きなら正、直角なら 0、\
                反対向きなら負になります。
                """
            )
            equation([
              "a", .op("·"), "b", .op("="), .sum(under: "i", [.sub("a", "i"), .sub("b", "i")]),
            ])
            Block.figure(figure)
            spread
          }
        ]
      ),
      figure: figure,
      space: spaceFigure(space),
      spaceCaption: spaceCaption(space)
    )
  }

  /// A dot product to be shown.
  func quantity(_ reach: Reach) -> Quantity {
    Quantity(
      Double(reach.dot),
      digits: 3,
      origin: .derived(query.product(with: reach.row, in: lexicon))
    )
  }

  private var figure: Figure { figure(named: "words-direction") }

  /// The dot products as bars.
  func figure(named name: String, following row: Int? = nil) -> Figure {
    let bars = reaches.map { reach in
      Bars.Bar(lexicon.label(reach.row), quantity(reach), isFollowed: reach.row == row)
    }
    let names = reaches.map { "\(lexicon.label($0.row)) \(quantity($0).text)" }
    return figure(
      name,
      title: say(en: "Dot product with \(query.label)", ja: "「\(query.label)」との内積"),
      description: say(
        en: "\(names.joined(separator: "; ")).",
        ja: "\(names.joined(separator: "、"))。"
      ),
      Bars(bars, role: .data)
    )
  }

  /// The word that reaches farthest along the direction, and the one that reaches least.
  var spread: Block? {
    guard let most = reaches.max(by: { $0.dot < $1.dot }),
      let least = reaches.min(by: { $0.dot < $1.dot }), most.dot > least.dot
    else { return nil }
    let words = lexicon.vectors.words
    return found(
      en:
        "Of these, \(token: words[most.row]) reaches farthest along it, \(quantity(most)); \(token: words[least.row]) least, \(quantity(least)).",
      ja:
        "これらのうち、この向きに最も進んでいるのは \(token: words[most.row]) の \(quantity(most))、最も進んでいないのは \(token: words[least.row]) の \(quantity(least)) です。"
    )
  }

  /// The direction as an arrow, and the words; the first axis lies along the direction.
  private var space: WordSpace {
    var points: [WordSpace.Point] = []
    var places: [Int: Int] = [:]
    for row in query.rows + reaches.map({ $0.row }) where places[row] == nil {
      places[row] = points.count
      points.append(
        WordSpace.Point(
          label: lexicon.label(row),
          vector: lexicon.vectors.vector(row),
          isFollowed: query.rows.contains(row)
        )
      )
    }
    var arrows: [Scatter.Arrow] = []
    if query.expression.isDifference, let from = places[query.rows[1]],
      let to = places[query.rows[0]]
    {
      arrows = [Scatter.Arrow(from: from, to: to)]
    }
    let direction = WordSpace.Direction(label: query.label, vector: query.vector)
    return WordSpace(points, arrows: arrows, along: [direction])
  }
}
