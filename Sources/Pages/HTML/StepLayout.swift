import Walkthrough

/// Blocks of a step that stand together on a page.
struct StepGroup {
  /// What the blocks are.
  enum Kind: String {
    case prose
    case maths
    case visual
    case found

    init(_ block: Block) {
      switch block {
      case .paragraph, .leftOut: self = .prose
      case .found: self = .found
      case .equation, .arithmetic: self = .maths
      case .table, .figure, .panel, .switches: self = .visual
      }
    }
  }

  let kind: Kind
  var html = HTML.nothing
  /// For each figure or table that is seen at once: whether it needs the page's whole width.
  var isWide: [Bool] = []
}

/// How a step is laid out where the page is wide.
enum StepLayout: String {
  /// Words left, what there is to see right.
  case beside
  /// What there is to see beneath, because there is more than one thing or it is wide.
  case stacked
  /// Words left, formulas right; there is nothing to see.
  case plain

  init(_ groups: [StepGroup]) {
    let visuals = groups.filter { $0.kind == .visual }
    if visuals.isEmpty {
      self = groups.count { $0.kind == .maths } == 1 ? .plain : .stacked
    } else {
      self =
        visuals.count == 1 && groups.count > 1 && visuals[0].isWide == [false] ? .beside : .stacked
    }
  }

  /// The rows of the grid: the heading, the groups at the left, and what is left of the one beside them.
  func tracks(_ groups: [StepGroup]) -> HTML {
    let aside: StepGroup.Kind
    switch self {
    case .beside: aside = .visual
    case .plain: aside = .maths
    case .stacked: return .nothing
    }
    let left = String(repeating: "auto ", count: groups.count { $0.kind != aside })
    return #" style="--tracks:auto \#(left)1fr""#
  }

  /// Where each group of a stacked step stands where the page is wide: no two share a cell.
  ///
  /// Words stand left, formulas and what was found right of them, above the figure that follows or
  /// that shows it; a figure takes the whole width.
  static func places(_ kinds: [StepGroup.Kind]) -> [StepPlace] {
    var places = [StepPlace](repeating: StepPlace(), count: kinds.count)
    // Row 1 is the heading's.
    var row = 2
    var index = 0
    while index < kinds.count {
      var words: [Int] = []
      while index < kinds.count, kinds[index] != .visual { words.append(index); index += 1 }
      let visual = index < kinds.count ? index : nil
      if visual != nil { index += 1 }
      while index < kinds.count, kinds[index] == .found { words.append(index); index += 1 }
      row = place(words, of: kinds, from: row, in: &places)
      guard let visual else { continue }
      places[visual] = StepPlace(rows: row..<row + 1)
      row += 1
    }
    return places
  }

  /// Places the words before a figure in one or two columns; the first row after them.
  private static func place(
    _ words: [Int],
    of kinds: [StepGroup.Kind],
    from row: Int,
    in places: inout [StepPlace]
  ) -> Int {
    var left = words.filter { kinds[$0] == .prose }
    var right = words.filter { kinds[$0] != .prose }
    if left.isEmpty {
      left = right.filter { kinds[$0] == .maths }
      right = right.filter { kinds[$0] != .maths }
    }
    let isOneColumn = left.isEmpty || right.isEmpty
    let count = isOneColumn ? words.count : max(left.count, right.count)
    let columns = isOneColumn ? [(words, 1..<3)] : [(left, 1..<2), (right, 2..<3)]
    for (column, range) in columns {
      for (place, group) in column.enumerated() {
        // The last of the shorter column reaches down to the end of the longer one.
        let end = place + 1 == column.count ? count : place + 1
        places[group] = StepPlace(rows: row + place..<row + end, columns: range)
      }
    }
    return row + count
  }
}

/// Rows and columns of a step's grid, counted from 1 as style sheets do.
struct StepPlace: Equatable {
  var rows = 2..<3
  var columns = 1..<3

  /// The place as an attribute.
  var style: HTML {
    let edges = [rows.lowerBound, columns.lowerBound, rows.upperBound, columns.upperBound]
    return #" style="--at:\#(edges.map(String.init).joined(separator: "/"))""#
  }
}
