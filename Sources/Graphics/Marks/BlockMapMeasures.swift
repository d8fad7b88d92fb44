/// The sizes of a map of boxes, in pixels along the flow and across it.
struct BlockMapMeasures {
  /// The length of an arrow.
  let gap: Double
  /// The breadth of every box.
  let across: Double
  /// Room beside the boxes for what passes by, for frames and their names.
  let before: Double, after: Double
  private let isHorizontal: Bool
  private let shrink: Double

  init(_ map: BlockMap) {
    isHorizontal = map.isHorizontal
    let boxes = Self.boxes(map.parts)
    let names = Self.names(map.parts)
    let hasBypass = Self.sums(map.parts) > 0
    if map.isHorizontal {
      across = 62
      before = (hasBypass ? 16 : 0) + (names.isEmpty ? 0 : 20)
      after = names.isEmpty ? 0 : 8
      // Gaps give way before the boxes do.
      let steps = Double(boxes.count - 1 + Self.sums(map.parts))
      let fixed = Double(Self.sums(map.parts)) * 16 + Double(names.count) * 20 + 4
      let natural = boxes.reduce(0) { $0 + Self.naturalLength(of: $1) }
      gap = min(20, max(11, (Layout.width - fixed - natural) / max(1, steps))).rounded(.down)
      shrink = min(1, (Layout.width - fixed - gap * steps) / max(1, natural))
    } else {
      let widest = boxes.map { max(Self.width($0.label, isBold: true), Self.width($0.detail)) }
      across = min(260, (widest.max() ?? 0) + 32)
      before = (hasBypass ? 16 : 0) + (names.isEmpty ? 0 : 10)
      let name = names.map { Self.width($0, isBold: true) }.max()
      after = name.map { $0 + 16 } ?? 0
      (gap, shrink) = (16, 1)
    }
  }

  /// The length of a box.
  func length(of box: BlockMap.Box) -> Double {
    guard isHorizontal else { return box.detail.isEmpty ? 28 : 40 }
    return (Self.naturalLength(of: box) * shrink).rounded(.down)
  }

  /// Wide enough for the longest word of the label, and for the whole detail if it is short.
  private static func naturalLength(of box: BlockMap.Box) -> Double {
    let words = TextPieces.split(box.label).map { word in
      width(word.last == " " ? String(word.dropLast()) : word, isBold: true)
    }
    return max(40, min(120, max(words.max() ?? 0, min(112, width(box.detail)))) + 14).rounded(.up)
  }

  private static func width(_ text: String, isBold: Bool = false) -> Double {
    TextMetrics.width(of: VisibleText.plain(text), size: .small, bold: isBold)
  }

  private static func boxes(_ parts: [BlockMap.Part]) -> [BlockMap.Box] {
    parts.flatMap { part -> [BlockMap.Box] in
      switch part {
      case .box(let box): [box]
      case .added(let inner), .group(let inner, _): boxes(inner)
      }
    }
  }

  private static func names(_ parts: [BlockMap.Part]) -> [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .box: []
      case .added(let inner): names(inner)
      case .group(let inner, let name): [name] + names(inner)
      }
    }
  }

  private static func sums(_ parts: [BlockMap.Part]) -> Int {
    parts.reduce(0) { total, part in
      switch part {
      case .box: total
      case .added(let inner): total + 1 + sums(inner)
      case .group(let inner, _): total + sums(inner)
      }
    }
  }
}
