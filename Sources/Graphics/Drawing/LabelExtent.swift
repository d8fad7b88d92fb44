import Platform

extension Drawing {
  /// The drawing, wide enough for all of its labels.
  ///
  /// A tick's number stands centred under the last line of a plot and reaches beyond it; the drawing
  /// grows by what it takes, so that nothing is cut off, whatever a mark reckoned with.
  var enclosingLabels: Drawing {
    let extent = shapes.reduce(0...width) { range, shape in
      guard let label = shape.labelExtent else { return range }
      return min(range.lowerBound, label.lowerBound)...max(range.upperBound, label.upperBound)
    }
    let before = (-extent.lowerBound).rounded(.up)
    let after = (extent.upperBound - width).rounded(.up)
    guard before > 0 || after > 0 else { return self }
    return Drawing(
      width: width + before + after,
      height: height,
      shapes: before > 0 ? [.group(shapes, x: before, y: 0)] : shapes
    )
  }
}

extension Shape {
  /// From where to where the labels of the shape reach, in pixels from the left; nil if it has none.
  var labelExtent: ClosedRange<Double>? {
    switch self {
    case .text(let label): label.caption.isEmpty ? nil : label.extent
    case .group(let shapes, let x, _): Self.extent(of: shapes, movedBy: x)
    case .redrawable(_, let shapes): Self.extent(of: shapes, movedBy: 0)
    case .rect, .line, .circle, .path, .cells, .scaled: nil
    }
  }

  private static func extent(of shapes: [Shape], movedBy x: Double) -> ClosedRange<Double>? {
    shapes.lazy.compactMap { $0.labelExtent }.reduce(nil) { range, next in
      let low = min(range?.lowerBound ?? .infinity, next.lowerBound + x)
      return low...max(range?.upperBound ?? -.infinity, next.upperBound + x)
    }
  }
}

extension Label {
  /// From where to where it reaches, in pixels from the left.
  fileprivate var extent: ClosedRange<Double> {
    let width = width
    let start: Double
    switch anchor {
    case .start: start = 0
    case .middle: start = -width / 2
    case .end: start = -width
    }
    // A turned label reaches as far as the corners of its line.
    let turn = angle * .pi / 180
    let rise = angle == 0 ? 0 : size.rawValue * abs(sin(turn))
    let ends = [start * cos(turn), (start + width) * cos(turn)]
    return at.x + min(ends[0], ends[1]) - rise...at.x + max(ends[0], ends[1]) + rise
  }
}
