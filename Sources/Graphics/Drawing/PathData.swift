/// The outline of a shape, written in the shortest form SVG knows: relative commands.
public struct PathData: Sendable, Equatable {
  private(set) var text = ""
  private var pen = Point(0, 0)

  /// An empty outline.
  public init() {}

  /// Starts a new part at a point.
  public mutating func move(to point: Point) {
    command("m", [point.x - pen.x, point.y - pen.y])
    advance(to: point)
  }

  /// Draws a straight line to a point.
  public mutating func line(to point: Point) {
    let (dx, dy) = (point.x - pen.x, point.y - pen.y)
    if Coordinate.text(dy) == "0" {
      command("h", [dx])
    } else if Coordinate.text(dx) == "0" {
      command("v", [dy])
    } else {
      command("l", [dx, dy])
    }
    advance(to: point)
  }

  /// Closes the part; the pen returns to where the part began, so a part is moved to anew.
  public mutating func close(at start: Point) {
    text += "z"
    pen = start
  }

  /// Adds a closed rectangle, its corners rounded if it has a radius.
  public mutating func rect(
    x: Double,
    y: Double,
    width: Double,
    height: Double,
    radius: Double = 0
  ) {
    let start = Point(x + radius, y)
    move(to: start)
    command("h", [width - 2 * radius])
    arc(radius, radius, radius)
    command("v", [height - 2 * radius])
    arc(radius, -radius, radius)
    command("h", [2 * radius - width])
    arc(radius, -radius, -radius)
    if radius > 0 {
      command("v", [2 * radius - height])
      arc(radius, radius, -radius)
    }
    close(at: start)
    pen = Point(Coordinate.rounded(start.x), Coordinate.rounded(start.y))
  }

  private mutating func arc(_ radius: Double, _ dx: Double, _ dy: Double) {
    guard radius > 0 else { return }
    command("a", [radius, radius, 0, 0, 1, dx, dy])
  }

  private mutating func command(_ letter: String, _ numbers: [Double]) {
    text += letter + Coordinate.list(numbers)
  }

  /// The pen stands where the rounded steps have led it, so that rounding never adds up.
  private mutating func advance(to point: Point) {
    pen = Point(
      Coordinate.rounded(pen.x + Coordinate.rounded(point.x - pen.x)),
      Coordinate.rounded(pen.y + Coordinate.rounded(point.y - pen.y))
    )
  }
}

/// Coordinates as SVG writes them: at most two decimals, no trailing zeros, no negative zero.
enum Coordinate {
  static func text(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e12 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return sign + String(whole) }
    let decimals = rest % 10 == 0 ? String(rest / 10) : rest < 10 ? "0\(rest)" : String(rest)
    return sign + (whole == 0 ? "" : String(whole)) + "." + decimals
  }

  static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

  /// Numbers one after another, with spaces only where they are needed.
  static func list(_ numbers: [Double]) -> String {
    var text = ""
    for number in numbers {
      let next = self.text(number)
      if !text.isEmpty, !next.hasPrefix("-") { text += " " }
      text += next
    }
    return text
  }
}
