package import Graphics

/// Speaks one of the languages: words, numbers and the blocks of a step.
package protocol Speaker {
  /// The language.
  var language: Language { get }
  /// Whether a step is told whole, by its name; else only what it is called.
  func tells(_ step: String) -> Bool
}

extension Speaker {
  @inline(never)
  package func tells(_ step: String) -> Bool { true }

  /// The text in its language.
  @inline(never)
  package func say(en: RichText, ja: RichText) -> RichText { Prose(en: en, ja: ja)[language] }

  /// What stands between the items of a list.
  @inline(never)
  var comma: RichText { say(en: ", ", ja: "、") }

  /// At most three sentences.
  @inline(never)
  package func paragraph(en: RichText, ja: RichText) -> Block { .paragraph(say(en: en, ja: ja)) }

  /// Something to notice that was found in this trace.
  @inline(never)
  package func found(en: RichText, ja: RichText) -> Block { .found(say(en: en, ja: ja)) }

  /// A formula on a line of its own.
  @inline(never)
  package func equation(_ math: Math) -> Block { .equation(math) }

  /// This run's numbers put into a formula.
  @inline(never)
  package func arithmetic(_ lines: RichText...) -> Block { .arithmetic(lines) }

  /// A step.
  @inline(never)
  package func step(
    _ id: String,
    en: RichText,
    ja: RichText,
    follows: Step.Scope = .nothing,
    @BlockList _ blocks: () -> [Block]
  ) -> Step {
    let isTold = tells(id)
    return Step(
      id: id,
      title: say(en: en, ja: ja),
      follows: follows,
      blocks: isTold ? blocks() : [],
      isTold: isTold
    )
  }

  /// A table's column of words.
  @inline(never)
  package func column(en: RichText, ja: RichText) -> Table.Column {
    Table.Column(say(en: en, ja: ja))
  }

  /// A table's column of numbers.
  @inline(never)
  package func numbers(en: RichText, ja: RichText) -> Table.Column {
    Table.Column(say(en: en, ja: ja), isNumeric: true)
  }

  /// A size of the configuration, in groups of digits.
  @inline(never)
  package func size(_ count: some BinaryInteger) -> String { language.written(count) }

  /// A count, in groups of digits, and what it was counted from.
  @inline(never)
  package func count(_ count: some BinaryInteger, _ formula: String) -> Quantity {
    Quantity(Int64(count), written: language.written(count), origin: .derived(formula))
  }

  /// How many times `base` a count is, with as many digits as say something.
  @inline(never)
  package func factor<Count: BinaryInteger>(_ count: Count, of base: Count) -> Quantity {
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
package enum BlockList {
  package static func buildExpression(_ block: Block) -> [Block] { [block] }
  package static func buildExpression(_ block: Block?) -> [Block] { block.map { [$0] } ?? [] }
  package static func buildExpression(_ figure: Figure) -> [Block] { [.figure(figure)] }
  package static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  package static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap { $0 } }
  package static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
  package static func buildEither(first: [Block]) -> [Block] { first }
  package static func buildEither(second: [Block]) -> [Block] { second }
  package static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap { $0 } }
}
