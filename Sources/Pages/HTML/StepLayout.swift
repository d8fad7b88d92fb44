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
      case .table, .figure, .panel: self = .visual
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
}
