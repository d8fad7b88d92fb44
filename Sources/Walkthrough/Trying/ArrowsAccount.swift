import Graphics
import Platform

/// Tells the dot product of two arrows that a reader turns.
public struct ArrowsAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// The arrows, each from (0, 0).
  public let a: (x: Double, y: Double), b: (x: Double, y: Double)

  /// How far the drawing reaches from (0, 0).
  public static let reach = 4.0

  /// Prepares to tell.
  public init(_ a: (x: Double, y: Double), _ b: (x: Double, y: Double), in language: Language) {
    (self.a, self.b, self.language) = (a, b, language)
  }

  private var product: Double { a.x * b.x + a.y * b.y }
  private var lengths: (a: Double, b: Double) {
    ((a.x * a.x + a.y * a.y).squareRoot(), (b.x * b.x + b.y * b.y).squareRoot())
  }

  /// The arrows, and what they multiply to.
  public var article: Article {
    Article(
      language: language,
      id: "arrows",
      title: say(en: "Two arrows of your own", ja: "自分で動かす2本の矢印"),
      lead: [],
      steps: [
        step("turned", en: "Two arrows of your own", ja: "自分で動かす2本の矢印") {
          found(en: told.en, ja: told.ja)
          figure(
            "own-arrows",
            title: say(en: "Two arrows", ja: "2本の矢印"),
            description: say(
              en: "Two arrows from the same point, whose tips can be moved.",
              ja: "同じ点から出る2本の矢印。先を動かせます。"
            ),
            [Scene.Panel(scatter)]
          )
        }
      ]
    )
  }

  private func number(_ value: Double) -> Quantity {
    Quantity(value, digits: 1, origin: .illustration)
  }

  private var told: (en: RichText, ja: RichText) {
    let sum = Quantity(product, digits: 2, origin: .derived("a₁·b₁ + a₂·b₂"))
    let start: RichText = """
      a · b = \(number(a.x)) · \(number(b.x)) + \(number(a.y)) · \(number(b.y)) = \(sum)
      """
    guard lengths.a > 0, lengths.b > 0 else {
      return (start + ".", start + "。")
    }
    let cosine = Quantity(
      product / lengths.a / lengths.b,
      digits: 3,
      origin: .derived("a · b / (‖a‖ · ‖b‖)")
    )
    let way: (en: RichText, ja: RichText) =
      abs(cosine.value) < 0.05
      ? ("they stand at right angles, or nearly", "ほぼ直角です")
      : cosine.value > 0
        ? ("they point to the same side", "同じ側を向いています")
        : ("they point to opposite sides", "反対の側を向いています")
    return (
      start + ": " + way.en + ". " + "The cosine of the angle between them is \(cosine).",
      start + "。2本は" + way.ja + "。間の角のコサインは \(cosine) です。"
    )
  }

  private var scatter: Scatter {
    var scatter = Scatter(
      [
        Scatter.Item("", x: 0, y: 0, isFaint: true),
        Scatter.Item("a", x: a.x, y: a.y, isFollowed: true),
        Scatter.Item("b", x: b.x, y: b.y, isFollowed: true),
      ],
      arrows: [Scatter.Arrow(from: 0, to: 1), Scatter.Arrow(from: 0, to: 2)],
      xTitle: Caption(say(en: "to the right", ja: "右へ").plain),
      yTitle: Caption(say(en: "up", ja: "上へ").plain)
    )
    scatter.frame = PlotFrame(x: -Self.reach...Self.reach, y: -Self.reach...Self.reach)
    return scatter
  }

  /// The arrows, of which the one whose tip is nearer was moved to a place of the drawing, by tenths.
  public func moved(to place: (x: Double, y: Double)) -> ArrowsAccount {
    let at = scatter.values(at: Point(place.x, place.y))
    func distance(_ tip: (x: Double, y: Double)) -> Double {
      (tip.x - at.x) * (tip.x - at.x) + (tip.y - at.y) * (tip.y - at.y)
    }
    func tenths(_ value: Double) -> Double {
      (min(max(value, -Self.reach), Self.reach) * 10).rounded() / 10
    }
    let tip = (x: tenths(at.x), y: tenths(at.y))
    return distance(a) <= distance(b)
      ? ArrowsAccount(tip, b, in: language) : ArrowsAccount(a, tip, in: language)
  }
}
