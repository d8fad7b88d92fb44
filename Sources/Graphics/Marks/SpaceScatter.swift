import Platform

/// Words or vectors as points in a space of three axes, seen from one side, with arrows between some.
///
/// Lengths along all axes are the same, and nothing gets smaller with distance, so that parallel
/// arrows look parallel.
public struct SpaceScatter: MarkContent {
  /// A point.
  public struct Item: Sendable, Equatable {
    /// What it is, as ``VisibleText/show(_:)`` returns it.
    public var label: String
    /// Where it stands on the three axes.
    public var place: [Double]
    /// Whether it belongs to what the reader follows.
    public var isFollowed: Bool
    /// Whether it only gives context, and is drawn paler.
    public var isFaint: Bool

    /// Makes a point.
    public init(
      _ label: String,
      at place: [Double],
      isFollowed: Bool = false,
      isFaint: Bool = false
    ) {
      self.label = label
      self.place = (0..<3).map { $0 < place.count ? place[$0] : 0 }
      self.isFollowed = isFollowed
      self.isFaint = isFaint
    }
  }

  /// A direction to look from, in degrees.
  public struct View: Sendable, Equatable {
    /// How far the space is turned about its upright axis, the second.
    public var turn: Double
    /// How far it is tilted towards the reader.
    public var tilt: Double

    /// Makes a view.
    public init(turn: Double, tilt: Double) {
      self.turn = turn
      self.tilt = tilt
    }

    /// A little from the right and from above, so that all three axes are seen.
    public static let standard = View(turn: -30, tilt: 20)

    /// Where a place in space stands in the picture: to the right, upwards, towards the reader.
    func project(_ place: [Double]) -> (x: Double, y: Double, depth: Double) {
      let (turn, tilt) = (turn * .pi / 180, tilt * .pi / 180)
      let x = place[0] * cos(turn) + place[2] * sin(turn)
      let z = place[2] * cos(turn) - place[0] * sin(turn)
      return (x, place[1] * cos(tilt) - z * sin(tilt), place[1] * sin(tilt) + z * cos(tilt))
    }
  }

  /// The points.
  public var items: [Item]
  /// The arrows, between points.
  public var arrows: [Scatter.Arrow]
  /// Where it is seen from.
  public var view: View

  /// Makes a picture of points in space.
  public init(_ items: [Item], arrows: [Scatter.Arrow] = [], view: View = .standard) {
    self.items = items
    self.arrows = arrows.filter {
      items.indices.contains($0.from) && items.indices.contains($0.to)
    }
    self.view = view
  }

  /// The distance of the farthest point from the middle, which every view has room for.
  public var radius: Double {
    let lengths = items.map { item in
      item.place.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    let longest = lengths.filter { $0.isFinite }.max() ?? 0
    return longest > 0 ? longest : 1
  }

  /// The size of the picture, in pixels.
  public static let size = (width: 560.0, height: 376.0)
  /// What is left free around the farthest point, for labels.
  public static let margin = 28.0

  /// The mark as shapes.
  public func draw() -> Drawing {
    let size = Self.size
    let scale = (size.height / 2 - Self.margin) / radius
    func point(_ place: [Double]) -> Point {
      let (x, y, _) = view.project(place)
      return Point(size.width / 2 + x * scale, size.height / 2 - y * scale)
    }
    var placer = LabelPlacer(x: 0, y: 0, width: size.width, height: size.height)
    var shapes: [Shape] = []
    var tips: [Point] = []
    for axis in 0..<3 {
      var end = [0.0, 0, 0]
      end[axis] = radius
      let tip = point(end)
      shapes.append(.line(from: point(end.map { -$0 }), to: tip, .line))
      tips.append(tip)
      shapes.append(
        .text(
          Label(
            Caption("\(axis + 1)"),
            at: Point(tip.x, tip.y + 4),
            size: .small,
            anchor: .middle,
            paint: .muted
          )
        )
      )
    }
    for item in items { placer.reserve(point(item.place), radius: 4) }
    for tip in tips { placer.reserve(tip, radius: 8) }
    let lines = arrows.map { (point(items[$0.from].place), point(items[$0.to].place)) }
    for (start, end) in lines { shapes += Scatter.arrow(start, end) }
    var keepsClear = false
    for index in order {
      let item = items[index]
      // What is followed keeps its label even upon an arrow.
      if !item.isFollowed, !keepsClear {
        keepsClear = true
        for (start, end) in lines { placer.reserve(from: start, to: end) }
      }
      let paint: Paint = item.isFollowed ? .accent : item.isFaint ? .muted : .ink
      let place = point(item.place)
      shapes += placer.place(
        Caption(item.label),
        beside: place,
        paint: paint,
        isBold: item.isFollowed
      )
      shapes.append(.circle(center: place, radius: item.isFaint ? 2.5 : 3.5, paint))
    }
    return Drawing(width: size.width, height: size.height, shapes: shapes)
  }

  /// The points in the order their labels find room: followed, plain, faint; near ones first.
  private var order: [Int] {
    risingOrder(of: items.map { -view.project($0.place).depth })
      .rising { items[$0].isFollowed ? 0 : items[$0].isFaint ? 2 : 1 }
  }

  /// The mark as terminal text: the picture as it is seen, flat.
  public func lines(_ terminal: TerminalStyle) -> [String] {
    let flat = items.map { item in
      let (x, y, _) = view.project(item.place)
      return Scatter.Item(
        item.label,
        x: x,
        y: y,
        isFollowed: item.isFollowed,
        isFaint: item.isFaint
      )
    }
    return Scatter(flat, arrows: arrows, xTitle: "", yTitle: "").lines(terminal)
  }
}

extension SpaceScatter {
  /// The data as one of the marks there are.
  public var mark: Mark { .spaceScatter(self) }
}
