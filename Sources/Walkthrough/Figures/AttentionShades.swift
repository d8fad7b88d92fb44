import Graphics
import Tensors

/// On which scale shares of attention are drawn.
public enum AttentionScale: String, Sendable, CaseIterable {
  /// In proportion, from 0 to 1.
  case linear
  /// By the square root, up to what half of the rows reach: small shares are seen, and more is darker everywhere.
  case squareRoot = "sqrt"
  /// Every row in proportion up to its own largest share: rows cannot be compared with each other.
  case row

  /// The scale for a prompt of so many tokens: the shares of long prompts are small.
  static func automatic(length: Int) -> AttentionScale {
    length <= AttentionShades.numberLimit ? .linear : .squareRoot
  }
}

/// How the shares of a pattern's rows become shades, and the key that says so.
struct AttentionShades {
  /// The cells of longer prompts have no room for numbers.
  static let numberLimit = 12

  private let kind: AttentionScale
  /// The largest share of each row.
  private let largest: [Double]
  /// The formula of each.
  private let formulas: [String]

  /// Looks at the rows that are drawn.
  ///
  /// - Parameters:
  ///   - kind: The scale to draw on.
  ///   - rows: The shares of each row, and the formula of its largest.
  init(_ kind: AttentionScale, rows: [(shares: [Float], peak: String)]) {
    self.kind = kind
    largest = rows.map { row in row.shares.reduce(0) { max($0, Double($1)) } }
    formulas = rows.map { $0.peak }
  }

  /// The scale of all rows; on one of their own, the kind of it.
  var scale: ColorScale {
    switch kind {
    case .linear, .row: .probability()
    case .squareRoot: .probability(maximum: middle, curve: .squareRoot)
    }
  }

  /// A scale for each row, if each has its own.
  var rowScales: [ColorScale] {
    kind == .row ? largest.map { .probability(maximum: $0) } : []
  }

  /// Whether each row has a scale of its own.
  var areOfRows: Bool { kind == .row }

  /// Of the rows' largest shares the middle one: half of the rows reach the darkest shade.
  private var middle: Double {
    let sorted = largest.sorted()
    let middle = sorted.isEmpty ? 1 : sorted[(sorted.count - 1) / 2]
    return middle > 0 ? middle : 1
  }

  /// What the shades mean, with the numbers at their ends.
  func key(in speaker: some Speaker, masked: RichText? = nil, followed: String? = nil) -> ColorKey {
    let title: RichText
    var high: Caption = "1"
    switch kind {
    case .linear:
      title = speaker.say(en: "share of attention, linear", ja: "注意の割合（線形の目盛り）")
    case .squareRoot:
      title = speaker.say(en: "share of attention, by its square root", ja: "注意の割合（平方根の目盛り）")
      high = "≥ \(end(middle))"
    case .row:
      title = speaker.say(
        en: "share of attention, each row up to its largest here",
        ja: "注意の割合（行ごとに、図の中の最大まで）"
      )
      let least = end(largest.min() ?? 1)
      let most = end(largest.max() ?? 1)
      high = least.text == most.text ? "\(most)" : "\(least)–\(most)"
    }
    return ColorKey(
      scale,
      title: Caption(title.plain),
      low: "0",
      high: high,
      masked: masked?.plain,
      followed: followed
    )
  }

  /// One of the rows' largest shares, by that row's formula.
  private func end(_ value: Double) -> Quantity {
    let formula = largest.firstIndex(of: value).map { formulas[$0] } ?? "1"
    return Quantity(value, digits: 3, origin: .derived(formula))
  }
}
