/// The options of single actions on words.
enum WordOptions {
  /// In which order words stand that were measured.
  enum Order: String, CaseIterable {
    /// By their dot product, the largest first.
    case dot
    /// As they were given.
    case given
  }

  /// What the axes of a map are the principal components of.
  enum Axes: String, CaseIterable {
    /// The words on it.
    case words
    /// The whole vocabulary.
    case all
  }

  static let count = Option(
    "count",
    .integer("N", 1...1000),
    default: 10,
    help: say(
      en: "how many words nearest and analogy find, how many terms compare shows",
      ja: "nearest と analogy が探す単語の数、compare が示す項の数"
    )
  )
  static let expected: Option<String?> = Option(
    "expect",
    .text("WORD"),
    help: say(
      en: "of nearest and analogy: give this word's place too, however far off",
      ja: "nearest と analogy：この単語が何位かも示します（どんなに離れていても）"
    )
  )
  static let order = Option(
    "order",
    .choice,
    default: Order.dot,
    help: say(
      en: "of direction: largest dot product first, or as the words were given",
      ja: "direction：内積の大きい順か、与えた順か"
    )
  )
  static let x = axis("x", say(en: "first", ja: "1つ目の"))
  static let y = axis("y", say(en: "second", ja: "2つ目の"))
  static let z = axis("z", say(en: "third", ja: "3つ目の"))
  static let axes = Option(
    "axes",
    .choice,
    default: Axes.words,
    help: say(
      en: "of map: the principal components of the words on it, or of the whole vocabulary",
      ja: "map：軸にする主成分を、載せる単語から求めるか、語彙全体から求めるか"
    )
  )

  /// All of them.
  static let ofActions = specs(count, expected, order, x, y, z, axes)

  private static func axis(_ name: String, _ place: LocalizedText) -> Option<String?> {
    Option(
      name,
      .text("EXPR"),
      help: say(
        en: "of map: the \(place.en) axis, a word or a difference such as \"woman - man\"",
        ja: "map：\(place.ja)軸。単語、または \"woman - man\" のような差"
      )
    )
  }
}
