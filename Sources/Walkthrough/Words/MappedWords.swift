import Embeddings
import Graphics
import Tensors

/// A slice of the space: words on two and three axes, with arrows for differences.
public struct MappedWords: Sendable, WordTeller {
  /// What the axes are.
  public struct Axes: Sendable {
    /// Directions that the reader named, in order.
    public var named: [WordQuery]
    /// Whether the other axes are the principal components of the whole vocabulary, not of the words.
    public var ofAllWords: Bool

    /// Chooses axes.
    public init(named: [WordQuery] = [], ofAllWords: Bool = false) {
      self.named = named
      self.ofAllWords = ofAllWords
    }
  }

  /// The language it is told in.
  public let language: Language
  let lexicon: Lexicon
  let space: WordSpace
  private let axes: Axes

  /// Lays out words.
  ///
  /// A difference of two words is an arrow from one to the other; another sum is a point of its own.
  ///
  /// - Parameters:
  ///   - queries: Words, differences and sums.
  ///   - axes: What the axes are.
  ///   - lexicon: The words' vectors.
  ///   - language: The language to tell it in.
  public init(_ queries: [WordQuery], axes: Axes, in lexicon: Lexicon, language: Language) {
    self.language = language
    self.lexicon = lexicon
    self.axes = axes
    var points: [WordSpace.Point] = []
    var places: [Int: Int] = [:]
    var arrows: [Scatter.Arrow] = []
    func add(_ row: Int) -> Int {
      if let place = places[row] { return place }
      places[row] = points.count
      points.append(
        WordSpace.Point(label: lexicon.label(row), vector: lexicon.vectors.vector(row))
      )
      return points.count - 1
    }
    for query in queries {
      if query.expression.isDifference {
        let (to, from) = (add(query.rows[0]), add(query.rows[1]))
        arrows.append(Scatter.Arrow(from: from, to: to))
      } else if query.expression.isWord {
        _ = add(query.rows[0])
      } else {
        for row in query.rows { _ = add(row) }
        points.append(
          WordSpace.Point(label: query.label, vector: query.vector, isFollowed: true)
        )
      }
    }
    space = WordSpace(
      points,
      arrows: arrows,
      along: axes.named.map { WordSpace.Direction(label: $0.label, vector: $0.vector) },
      varyingIn: axes.ofAllWords ? lexicon.vectors.vectors : nil
    )
  }

  /// A word or a sum of words, and where it stands.
  public struct Place: Sendable {
    /// What it is.
    public var label: String
    /// Its place on each axis, from the words' mean.
    public var coordinates: [Double]
  }

  /// The points in order.
  public var places: [Place] {
    space.points.indices.map { point in
      Place(
        label: space.points[point].label,
        coordinates: (0..<3).map { space.place(point, $0) }
      )
    }
  }

  /// Each axis's name, if it has one, and its share of the variance.
  public var axisShares: [(name: String?, share: Double)] {
    (0..<3).map { (space.name($0), space.share($0).value) }
  }

  /// The arrows, by the indices of their points.
  public var arrows: [(from: Int, to: Int)] { space.arrows.map { ($0.from, $0.to) } }

  /// The whole report.
  public var report: WordReport {
    WordReport(
      article: Article(
        language: language,
        id: "words",
        title: say(en: "A map of words", ja: "語の地図"),
        lead: [source, axesLead],
        steps: [map, table].compactMap { $0 }
      ),
      figure: both,
      space: spaceFigure(space),
      spaceCaption: spaceCaption(space)
    )
  }

  private var axesLead: RichText {
    let named = axes.named.map { $0.label }
    let others =
      axes.ofAllWords
      ? say(
        en: "the directions along which the whole vocabulary varies most",
        ja: "語彙全体が最もばらつく向き"
      )
      : say(en: "the directions along which these words vary most", ja: "これらの語が最もばらつく向き")
    guard !named.isEmpty else {
      return say(en: "The axes are \(others).", ja: "軸は、\(others)です。")
    }
    let list = named.enumerated().map {
      language == .en ? "\($0 + 1): \($1)" : "軸 \($0 + 1) は \($1)"
    }
    .joined(separator: language == .en ? ", " : "、")
    let turned: RichText =
      named.count < 2
      ? "" : say(en: ", each perpendicular to those before it", ja: "（前の軸と直交する成分）")
    let rest: RichText =
      named.count > 2
      ? ""
      : say(
        en: "; the others are at right angles to \(named.count == 1 ? "it" : "them"), \(others)",
        ja: "、残りの軸は、それと直交する向きのうち、\(others)"
      )
    return say(
      en: "Axes: \(list)\(turned)\(rest).",
      ja: "\(list)\(turned)\(rest)です。"
    )
  }

  private var map: Step {
    step("map", en: "Flat, on the first two axes", ja: "はじめの2本の軸の平面で見る") {
      paragraph(
        en: """
          A \(term: "projection") is a shadow: what the words look like from one side. Parallel arrows are differences that point the \
          same way. What the axes do not keep is not seen.
          """,
        ja: """
          \(term: "射影")は影のようなもので、ある方向から見た語の配置です。平行な矢印は、同じ向きの差を表します。\
          軸に残らなかったものは見えません。
          """
      )
      Block.figure(figure)
      turned
      parallel
    }
  }

  private var figure: Figure {
    let names = space.points.map { $0.label }.joined(separator: language == .en ? ", " : "、")
    return figure(
      "words-map",
      title: say(en: "Words on two axes", ja: "2本の軸の上の語"),
      description: say(
        en: "\(names). \(arrowsBetween(space))",
        ja: "\(names)。\(arrowsBetween(space))"
      ),
      flat
    )
  }

  private var flat: Scatter {
    space.scatter(xTitle: axisTitle(space, 0), yTitle: axisTitle(space, 1))
  }

  /// The flat picture and the one in three dimensions.
  private var both: Figure {
    var both = figure
    both.scene.panels.append(Scene.Panel(space.mark, caption: axesCaption(space)))
    return both
  }

  /// How far named directions had to be turned.
  private var turned: Block? {
    let turned = space.slice.axes.filter { $0.given != nil && $0.turned > 0.05 }
    guard let axis = turned.first, let given = axis.given else { return nil }
    let angle = Quantity(
      axis.turned,
      digits: 1,
      origin: .derived("angle between \(axes.named[given].label) and its axis, in degrees")
    )
    return found(
      en:
        "\(axes.named[given].label) is not perpendicular to the axes before it: its axis is turned by \(angle)°.",
      ja: "\(axes.named[given].label) は前の軸と直交していないので、軸を \(angle)° 回してあります。"
    )
  }

  /// How parallel the first two arrows are, in all dimensions.
  private var parallel: Block? {
    guard space.arrows.count >= 2 else { return nil }
    let differences = space.arrows.prefix(2).map { arrow in
      space.points[arrow.to].vector - space.points[arrow.from].vector
    }
    let labels = space.arrows.prefix(2).map { arrow in
      "\(space.points[arrow.to].label) − \(space.points[arrow.from].label)"
    }
    let cosine = Quantity(
      Double(cosine(differences[0], differences[1])),
      digits: 3,
      origin: .derived("cos(\(labels[0]), \(labels[1]))")
    )
    return found(
      en:
        "In all dimensions, \(labels[0]) and \(labels[1]) have a cosine of \(cosine): 1 would be parallel.",
      ja: "すべての次元で見ると、\(labels[0]) と \(labels[1]) のコサイン類似度は \(cosine) です（1 なら平行）。"
    )
  }

  private var table: Step? {
    step("places", en: "Where each word stands", ja: "それぞれの語の位置") {
      Block.table(
        Table(
          title: say(en: "Places on the three axes, from the words' mean", ja: "3本の軸での位置（語の平均から）"),
          columns: [column(en: "word", ja: "語")]
            + (0..<3).map { axis in
              let name = space.name(axis) ?? say(en: "axis \(axis + 1)", ja: "軸 \(axis + 1)").plain
              return Table.Column(RichText(stringLiteral: name), isNumeric: true)
            },
          rows: space.points.indices.map { point in
            [RichText(stringLiteral: space.points[point].label)]
              + (0..<3).map { axis in
                let formula = "(\(space.points[point].label) − mean) · axis \(axis + 1)"
                return
                  "\(Quantity(space.place(point, axis), digits: 3, origin: .derived(formula)))"
              }
          }
        )
      )
    }
  }
}
