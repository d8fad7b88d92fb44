import Graphics
public import Walkthrough

/// What the program answers about words: bars of cosines or dot products, what the axes of a slice keep.
public struct WordBars {
  /// A word and its number.
  public struct Bar {
    /// The word's row.
    public let row: Int
    let label: String
    /// The number.
    public let value: Double
    let formula: String

    /// Takes a word, as ``WordBars/label(_:)`` shows it, with its number and how that came about.
    public init(row: Int, label: String, value: Double, formula: String) {
      (self.row, self.label, self.value, self.formula) = (row, label, value, formula)
    }
  }

  private let isCosine: Bool
  private let bars: [Bar]

  /// Takes what was found.
  ///
  /// - Parameters:
  ///   - isCosine: Whether the numbers are cosines; else dot products.
  ///   - bars: The words, in order.
  public init(isCosine: Bool, bars: [Bar]) {
    (self.isCosine, self.bars) = (isCosine, bars)
  }

  /// A word as it is shown.
  public static func label(_ word: String) -> String { VisibleText.show(word) }

  /// The bars as a figure; nothing if there are none.
  public func html(prefix: String, in language: Language) -> String {
    if bars.isEmpty { return "" }
    var list: [Bars.Bar] = []
    var description = ""
    for bar in bars {
      let value = Quantity(bar.value, digits: 3, origin: .derived(bar.formula))
      list.append(Bars.Bar(bar.label, value))
      description += "\(bar.label) \(value.text). "
    }
    let title =
      language == .en
      ? (isCosine ? "Cosine" : "Dot product") : (isCosine ? "コサイン類似度" : "内積")
    let scene = Scene(
      id: "bars",
      title: title,
      description: description,
      mark: isCosine ? Bars(list, role: .data, domain: 0...1) : Bars(list, role: .data),
      language: language.rawValue
    )
    var ids = PageIDs(prefix: prefix)
    return FigureCard(Figure(name: "bars", scene: scene), &ids).html.text
  }

  /// What share of the variance each axis keeps.
  public static func axes(_ shares: [Double], in language: Language) -> String {
    var text = HTML.nothing
    for (axis, share) in shares.enumerated() {
      let name: HTML =
        language == .en ? "axis \(axis + 1), share of variance" : "軸 \(axis + 1)：分散の割合"
      let number = Markup.number(Quantity(share, origin: .derived("share of axis \(axis + 1)")))
      text += name + " " + number + (axis + 1 < shares.count ? "; " : .nothing)
    }
    return text.text
  }
}
