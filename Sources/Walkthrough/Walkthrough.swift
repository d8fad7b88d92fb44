public import Graphics
public import Traces

/// A trace told as a story, in one language: stages of prose, formulas, tables and scenes, as plain data.
///
/// A page, a terminal or a file of JSON shows it; none of them adds a number.
public struct Walkthrough: Sendable {
  /// The language it is told in.
  public var language: Language
  /// What it is about.
  public var subject: Subject
  /// The stages in order.
  public var stages: [Stage]
  /// The likeliest next tokens after the prompt, likeliest first; empty if no logits were recorded.
  public var next: [Prediction]
  /// What was set from outside while the model ran; nothing, as a rule.
  public var interventions: [Intervention] = []
  /// What a reader has to know before anything else: that the run was changed from outside, or that some of the recorded
  /// numbers are none.
  public var notices: [RichText] = []
  /// How many blocks the model has, as far as the trace tells.
  public var layerCount = 1

  package init(language: Language, subject: Subject, stages: [Stage], next: [Prediction]) {
    self.language = language
    self.subject = subject
    self.stages = stages
    self.next = next
  }
}

/// The prompt and the model a walkthrough is about.
public struct Subject: Sendable {
  /// The text the model was given.
  public var prompt: String
  /// The prompt's tokens.
  public var tokens: [Token]
  /// The position that is followed through the page: the last one.
  public var followed: Int
  /// What the model is called and what it was trained on, in one phrase.
  public var model: RichText
  /// The map of the model's architecture with its shapes, with nothing lit.
  public var map: Figure
  /// Which tokens are parts of characters, and how often the model met each while it learned.
  public var notes: TokenNotes

  package init(
    prompt: String,
    tokens: [Token],
    followed: Int,
    model: RichText,
    map: Figure,
    notes: TokenNotes? = nil
  ) {
    self.prompt = prompt
    self.tokens = tokens
    self.followed = followed
    self.model = model
    self.map = map
    self.notes = notes ?? TokenNotes(of: tokens.map { $0.text }, in: prompt)
  }

  /// Says what its notes mean.
  package func words(in language: Language) -> ReadingWords {
    ReadingWords(notes, of: tokens.map { ($0.id, $0.text) }, in: language)
  }

  /// A token of the prompt.
  public struct Token: Sendable, Equatable {
    /// The token's id.
    public var id: Int
    /// The token's text; part of a character is written `<0xE6>`.
    public var text: String

    package init(id: Int, text: String) {
      self.id = id
      self.text = text
    }
  }
}

/// A token that may come next.
public struct Prediction: Sendable, Equatable {
  /// The token's id.
  public var id: Int
  /// The token's text, or `#id` if the trace does not tell it.
  public var text: String
  /// The token's logit, if recorded.
  public var logit: Quantity?
  /// The token's probability at temperature 1.
  public var probability: Quantity

  package init(id: Int, text: String, logit: Quantity? = nil, probability: Quantity) {
    self.id = id
    self.text = text
    self.logit = logit
    self.probability = probability
  }
}

/// One stage of the forward pass.
public struct Stage: Sendable {
  /// The stage's name; its section on a page is `stage-<id>`.
  public var id: StageID
  /// The stage's name on the map of the model, in a word.
  public var name: RichText
  /// Whether it stands within the block, which is there as often as the model has layers.
  public var isInBlock: Bool
  /// The stage's title.
  public var title: RichText
  /// What comes in.
  public var input: Flow
  /// What goes out.
  public var output: Flow
  /// The steps in order.
  public var steps: [Step]

  package init(
    id: StageID,
    name: RichText,
    isInBlock: Bool = false,
    title: RichText,
    input: Flow,
    output: Flow,
    steps: [Step]
  ) {
    self.id = id
    self.name = name
    self.isInBlock = isInBlock
    self.title = title
    self.input = input
    self.output = output
    self.steps = steps
  }
}

/// The stages, in order.
public enum StageID: String, Sendable, CaseIterable {
  /// From text to logits, and to a sample.
  case tokens, embedding, position, attention, mlp, layers, unembedding, softmax, sampling
  /// Where the weights are.
  case parameters
  /// Why the model said that; of a run of which it was measured.
  case why

  /// The stage's number as the pages and the terminal count, from 1.
  public var number: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// What passes between two stages.
public struct Flow: Sendable {
  /// What it is, in words.
  public var what: RichText
  /// Its name in the trace, if it has one: `blocks.0.hook_resid_pre`.
  public var name: String?
  /// Its shape with this run's sizes, for example `12 × 128`; empty if it has none.
  public var shape: String

  package init(what: RichText, name: String? = nil, shape: String) {
    self.what = what
    self.name = name
    self.shape = shape
  }
}

/// A small step: one thing changes, one point is made.
public struct Step: Sendable {
  /// The step's name within its stage; on a page its element is `stage-<stage>-<id>`.
  public var id: String
  /// The point in a few words.
  public var title: RichText
  /// What it shows, in order.
  public var blocks: [Block]
  /// What it depends on, of that which a reader may follow.
  public var follows: Scope
  /// Whether ``blocks`` has what it shows; else it is only named here, to be told when it is asked for.
  public var isTold = true

  /// What a reader may follow; each includes what stands before it.
  public enum Scope: Int, Sendable, Comparable {
    /// Nothing: the step is the same whatever is followed.
    case nothing
    /// One token of the prompt.
    case token
    /// One layer.
    case layer
    /// One head of it.
    case head

    /// Whether `a` includes less than `b`.
    public static func < (a: Scope, b: Scope) -> Bool { a.rawValue < b.rawValue }

    /// The scope's name in a page: `token`.
    public var name: String {
      switch self {
      case .nothing: "nothing"
      case .token: "token"
      case .layer: "layer"
      case .head: "head"
      }
    }
  }

  package init(
    id: String,
    title: RichText,
    follows: Scope = .nothing,
    blocks: [Block],
    isTold: Bool = true
  ) {
    self.id = id
    self.title = title
    self.follows = follows
    self.blocks = blocks
    self.isTold = isTold
  }

  /// The step as it is named, without what it shows.
  var untold: Step { Step(id: id, title: title, follows: follows, blocks: [], isTold: false) }
}

/// A part of a step.
public enum Block: Sendable {
  /// At most three sentences.
  case paragraph(RichText)
  /// A formula on a line of its own.
  case equation(Math)
  /// A worked example: this run's numbers put into the formula, a line each.
  case arithmetic([RichText])
  /// A table.
  case table(Table)
  /// A figure.
  case figure(Figure)
  /// Something to notice that was found in this trace.
  case found(RichText)
  /// A panel that the page's script makes, to try something out.
  case panel(Panel)
  /// A panel that is missing because the trace lacks what it needs.
  case leftOut(RichText)
  /// Switches, by which a page that carries the program runs again without a part.
  case switches(Switches)
}

/// Switches for parts of the model, row by row.
public struct Switches: Sendable {
  /// What they are for.
  public var title: RichText
  /// A row of switches.
  public var rows: [Row]
  /// Whether a page folds them away until they are asked for.
  public var isFolded = false

  /// The switches of a layer.
  public struct Row: Sendable {
    /// What the row is called.
    public var title: RichText
    /// Its switches.
    public var switches: [Switch]
  }

  /// A switch.
  public struct Switch: Sendable {
    /// What is switched off.
    public var site: Site
    /// What stands on it.
    public var label: RichText
    /// What it is, in words.
    public var name: RichText
    /// Whether it is off in this run.
    public var isOff: Bool
  }
}

/// A panel that the page's script makes: it needs a hand to move things, so no other form of the story has it.
public enum Panel: String, Sendable, CaseIterable {
  /// The lines of attention between tokens, for one head or several.
  case lines
  /// Softmax of the last logits at a temperature of one's choice.
  case temperature
  /// A number drawn, and the token it falls on.
  case draw
  /// Top-k and top-p of one's choice.
  case tail
  /// Neighbours of words and sums of one's choice; on pages that carry the program.
  case nearest
  /// A direction between words of one's choice; on pages that carry the program.
  case direction
  /// Words of one's choice in three dimensions; on pages that carry the program.
  case map
  /// Another prompt, to be compared with this one; on pages that carry the program.
  case compare
  /// A direction to be added to the stream; on pages that carry the program.
  case steer
}

/// A figure: a scene and the name it is saved under.
public struct Figure: Sendable {
  /// The file's name without its extension, and the figure's id on a page.
  public var name: String
  /// What is drawn.
  public var scene: Scene
  /// A sentence beneath it, if the title does not say it all.
  public var caption: RichText?
  /// Its title and its description with `{name}` for what changes with what the reader follows, if anything does.
  public var titleTemplate: String?, descriptionTemplate: String?

  package init(name: String, scene: Scene, caption: RichText? = nil) {
    self.name = name
    self.scene = scene
    self.caption = caption
  }
}

/// A table of tokens, numbers and words.
public struct Table: Sendable {
  /// A column.
  public struct Column: Sendable {
    /// The heading.
    public var title: RichText
    /// Whether the cells are numbers, set flush right.
    public var isNumeric: Bool

    /// Makes a column.
    public init(_ title: RichText, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// What the table shows.
  public var title: RichText
  /// The columns.
  public var columns: [Column]
  /// The rows; each has one text a column.
  public var rows: [[RichText]]
  /// Whether it is data behind a figure, folded away on a page until asked for.
  public var isBehindFigure = false

  package init(
    title: RichText,
    columns: [Column],
    rows: [[RichText]],
    isBehindFigure: Bool = false
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows.map { $0.map { $0.inTable } }
    self.isBehindFigure = isBehindFigure
  }
}

extension Walkthrough {
  /// Every figure, in the order in which it is shown; the map of the architecture first.
  ///
  /// Their names differ.
  public var figures: [Figure] {
    let shown = stages.flatMap { $0.steps }.flatMap { $0.blocks }.compactMap { block -> Figure? in
      guard case .figure(let figure) = block else { return nil }
      return figure
    }
    var names: Set<String> = []
    return ([subject.map] + shown).filter { names.insert($0.name).inserted }
  }
}
