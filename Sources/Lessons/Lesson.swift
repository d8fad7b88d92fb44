import Graphics
import Tokenization
import Transformer
public import Walkthrough

/// A lesson: a short article about one idea, with numbers that are computed when it is told.
public struct Lesson: Sendable {
  /// What the command line calls it: `dot-product`.
  public let name: String
  private let teller: @Sendable (Classroom) -> any LessonTeller

  init<Told: LessonTeller>(_: Told.Type) {
    name = Told.name
    teller = { Told(room: $0) }
  }

  /// All lessons, in the order in which a learner needs them.
  public static let all = [
    Lesson(KindsLesson.self),
    Lesson(LearningLesson.self),
    Lesson(TensorsLesson.self),
    Lesson(WeightedSumsLesson.self),
    Lesson(DotProductLesson.self),
    Lesson(TokensLesson.self),
    Lesson(DirectionsLesson.self),
    Lesson(ContextLesson.self),
    Lesson(SoftmaxLesson.self),
    Lesson(SamplingLesson.self),
    Lesson(ChatbotLesson.self),
    Lesson(CountingLesson.self),
    Lesson(WindowLesson.self),
  ]

  /// The lesson of a name, if there is one.
  public static func named(_ name: String) -> Lesson? { all.first { $0.name == name } }

  /// The lesson that comes after it, if it is not the last.
  public var next: Lesson? {
    let after = Self.all.drop { $0.name != name }.dropFirst()
    return after.first
  }

  /// Its title.
  public func title(in room: Classroom) -> RichText { teller(room).title }

  /// What it is about, in a sentence.
  public func about(in room: Classroom) -> RichText { teller(room).about }

  /// Where to go on: a prompt, and the step of its walkthrough that shows the same thing.
  public func door(in room: Classroom) -> (prompt: String, step: String)? { teller(room).door }

  /// What a page asks of words, if it can: a direction or a map, and the words.
  public func asking(in room: Classroom) -> Asking? { teller(room).asking }

  /// What a page lets a reader try out, if anything.
  public func trying(in room: Classroom) -> [Trying] { teller(room).trying }

  /// Something that a reader can try out on a page.
  public enum Trying: Sendable, Equatable {
    /// A line through points.
    case line
    /// A network that learns a text, and goes on from a prompt.
    case network(text: String, prompt: String)
    /// Two arrows.
    case arrows
    /// Scores, and a temperature.
    case softmax
    /// Merges of a text.
    case merges(text: String)
  }

  /// A form that a page can have, with a question in it.
  public enum Asking: Sendable, Equatable {
    /// Words' dot products with a direction.
    case direction(String)
    /// Words and differences on a map.
    case map(String)
    /// A model of sizes of the reader's own.
    case sizes
  }

  /// The lesson, told.
  ///
  /// - Throws: What a run of the model, or of a training, ends in.
  public func article(in room: Classroom) throws -> Article {
    let teller = teller(room)
    var article = Article(
      language: room.language,
      id: name,
      title: teller.title,
      lead: [teller.about],
      steps: try teller.steps
    )
    article.questions = teller.questions
    article.onward = teller.onward
    return article
  }
}

/// Tells one lesson.
///
/// A lesson is one type in one file of `Lessons/`, and its name in ``Lesson/all``.
protocol LessonTeller: Speaker, Sendable, SendableMetatype {
  /// What the command line calls it.
  static var name: String { get }
  /// What it is taught with.
  var room: Classroom { get }
  /// Prepares to tell.
  init(room: Classroom)
  /// Its title.
  var title: RichText { get }
  /// What it is about, in a sentence.
  var about: RichText { get }
  /// The steps in order.
  var steps: [Step] { get throws }
  /// What a reader may ask themselves at the end.
  var questions: [Article.Question] { get }
  /// Where to go on: a command to try.
  var onward: RichText? { get }
  /// Where a site leads on: a prompt, and a step of its walkthrough.
  var door: (prompt: String, step: String)? { get }
  /// What a page asks the program.
  var asking: Lesson.Asking? { get }
  /// What a page lets a reader try out.
  var trying: [Lesson.Trying] { get }
}

extension LessonTeller {
  var language: Language { room.language }
  var onward: RichText? { nil }
  var door: (prompt: String, step: String)? { nil }
  var asking: Lesson.Asking? { nil }
  var trying: [Lesson.Trying] { [] }

  /// A question with its answer.
  func question(
    en: (RichText, answer: RichText),
    ja: (RichText, answer: RichText)
  ) -> Article.Question {
    Article.Question(say(en: en.0, ja: ja.0), answer: say(en: en.answer, ja: ja.answer))
  }

  /// A number that was computed, and how.
  func derived(_ value: Double, digits: Int = 2, _ formula: String) -> Quantity {
    Quantity(value, digits: digits, origin: .derived(formula))
  }

  /// A number that was made up to show something.
  func made(_ value: Double, digits: Int = 0) -> Quantity {
    Quantity(value, digits: digits, origin: .illustration)
  }

  /// Says that what stands here no model computed.
  func illustration(en: RichText, ja: RichText) -> Block {
    .paragraph(
      say(en: "(An illustration: \(en))", ja: "（これは説明のための例です。\(ja)）")
    )
  }

  /// A table.
  func table(
    en: RichText,
    ja: RichText,
    _ columns: [Table.Column],
    _ rows: [[RichText]]
  ) -> Block {
    .table(Table(title: say(en: en, ja: ja), columns: columns, rows: rows))
  }

  /// A token's text.
  func text(_ id: Int) -> String { room.model.tokenizer.text(of: id).string }

  /// A token's text as figures show it.
  func shown(_ id: Int) -> String { VisibleText.show(text(id)) }

  /// A probability, and what it was computed from.
  func chance(_ probability: Double, of token: String, after prompt: String, digits: Int = 3)
    -> Quantity
  {
    derived(probability, digits: digits, "p(\(VisibleText.show(token)) | \(prompt))")
  }

  /// The likeliest tokens after a text as bars.
  func bars(_ guesses: [Classroom.Guess], _ count: Int, after prompt: String) -> Bars {
    Bars(
      guesses.prefix(count).map { guess in
        Bars.Bar(
          VisibleText.show(guess.text),
          chance(guess.probability, of: guess.text, after: prompt)
        )
      },
      role: .probability,
      domain: 0...1
    )
  }

  /// Tokens in a row: “the” “·cat”.
  func listed(_ tokens: some Sequence<String>) -> RichText {
    RichText(
      tokens.enumerated().flatMap { place, token -> [RichText.Run] in
        (place > 0 ? [.text(" ")] : []) + [.token(token)]
      }
    )
  }

  /// A text as a strip of tokens with their ids.
  func strip(_ name: String, _ ids: [Int], en: RichText, ja: RichText) -> Figure {
    let chips = ids.map { id in
      TokenStrip.Chip(
        shown(id),
        id: Quantity(Double(id), digits: 0, origin: .derived("id of the token"))
      )
    }
    return figure(
      name,
      title: say(en: en, ja: ja),
      description: say(
        en: "\(ids.count) tokens in a row, with their ids.",
        ja: "\(ids.count) 個のトークンを、番号とともに並べたもの。"
      ),
      TokenStrip(chips)
    )
  }
}
