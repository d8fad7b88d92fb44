import Graphics

/// Tells how a line with two parameters fits its points, and how its loss falls: one that a reader lays by hand.
public struct LineAccount: Sendable, Speaker {
  /// The language it is told in.
  public let language: Language
  /// The points.
  public let points: [(x: Double, y: Double)]
  /// The slope, and the intercept.
  public let w: Double, b: Double
  /// How far the line is from its points: the mean of the squared distances.
  public let loss: Double
  /// How fast the loss rises with w, and with b.
  public let gradient: (w: Double, b: Double)

  /// Prepares to tell.
  public init(
    points: [(x: Double, y: Double)],
    w: Double,
    b: Double,
    loss: Double,
    gradient: (w: Double, b: Double),
    in language: Language
  ) {
    (self.points, self.w, self.b) = (points, w, b)
    (self.loss, self.gradient, self.language) = (loss, gradient, language)
  }

  /// The line among its points, with what it costs.
  public var article: Article {
    Article(
      language: language,
      id: "line",
      title: say(en: "A line, by hand", ja: "手で引く直線"),
      lead: [],
      steps: [
        step("by-hand", en: "A line, by hand", ja: "手で引く直線") {
          found(
            en: """
              w = \(parameter(w)), b = \(parameter(b)): the loss is \(measured(loss, "mean((w·x + b − y)²)")). Its slope is \
              \(measured(gradient.w, "2 · mean((w·x + b − y)·x)")) along w and \(measured(gradient.b, "2 · mean(w·x + b − y)")) along b: a step \
              downhill goes against both.
              """,
            ja: """
              w = \(parameter(w))、b = \(parameter(b)) のとき、損失は \(measured(loss, "mean((w·x + b − y)²)")) です。損失の傾きは、w の方向に \
              \(measured(gradient.w, "2 · mean((w·x + b − y)·x)"))、b の方向に \(measured(gradient.b, "2 · mean(w·x + b − y)")) です。\
              下り坂への一歩は、その両方と逆の向きです。
              """
          )
          figure(
            "drawn",
            title: say(en: "A line and its points", ja: "直線と点"),
            description: say(
              en: "\(points.count) points, and the line whose ends can be moved.",
              ja: "\(points.count) 個の点と、両端を動かせる直線。"
            ),
            [Scene.Panel(curve)]
          )
        }
      ]
    )
  }

  private func parameter(_ value: Double) -> Quantity {
    Quantity(value, origin: .derived("chosen by hand, or reached downhill"))
  }

  private func measured(_ value: Double, _ formula: String) -> Quantity {
    Quantity(value, origin: .derived(formula))
  }

  // MARK: - The drawing

  /// The plot stays where it is while the line moves.
  private var frame: PlotFrame {
    let x = points.map { $0.x }
    let y = points.map { $0.y }
    let room = (y.max() ?? 1) - (y.min() ?? 0)
    return PlotFrame(
      x: (x.min() ?? 0)...(x.max() ?? 1),
      y: (y.min() ?? 0) - room / 2...(y.max() ?? 1) + room / 2
    )
  }

  private var curve: Curve {
    let ends = ends
    return Curve(
      points: ends,
      dots: points.map { Curve.Dot(x: $0.x, y: $0.y, "") }
        + ends.map { Curve.Dot(x: $0.x, y: $0.y, "", isFollowed: true) },
      xTitle: "x",
      yTitle: "y",
      frame: frame
    )
  }

  /// The two ends of what is seen of the line.
  private var ends: [Point] {
    let (x, y) = (frame.x, frame.y)
    let seen = [x.lowerBound, x.upperBound].map { end -> Point in
      let height = w * end + b
      guard !(y ~= height), w != 0 else {
        return Point(end, min(max(height, y.lowerBound), y.upperBound))
      }
      let edge = height > y.upperBound ? y.upperBound : y.lowerBound
      return Point((edge - b) / w, edge)
    }
    return seen.map { Point(min(max($0.x, x.lowerBound), x.upperBound), $0.y) }
  }

  /// The line whose nearer end was moved to a place of the drawing, while the other end stays.
  ///
  /// - Parameter place: Where it was moved to, as the drawing's points have it.
  /// - Returns: Its slope and its intercept.
  public func moved(to place: (x: Double, y: Double)) -> (w: Double, b: Double) {
    let (at, frame) = (curve.values(at: Point(place.x, place.y)), frame)
    let isLeft = at.x < (frame.x.lowerBound + frame.x.upperBound) / 2
    let still = isLeft ? frame.x.upperBound : frame.x.lowerBound
    let grabbed = isLeft ? frame.x.lowerBound : frame.x.upperBound
    let height = w * still + b
    let y = min(max(at.y, frame.y.lowerBound), frame.y.upperBound)
    let slope = (y - height) / (grabbed - still)
    return (slope, height - slope * still)
  }
}
