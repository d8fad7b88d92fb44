import Embeddings
import Graphics
import Platform
import Tensors

/// Two words and their dot product, written out term by term, the largest contributions first.
public struct ComparedWords: Sendable, WordTeller {
  /// What one dimension adds to the dot product.
  public struct Contribution: Sendable {
    /// The dimension, counted from 0.
    public var dimension: Int
    /// The two words' elements.
    public var a: Float, b: Float
    /// Their product.
    public var product: Float
  }

  /// The language it is told in.
  public let language: Language
  let lexicon: Lexicon
  /// The two words' rows.
  public let rows: (a: Int, b: Int)
  /// The dot product.
  public let dot: Float
  /// The lengths of the two vectors.
  public let lengths: (a: Float, b: Float)
  /// The cosine of the angle between them.
  public let cosine: Float
  /// All terms, the largest first, whatever their sign; of equally large ones, the lower dimension.
  public let contributions: [Contribution]
  private let shown: Int

  /// Multiplies two words.
  ///
  /// - Parameters:
  ///   - a: A word's row.
  ///   - b: Another's.
  ///   - lexicon: The words' vectors.
  ///   - count: How many terms are shown.
  ///   - language: The language to tell it in.
  public init(_ a: Int, _ b: Int, in lexicon: Lexicon, count: Int, language: Language) {
    self.language = language
    self.lexicon = lexicon
    rows = (a, b)
    let (first, second) = (lexicon.vectors.vector(a), lexicon.vectors.vector(b))
    dot = Tensors.dot(first, second)
    lengths = (norm(first), norm(second))
    cosine = Embeddings.cosine(first, second)
    let terms = zip(first.values, second.values).enumerated().map { dimension, pair in
      Contribution(dimension: dimension, a: pair.0, b: pair.1, product: pair.0 * pair.1)
    }
    contributions = terms.rising { -abs(Double($0.product)) }
    shown = min(count, contributions.count)
  }

  private var names: (a: String, b: String) { (lexicon.label(rows.a), lexicon.label(rows.b)) }

  /// The angle between the two, in degrees.
  public var angle: Double {
    degrees(between: lexicon.vectors.vector(rows.a), lexicon.vectors.vector(rows.b))
  }

  /// The whole report.
  public var report: WordReport {
    let space = space
    return WordReport(
      article: Article(
        language: language,
        id: "words",
        title: say(
          en: "The dot product of \(names.a) and \(names.b)",
          ja: "\(names.a) と \(names.b) の内積"
        ),
        lead: [source],
        steps: [terms, angleStep]
      ),
      figure: figure,
      space: spaceFigure(space),
      spaceCaption: spaceCaption(space)
    )
  }

  // MARK: - Numbers

  private var dotQuantity: Quantity { derived(Double(dot), "\(names.a) · \(names.b)") }

  private func derived(_ value: Double, digits: Int = 3, _ formula: String) -> Quantity {
    Quantity(value, digits: digits, origin: .derived(formula))
  }

  private func product(_ term: Contribution) -> Quantity {
    let elements = [rows.a, rows.b].map { "\(lexicon.matrix)[\($0),\(term.dimension)]" }
    return derived(Double(term.product), elements.joined(separator: " · "))
  }

  // MARK: - Steps

  private var terms: Step {
    step("terms", en: "The dot product, term by term", ja: "内積を項ごとに見る") {
      paragraph(
        en: """
          Each dimension adds the product of its two numbers: positive where both have the same sign, negative where they differ. \
          The terms depend on the basis, the axes along which the vectors are written; their sum does not.
          """,
        ja: """
          次元ごとに、2つの数の積が足されます。符号が同じなら正、違えば負です。\
          項の一つ一つは、ベクトルを書く基底（座標軸）によって変わりますが、その和は変わりません。
          """
      )
      equation([
        "a", .op("·"), "b", .op("="), .sum(under: "i", [.sub("a", "i"), .sub("b", "i")]),
      ])
      table
    }
  }

  private var table: Block {
    var total: Float = 0
    var rows = contributions.prefix(shown).map { term -> [RichText] in
      total += term.product
      return [
        "\(term.dimension)", "\(lexicon.element(self.rows.a, term.dimension))",
        "\(lexicon.element(self.rows.b, term.dimension))", "\(product(term))",
        "\(derived(Double(total), "sum of the products down to this one"))",
      ]
    }
    let rest = contributions.count - shown
    if rest > 0 {
      let sum = contributions.dropFirst(shown).reduce(Float(0)) { $0 + $1.product }
      rows.append([
        say(en: "\(rest) more", ja: "ほか \(rest) 個"), "", "",
        "\(derived(Double(sum), "sum of the other products"))", "\(dotQuantity)",
      ])
    }
    return .table(
      Table(
        title: say(en: "Term by term, largest in size first", ja: "項ごとに（絶対値の大きい順）"),
        columns: [
          numbers(en: "dimension i", ja: "次元 i"),
          Table.Column(RichText(stringLiteral: names.a), isNumeric: true),
          Table.Column(RichText(stringLiteral: names.b), isNumeric: true),
          numbers(en: "product", ja: "積"), numbers(en: "sum so far", ja: "ここまでの和"),
        ],
        rows: rows
      )
    )
  }

  private var angleStep: Step {
    let (a, b) = (
      derived(Double(lengths.a), "‖\(names.a)‖"), derived(Double(lengths.b), "‖\(names.b)‖")
    )
    let cosine = derived(Double(cosine), "cos(\(names.a), \(names.b))")
    let angle = derived(angle, digits: 1, "arccos of the cosine, in degrees")
    return step("angle", en: "Without the lengths, the angle", ja: "長さを除くと角度が残る") {
      paragraph(
        en:
          "Make a vector twice as long, and all its dot products double. Divided by both lengths, the dot product is the cosine of the angle.",
        ja: "ベクトルを2倍の長さにすると、どのベクトルとの内積も2倍になります。両方の長さで割ると、角度のコサインになります。"
      )
      equation([
        .function("cos"), .text(" "), "θ", .op("="),
        .frac(["a", .op("·"), "b"], ["‖a‖", .text(" "), "‖b‖"]),
      ])
      arithmetic(
        "\(dotQuantity) / (\(a) × \(b)) = \(cosine)",
        say(en: "θ = \(angle)°", ja: "θ = \(angle)°")
      )
      Block.figure(figure)
    }
  }

  /// The largest contributions as bars.
  private var figure: Figure {
    let bars = contributions.prefix(shown).map { Bars.Bar("\($0.dimension)", product($0)) }
    return figure(
      "words-compare",
      title: say(
        en:
          "The \(shown) largest in size of \(contributions.count) terms of the dot product, \(dotQuantity.text)",
        ja: "内積 \(dotQuantity.text) の項 \(contributions.count) 個のうち、絶対値の大きい \(shown) 個"
      ),
      description: say(
        en: "\(shown) of \(contributions.count) products, largest in size first, a bar each.",
        ja: "\(contributions.count) 個の積のうち、絶対値の大きいほうから \(shown) 個を、1本ずつの棒にしたもの。"
      ),
      [
        Scene.Panel(
          Bars(
            bars,
            role: .data,
            labelTitle: say(en: "dimension", ja: "次元").plain,
            valueTitle: say(en: "product", ja: "積").plain
          )
        )
      ]
    )
  }

  /// The two words among their nearest.
  private var space: WordSpace {
    var seen = Set([rows.a, rows.b])
    var points = (rows.a == rows.b ? [rows.a] : [rows.a, rows.b]).map { row in
      WordSpace.Point(
        label: lexicon.label(row),
        vector: lexicon.vectors.vector(row),
        isFollowed: true
      )
    }
    for row in [rows.a, rows.b] {
      let near = lexicon.neighbours.nearest(
        to: lexicon.vectors.vector(row),
        count: 5,
        excluding: Set([row])
      )
      for neighbour in near where seen.insert(neighbour.index).inserted {
        points.append(
          WordSpace.Point(
            label: lexicon.label(neighbour.index),
            vector: lexicon.vectors.vector(neighbour.index),
            isFaint: true
          )
        )
      }
    }
    return WordSpace(points)
  }
}
