/// Writes shapes as SVG elements, and remembers which classes they used.
struct SVGWriter {
  private(set) var text = ""
  private(set) var classNames: Set<String> = []
  private var indent = "  "
  /// Whether the shapes are for a page, whose script may draw some of them anew.
  var isForPage = false

  mutating func write(_ drawing: Drawing) {
    for shape in drawing.shapes { write(shape) }
  }

  mutating func write(_ shape: Shape) {
    switch shape {
    case .rect(let x, let y, let width, let height, let radius, let paint, let stroke):
      var attributes = [("x", x), ("y", y), ("width", width), ("height", height)]
      if radius > 0 { attributes.append(("rx", radius)) }
      element("rect", paint, stroke, attributes)
    case .line(let from, let to, let paint, let stroke):
      element("line", paint, stroke, [("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)])
    case .circle(let center, let radius, let paint, let stroke):
      element("circle", paint, stroke, [("cx", center.x), ("cy", center.y), ("r", radius)])
    case .path(let data, let paint, let stroke):
      guard !data.text.isEmpty else { return }
      element("path", paint, stroke, [], extra: " d=\"M0 0\(data.text)\"")
    case .cells(let grid, let x, let y):
      write(grid, x: x, y: y)
    case .text(let label):
      write(label)
    case .group(let shapes, let x, let y):
      group(" transform=\"translate(\(Coordinate.text(x)) \(Coordinate.text(y)))\"", shapes)
    case .scaled(let shapes, let x, let y, let width, let height):
      let place = "translate(\(Coordinate.text(x)) \(Coordinate.text(y)))"
      let unit = "scale(\(Coordinate.text(width)) \(Coordinate.text(height)))"
      group(" transform=\"\(place)\(unit)\"", shapes)
    case .redrawable(let part, let shapes):
      write(part, shapes)
    }
  }

  /// What a page can draw anew says how; elsewhere it is shapes like any others.
  private mutating func write(_ part: Redrawing, _ shapes: [Shape]) {
    guard isForPage else {
      for shape in shapes { write(shape) }
      return
    }
    let source = part.source.isEmpty ? "" : " data-source=\"\(XMLText.escape(part.source))\""
    let measures = part.measures.map { " data-\($0.name)=\"\(Coordinate.text($0.value))\"" }
    group(" data-mark=\"\(part.mark.rawValue)\"\(source)\(measures.joined())", shapes)
  }

  private mutating func group(_ attributes: String, _ shapes: [Shape]) {
    line("<g\(attributes)>")
    indent += "  "
    for shape in shapes { write(shape) }
    indent.removeLast(2)
    line("</g>")
  }

  /// A line; on a page without the indentation, which thousands of lines would pay for.
  mutating func line(_ markup: String) {
    if !isForPage { text += indent }
    text += markup
    text += "\n"
  }

  private mutating func element(
    _ name: String,
    _ paint: Paint,
    _ stroke: Stroke?,
    _ attributes: [(String, Double)],
    extra: String = ""
  ) {
    var classes = paint.className
    classNames.insert(classes)
    var markup = ""
    if let stroke {
      classes += stroke.isDashed ? " o dash" : " o"
      if stroke.width != 1 { markup = " stroke-width=\"\(Coordinate.text(stroke.width))\"" }
    }
    let numbers = attributes.map { " \($0.0)=\"\(Coordinate.text($0.1))\"" }.joined()
    line("<\(name) class=\"\(classes)\"\(numbers)\(extra)\(markup)/>")
  }

  private mutating func write(_ grid: CellGrid, x: Double, y: Double) {
    let scale = Coordinate.list([grid.cellWidth, grid.cellHeight])
    // Each run is a line through the middle of its row, hence half a row down.
    let origin = Coordinate.list([x, y + grid.cellHeight / 2])
    line("<g class=\"cells\" transform=\"translate(\(origin)) scale(\(scale))\">")
    for (level, data) in grid.paths() {
      let className = Paint.level(grid.role, level).className
      classNames.insert(className)
      line("  <path class=\"\(className)\" d=\"\(data)\"/>")
    }
    line("</g>")
  }

  private mutating func write(_ label: Label) {
    guard !label.caption.isEmpty else { return }
    var classes = [label.paint.className]
    classNames.insert(label.paint.className)
    switch label.size {
    case .small: classes.append("s")
    case .regular: break
    case .title: classes.append("l")
    }
    switch label.anchor {
    case .start: break
    case .middle: classes.append("m")
    case .end: classes.append("e")
    }
    if label.isBold { classes.append("b") }
    var place = " x=\"\(Coordinate.text(label.at.x))\" y=\"\(Coordinate.text(label.at.y))\""
    if label.angle != 0 {
      let turn = Coordinate.list([label.angle, label.at.x, label.at.y])
      place += " transform=\"rotate(\(turn))\""
    }
    if label.hasHalo {
      // An outline of its own beneath, for `paint-order` is unknown to validators.
      let halo = (classes.dropFirst() + ["h"]).joined(separator: " ")
      let words = XMLText.escape(label.caption.plain)
      line("<text class=\"\(halo)\"\(place) aria-hidden=\"true\">\(words)</text>")
    }
    let attributes = " class=\"\(classes.joined(separator: " "))\"" + place
    let title = label.full.map { "<title>\(XMLText.escape($0))</title>" } ?? ""
    let runs = label.caption.runs
    if runs.count == 1, case .number(let quantity) = runs[0] {
      line("<text\(attributes)\(Self.origin(quantity))>\(XMLText.escape(quantity.text))</text>")
    } else {
      line("<text\(attributes)>\(title)\(runs.map(Self.markup).joined())</text>")
    }
  }

  private static func markup(_ run: Caption.Run) -> String {
    switch run {
    case .text(let text):
      return XMLText.escape(VisibleText.plain(text))
    case .number(let quantity):
      return "<tspan\(origin(quantity))>\(XMLText.escape(quantity.text))</tspan>"
    }
  }

  /// The attribute that says where a number came from.
  private static func origin(_ quantity: Quantity) -> String {
    switch quantity.origin {
    case .trace(let name): " data-from=\"\(XMLText.escape(name))\""
    case .derived(let formula): " data-derived=\"\(XMLText.escape(formula))\""
    case .illustration: " data-illustration=\"\""
    }
  }
}
