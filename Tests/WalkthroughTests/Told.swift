import Attribution
import Files
import Graphics
import Tensors
import TestSupport
import Tokenization
import Traces
import Transformer
import Walkthrough

/// Traces to tell, made by the reference's model.
enum Told {
  /// The sizes of the model whose traces these are.
  static func sizes() throws -> ModelSizes {
    try Model(folder: Fixtures.tinyGPT2).transformer.configuration.sizes
  }

  /// A trace without reasons: of those tells ``reasoned(_:)``.
  static func trace(_ prompt: String, recordsFacts: Bool = true) throws -> Trace {
    let model = try Model(folder: Fixtures.tinyGPT2)
    var options = RecordingOptions()
    options.recordsFacts = recordsFacts
    return try model.record(prompt, tokens: model.tokenizer.encode(prompt), options)
  }

  /// A trace of which it was measured why the model says what it says.
  static func reasoned(_ prompt: String, _ interventions: [Intervention] = []) throws -> Trace {
    let model = try Model(folder: Fixtures.tinyGPT2)
    let tokens = model.tokenizer.encode(prompt)
    var options = RecordingOptions()
    options.interventions = interventions
    var trace = try model.record(prompt, tokens: tokens, options)
    trace.addReasons(of: model, tokens, within: .max)
    return trace
  }
}

extension Walkthrough {
  var steps: [Step] { stages.flatMap(\.steps) }
  var blocks: [Block] { steps.flatMap(\.blocks) }

  /// Every text of the story: titles, paragraphs, findings, worked examples, cells.
  var texts: [RichText] {
    stages.map(\.title) + steps.flatMap(Self.texts)
  }

  /// Every text of a step.
  static func texts(of step: Step) -> [RichText] {
    [step.title]
      + step.blocks.flatMap { block -> [RichText] in
        switch block {
        case .paragraph(let text), .found(let text), .leftOut(let text): [text]
        case .arithmetic(let lines): lines
        case .table(let table): [table.title] + table.columns.map(\.title) + table.rows.joined()
        case .figure(let figure): figure.caption.map { [$0] } ?? []
        case .equation, .panel, .switches: []
        }
      }
  }

  /// Every number that stands in a text.
  var quantities: [Quantity] {
    texts.flatMap(\.told).compactMap { run in
      switch run {
      case .quantity(let quantity), .math(.sup(_, .quantity(let quantity))): quantity
      default: nil
      }
    }
  }

  var found: [RichText] {
    blocks.compactMap { if case .found(let text) = $0 { text } else { nil } }
  }

  var leftOut: [RichText] {
    blocks.compactMap { if case .leftOut(let text) = $0 { text } else { nil } }
  }

  var figures: [Figure] {
    blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
