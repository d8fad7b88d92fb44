/// The primitives that figures are made of, in pixels, y downwards.
///
/// A shape has one colour. It is filled with it, or outlined in it if a stroke is given.
public indirect enum Shape: Sendable {
  /// A rectangle with its top left corner at `x`, `y`.
  case rect(
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    radius: Double = 0,
    Paint,
    stroke: Stroke? = nil
  )
  /// A straight line.
  case line(from: Point, to: Point, Paint, stroke: Stroke = .hairline)
  /// A circle around `center`.
  case circle(center: Point, radius: Double, Paint, stroke: Stroke? = nil)
  /// Any outline.
  case path(PathData, Paint, stroke: Stroke? = nil)
  /// A grid of coloured cells without numbers; its top left corner at `x`, `y`.
  case cells(CellGrid, x: Double, y: Double)
  /// A line of text.
  case text(Label)
  /// Shapes moved by `x`, `y`.
  case group([Shape], x: Double, y: Double)
  /// Shapes in units of their own, each so wide and so high, moved by `x`, `y`.
  case scaled([Shape], x: Double, y: Double, width: Double, height: Double)
  /// Shapes that a page may draw anew for other data.
  case redrawable(Redrawing, [Shape])
}

/// A point, in pixels.
public struct Point: Sendable, Equatable {
  /// Pixels from the left and from the top.
  public var x: Double, y: Double

  /// The point `x`, `y`.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// How an outline is drawn.
public struct Stroke: Sendable, Equatable {
  /// The line's width in pixels.
  public var width: Double
  /// Whether it is dashed: what is there but masked, or only possible.
  public var isDashed: Bool

  /// A line one pixel wide.
  public static let hairline = Stroke(width: 1)
  /// The outline of what the reader follows.
  public static let following = Stroke(width: 2)
  /// The outline of what is masked.
  public static let masked = Stroke(width: 1, isDashed: true)

  /// Describes a line.
  public init(width: Double, isDashed: Bool = false) {
    self.width = width
    self.isDashed = isDashed
  }
}

/// A line of text in a drawing.
public struct Label: Sendable, Equatable {
  /// Where the text stands relative to its point.
  public enum Anchor: Sendable, Equatable {
    /// It starts there.
    case start
    /// It is centred there.
    case middle
    /// It ends there.
    case end
  }

  /// The words and numbers.
  public var caption: Caption
  /// The anchor point, on the baseline.
  public var at: Point
  /// The size of the type.
  public var size: FontSize
  /// Where the text stands relative to its point.
  public var anchor: Anchor
  /// The colour.
  public var paint: Paint
  /// Whether the type is bold.
  public var isBold: Bool
  /// Whether it is set off from the lines it crosses by a margin in the ground's colour.
  public var hasHalo = false
  /// Degrees the text is turned by, clockwise, about its point.
  public var angle: Double
  /// What was cut from, if the caption is cut: shown on hovering.
  public var full: String?

  /// Describes a line of text; words beyond `maximumWidth` pixels are cut, numbers never.
  public init(
    _ caption: Caption,
    at: Point,
    size: FontSize = .regular,
    anchor: Anchor = .start,
    paint: Paint = .ink,
    isBold: Bool = false,
    angle: Double = 0,
    maximumWidth: Double = 640
  ) {
    self.caption = caption
    self.at = at
    self.size = size
    self.anchor = anchor
    self.paint = paint
    self.isBold = isBold
    self.angle = angle
    full = nil
    // Nearly every label is short: measuring all of them would be wasted.
    guard caption.plain.utf8.count * 20 > Int(maximumWidth) else { return }
    let cut = caption.truncated(to: maximumWidth, size: size, isBold: isBold)
    guard cut != caption else { return }
    self.caption = cut
    full = caption.plain
  }

  /// The estimated width in pixels.
  var width: Double { TextMetrics.width(of: caption.plain, size: size, bold: isBold) }
}

/// What a mark drew: shapes within a size.
public struct Drawing: Sendable {
  /// The size in pixels.
  public var width: Double, height: Double
  /// The shapes, later ones above earlier ones.
  public var shapes: [Shape]

  /// Makes a drawing.
  public init(width: Double, height: Double, shapes: [Shape] = []) {
    self.width = width
    self.height = height
    self.shapes = shapes
  }
}

/// The measures that figures share, in pixels.
enum Layout {
  /// No drawing is wider: what a page's column shows at its natural size.
  static let width = 680.0
  /// No drawing is higher when its content allows, so that a key and a caption still fit a screen.
  static let height = 376.0
  /// The radius of corners.
  static let radius = 4.0
}
