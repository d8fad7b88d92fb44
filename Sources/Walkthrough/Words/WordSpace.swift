import Embeddings
import Graphics
import Tensors

/// Words and sums of words on a few axes.
struct WordSpace {
  /// A word or a sum of words.
  struct Point {
    var label: String
    var vector: Tensor
    var isFollowed = false
    var isFaint = false
  }

  /// What an axis is to be: a direction, and what it is called.
  struct Direction {
    var label: String
    var vector: Tensor
  }

  let points: [Point]
  let arrows: [Scatter.Arrow]
  let slice: SpaceSlice
  private let directions: [Direction]

  /// Lays three axes through the points.
  init(
    _ points: [Point],
    arrows: [Scatter.Arrow] = [],
    along directions: [Direction] = [],
    varyingIn cloud: Tensor? = nil
  ) {
    self.points = points
    self.arrows = arrows
    self.directions = directions
    let vectors = Tensor(
      shape: [points.count, points.first?.vector.count ?? 0],
      values: points.flatMap { $0.vector.values }
    )
    slice = SpaceSlice(
      of: vectors,
      axes: 3,
      along: directions.map { $0.vector },
      varyingIn: cloud
    )
  }

  /// A point's place on an axis; 0 on one that the points do not reach along.
  func place(_ point: Int, _ axis: Int) -> Double {
    axis < slice.axes.count ? Double(slice.coordinates[point, axis]) : 0
  }

  /// What an axis is called, if it is a direction that somebody named.
  func name(_ axis: Int) -> String? {
    guard axis < slice.axes.count else { return nil }
    return slice.axes[axis].given.map { directions[$0].label }
  }

  /// The share of the variance along an axis.
  func share(_ axis: Int) -> Quantity {
    Quantity(
      axis < slice.axes.count ? slice.axes[axis].share : 0,
      origin: .derived("variance along axis \(axis + 1) / variance of the \(points.count) points")
    )
  }

  /// The flat picture on the first two axes.
  func scatter(xTitle: Caption, yTitle: Caption) -> Scatter {
    Scatter(
      points.indices.map { index in
        Scatter.Item(
          points[index].label,
          x: place(index, 0),
          y: place(index, 1),
          isFollowed: points[index].isFollowed,
          isFaint: points[index].isFaint
        )
      },
      arrows: arrows,
      xTitle: xTitle,
      yTitle: yTitle
    )
  }

  /// The picture on all three.
  var mark: SpaceScatter {
    SpaceScatter(
      points.indices.map { index in
        SpaceScatter.Item(
          points[index].label,
          at: (0..<3).map { place(index, $0) },
          isFollowed: points[index].isFollowed,
          isFaint: points[index].isFaint
        )
      },
      arrows: arrows
    )
  }
}

extension WordTeller {
  /// The slice as a figure in three dimensions.
  func spaceFigure(_ space: WordSpace) -> Figure {
    let names = space.points.map { $0.label }.joined(separator: language == .en ? ", " : "、")
    return figure(
      "space",
      title: say(en: "A slice of the space, in three dimensions", ja: "空間を3次元で切り取って見る"),
      description: say(
        en:
          "On three axes at right angles: \(names). \(arrowsBetween(space))",
        ja: "直交する3本の軸の上に置いた \(names)。\(arrowsBetween(space))"
      ),
      [Scene.Panel(space.mark, caption: axesCaption(space))]
    )
  }

  /// How many arrows there are, if any.
  func arrowsBetween(_ space: WordSpace) -> RichText {
    let count = space.arrows.count
    guard count > 0 else { return "" }
    return say(en: "\(count.of("arrow")) between them.", ja: "矢印 \(count) 本。")
  }

  /// What the axes keep, in a figure.
  func axesCaption(_ space: WordSpace) -> Caption {
    let parts = (0..<3).map { axisTitle(space, $0) }
    let gap = language == .en ? "; " : "、"
    return parts.dropFirst().reduce(parts[0]) { "\($0)\(gap)\($1)" }
  }

  /// An axis with its share of the variance.
  func axisTitle(_ space: WordSpace, _ axis: Int) -> Caption {
    let name = space.name(axis) ?? say(en: "axis \(axis + 1)", ja: "軸 \(axis + 1)").plain
    let isNamed = space.name(axis) != nil
    return switch language {
    case .en:
      "\(isNamed ? "\(axis + 1): " : "")\(name), share of variance \(space.share(axis))"
    case .ja:
      "\(isNamed ? "軸 \(axis + 1)：" : "")\(name)（分散に占める割合 \(space.share(axis))）"
    }
  }

  /// What the three axes show and what they do not.
  func spaceCaption(_ space: WordSpace) -> RichText {
    let kept = (0..<3).reduce(0) { $0 + space.share($1).value }
    let whole = Quantity(kept, origin: .derived("sum of the three axes' shares"))
    // Four points lie in three dimensions, unless axes were named that pass them by.
    let isAll = space.points.count <= 4 && kept > 0.999
    return say(
      en: isAll
        ? "\(size(lexicon.vectors.dimensions)) dimensions cut down to three: so few points lie in them whole (\(whole) of the variance)."
        : """
        \(size(lexicon.vectors.dimensions)) dimensions cut down to three, which keep \(whole) of the variance of these points. \
        What is close here may be far apart in the rest.
        """,
      ja: isAll
        ? "\(size(lexicon.vectors.dimensions)) 次元を3次元に切り詰めました。点が少ないので、すべて収まっています（分散の \(whole)）。"
        : """
        \(size(lexicon.vectors.dimensions)) 次元を3次元に切り詰めました。これらの点の分散のうち \(whole) が残っています。\
        ここで近く見えても、残りの次元では離れていることがあります。
        """
    )
  }
}
