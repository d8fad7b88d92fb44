import Graphics
import Traces

/// Tells something of a story.
protocol Teller {
  var story: Story { get }
}

/// Tells one stage of a story.
///
/// A stage is one type in one file of `Stages/`.
protocol StageTeller: Teller, SendableMetatype {
  init(story: Story)
  /// The stage as this trace tells it.
  var stage: Stage { get }
}

extension Teller {
  /// The text in the language of the story.
  func say(en: RichText, ja: RichText) -> RichText { story.say(en: en, ja: ja) }

  /// At most three sentences.
  func paragraph(en: RichText, ja: RichText) -> Block { .paragraph(say(en: en, ja: ja)) }

  /// Something to notice that was found in this trace.
  func found(en: RichText, ja: RichText) -> Block { .found(say(en: en, ja: ja)) }

  /// A formula on a line of its own.
  func equation(_ math: Math) -> Block { .equation(math) }

  /// This run's numbers put into a formula.
  func arithmetic(_ lines: RichText...) -> Block { .arithmetic(lines) }

  /// Says that a panel is missing because the trace lacks a tensor.
  func leftOut(_ names: String...) -> Block {
    let list = RichText(
      names.enumerated().flatMap { index, name in
        (index > 0 ? say(en: ", ", ja: "、").runs : []) + [.code(name)]
      }
    )
    return .leftOut(
      say(
        en: "Left out here: this trace does not record \(list).",
        ja: "ここは省きます。このトレース（計算の記録）には \(list) がありません。"
      )
    )
  }

  /// A step of the stage.
  func step(
    _ id: String,
    en: RichText,
    ja: RichText,
    @BlockList _ blocks: () -> [Block]
  ) -> Step {
    Step(id: id, title: say(en: en, ja: ja), blocks: blocks())
  }

  /// What passes between this stage and the next.
  func flow(_ name: String?, _ shape: String, en: RichText, ja: RichText) -> Flow {
    Flow(what: say(en: en, ja: ja), name: name, shape: shape)
  }

  /// A table's column of words.
  func column(en: RichText, ja: RichText) -> Table.Column { Table.Column(say(en: en, ja: ja)) }

  /// A table's column of numbers.
  func numbers(en: RichText, ja: RichText) -> Table.Column {
    Table.Column(say(en: en, ja: ja), isNumeric: true)
  }

  /// A shape in the form `12 × 128`; a size that is not known is written as its letter.
  func shape(_ sizes: (Int?, String)...) -> String {
    sizes.map { $0.0.map(String.init) ?? $0.1 }.joined(separator: " × ")
  }

  /// `T × D`, the shape of the residual stream.
  var streamShape: String { shape((story.length, "T"), (story.trace.model.dModel, "D")) }
}

/// Collects the blocks of a step, with conditions among them.
@resultBuilder
enum BlockList {
  static func buildExpression(_ block: Block) -> [Block] { [block] }
  static func buildExpression(_ block: Block?) -> [Block] { block.map { [$0] } ?? [] }
  static func buildExpression(_ blocks: [Block]) -> [Block] { blocks }
  static func buildBlock(_ parts: [Block]...) -> [Block] { parts.flatMap { $0 } }
  static func buildOptional(_ part: [Block]?) -> [Block] { part ?? [] }
  static func buildEither(first: [Block]) -> [Block] { first }
  static func buildEither(second: [Block]) -> [Block] { second }
  static func buildArray(_ parts: [[Block]]) -> [Block] { parts.flatMap { $0 } }
}
