import Graphics

/// Speaks one of the languages: words, numbers and the blocks of a step.
protocol Speaker {
  var language: Language { get }
}

extension Speaker {
  /// The text in its language.
  @inline(never)
  func say(en: RichText, ja: RichText) -> RichText { Prose(en: en, ja: ja)[language] }

  /// At most three sentences.
  @inline(never)
  func paragraph(en: RichText, ja: RichText) -> Block { .paragraph(say(en: en, ja: ja)) }

  /// Something to notice that was found in this trace.
  @inline(never)
  func found(en: RichText, ja: RichText) -> Block { .found(say(en: en, ja: ja)) }

  /// A formula on a line of its own.
  @inline(never)
  func equation(_ math: Math) -> Block { .equation(math) }

  /// This run's numbers put into a formula.
  @inline(never)
  func arithmetic(_ lines: RichText...) -> Block { .arithmetic(lines) }

  /// A step.
  @inline(never)
  func step(
    _ id: String,
    en: RichText,
    ja: RichText,
    follows: Step.Scope = .nothing,
    @BlockList _ blocks: () -> [Block]
  ) -> Step {
    Step(id: id, title: say(en: en, ja: ja), follows: follows, blocks: blocks())
  }

  /// A table's column of words.
  @inline(never)
  func column(en: RichText, ja: RichText) -> Table.Column { Table.Column(say(en: en, ja: ja)) }

  /// A table's column of numbers.
  @inline(never)
  func numbers(en: RichText, ja: RichText) -> Table.Column {
    Table.Column(say(en: en, ja: ja), isNumeric: true)
  }

  /// A size of the configuration, in groups of digits.
  @inline(never)
  func size(_ count: some BinaryInteger) -> String { language.written(count) }

  /// A count, in groups of digits, and what it was counted from.
  @inline(never)
  func count(_ count: some BinaryInteger, _ formula: String) -> Quantity {
    Quantity(Int64(count), written: language.written(count), origin: .derived(formula))
  }

  /// How many times `base` a count is, with as many digits as say something.
  @inline(never)
  func factor<Count: BinaryInteger>(_ count: Count, of base: Count) -> Quantity {
    let times = Double(count) / Double(base > 0 ? base : 1)
    let isWhole = base > 0 && count.isMultiple(of: base)
    let digits = isWhole || times >= 100 ? 0 : times >= 0.1 ? 2 : times >= 0.000_1 ? 6 : 9
    var factor = Quantity(times, digits: digits, origin: .derived("\(count) / \(base)"))
    if digits == 0, times < 1e15 { factor.written = size(Int64(times.rounded())) }
    return factor
  }
}

/// Collects the blocks of a step, with conditions among them.
@resultBuilder
enum BlockList {
  static func buildExpression(_ block: Block) -> [Block] { [block] }
  static func buildExpression(_ block: Block?) -> [Block] { block.map { [$0] } ?? [] }
  static func buildExpression(_ figure: Figure) -> [Block] { [.figure(figure)] }
  static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
  static func buildEither(first: [Block]) -> [Block] { first }
  static func buildEither(second: [Block]) -> [Block] { second }
  static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap { $0 } }
}
