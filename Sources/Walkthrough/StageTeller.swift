import Graphics
import Traces

/// Tells something of a story.
protocol Teller: Speaker {
  var story: Story { get }
}

/// Tells one stage of a story.
///
/// A stage is one type in one file of `Stages/`.
protocol StageTeller: Teller, SendableMetatype {
  /// The stage as this trace tells it.
  var stage: Stage { get }
  /// The stage's name.
  static var id: StageID { get }
  /// What any of its steps depends on, of that which a reader may follow.
  static var scopes: Set<Step.Scope> { get }
  /// The steps that depend on just this.
  func steps(following scope: Step.Scope) -> [Step]
}

/// One of the stages that a walkthrough is made of, as a value: what its teller tells of a story.
struct StageTelling: Sendable {
  /// The stage's name.
  let id: StageID
  /// What any of its steps depends on, of that which a reader may follow.
  let scopes: Set<Step.Scope>
  /// The stage as a story's trace tells it.
  let stage: @Sendable (Story) -> Stage
  /// The stage's steps that depend on just this.
  let steps: @Sendable (Story, Step.Scope) -> [Step]

  /// Takes a stage of what makes its teller.
  init<Told: StageTeller>(_ teller: @escaping @Sendable (Story) -> Told) {
    id = Told.id
    scopes = Told.scopes
    stage = { teller($0).stage }
    steps = { teller($0).steps(following: $1) }
  }
}

extension StageTeller {
  static var scopes: Set<Step.Scope> { [] }

  func steps(following scope: Step.Scope) -> [Step] {
    stage.steps.filter { $0.follows == scope }
  }
}

extension Teller {
  /// The language of the story.
  var language: Language { story.language }

  /// Whether the story tells a step.
  func tells(_ step: String) -> Bool { story.tells(step) }

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

  /// Says what the trace does not tell of its model, where an equation would have to guess it.
  func untold(en: RichText, ja: RichText) -> Block {
    .leftOut(
      say(en: "This trace does not tell \(en).", ja: "このトレースからはわからないこと：\(ja)。")
    )
  }

  /// What passes between this stage and the next.
  func flow(_ name: String?, _ shape: String, en: RichText, ja: RichText) -> Flow {
    Flow(what: say(en: en, ja: ja), name: name, shape: shape)
  }

  /// A shape in the form `12 × 128`; a size that is not known is written as its letter.
  func shape(_ sizes: (Int?, String)...) -> String {
    sizes.map { $0.0.map(String.init) ?? $0.1 }.joined(separator: " × ")
  }

  /// `T × D`, the shape of the residual stream.
  var streamShape: String { shape((story.length, "T"), (story.trace.model.dModel, "D")) }
}
