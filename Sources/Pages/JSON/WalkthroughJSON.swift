import Traces
public import Formats
import Graphics
import Platform
public import Walkthrough

/// A walkthrough's data, as `explain steps --format json` writes it.
///
/// `{prompt, tokens: [{token_id, token, character, training_count}], training_tokens, interventions, notices: […], stages: [{id, title, tables}], next: [{token_id, token,
/// logit, probability}]}`; a table is `{title, columns, rows}`. Numbers have their full value,
/// whatever a page rounds them to; what is not finite is `null`. A cell of a token and a number, such
/// as a neighbour with its cosine, is a list of the two.
public struct WalkthroughJSON {
  /// The data.
  public let value: JSON

  /// Takes the data of a walkthrough.
  ///
  /// - Parameters:
  ///   - walkthrough: What is told.
  ///   - stages: The stages to include.
  public init(_ walkthrough: Walkthrough, stages: [StageID] = StageID.allCases) {
    value = [
      "prompt": .string(walkthrough.subject.prompt),
      "tokens": .array(Self.tokens(walkthrough.subject)),
      "training_tokens": walkthrough.subject.notes.total.map(JSON.integer) ?? .null,
      "interventions": JSON(walkthrough.interventions),
      "notices": .array(walkthrough.notices.map { .string(Self.words($0)) }),
      "stages": .array(
        walkthrough.stages.filter { stages.contains($0.id) }.map(Self.stage)
      ),
      "next": .array(walkthrough.next.map(Self.prediction)),
    ]
  }

  /// The data as text.
  public var text: String { value.text }

  private static func tokens(_ subject: Subject) -> [JSON] {
    subject.tokens.enumerated().map { position, token in
      .members(
        [
          .init("token_id", .integer(token.id)), .init("token", .string(token.text)),
        ] + JSON.notes(subject.notes, at: position)
      )
    }
  }

  private static func stage(_ stage: Stage) -> JSON {
    let tables = stage.steps.flatMap { $0.blocks }.compactMap { block -> JSON? in
      guard case .table(let table) = block else { return nil }
      return self.table(table)
    }
    return [
      "id": .string(stage.id.rawValue),
      "title": .string(words(stage.title)),
      "tables": .array(tables),
    ]
  }

  static func table(_ table: Table) -> JSON {
    [
      "title": .string(words(table.title)),
      "columns": .array(table.columns.map { .string(words($0.title)) }),
      "rows": .array(
        table.rows.map { row in
          .array(row.enumerated().map { cell($0.element, isNumeric: table.isNumeric($0.offset)) })
        }
      ),
    ]
  }

  /// A cell: a number if it is one, a list of its pieces if numbers or several tokens stand in it, else its words.
  private static func cell(_ text: RichText, isNumeric: Bool) -> JSON {
    if text.told.count == 1 {
      switch text.told[0] {
      case .quantity(let quantity): return number(quantity)
      case .text(let words) where isNumeric:
        if words.isEmpty || words == "–" { return .null }
        let digits = words.filter { $0 != "," }
        if let count = Int(digits) { return .integer(count) }
        if let number = Double(digits) { return .number(number) }
      default: break
      }
    }
    let isList = text.told.contains { if case .quantity = $0 { true } else { false } }
    let tokens = text.told.count { if case .token = $0 { true } else { false } }
    return isList || tokens > 1 ? .array(text.told.compactMap(part)) : .string(words(text))
  }

  /// A number in full; a count as a whole number.
  private static func number(_ quantity: Quantity) -> JSON {
    let whole = quantity.digits == 0 ? Int(exactly: quantity.value) : nil
    return whole.map(JSON.integer) ?? .number(quantity.value)
  }

  /// A piece of a cell that holds a number among other things; `nil` if it only separates.
  private static func part(_ run: RichText.Run) -> JSON? {
    switch run {
    case .quantity(let quantity): return number(quantity)
    case .token(let token): return .string(token)
    default:
      let plain = RichText([run]).plain
      let isSeparator = plain.allSatisfy { $0.isWhiteSpace || $0 == "," }
      return isSeparator ? nil : .string(plain)
    }
  }

  /// The words of a text; tokens stand as the model sees them, not as they are shown.
  static func words(_ text: RichText) -> String {
    text.told.map { run in
      if case .token(let token) = run { token } else { RichText([run]).plain }
    }.joined()
  }

  private static func prediction(_ prediction: Prediction) -> JSON {
    [
      "token_id": .integer(prediction.id),
      "token": .string(prediction.text),
      "logit": prediction.logit.map { .number($0.value) } ?? .null,
      "probability": .number(prediction.probability.value),
    ]
  }
}

extension JSON {
  /// What is noted of a token: the character that it is a part of, and how often it occurs in the text that
  /// the model learned from; `null` where there is none, or it is not known.
  public static func notes(_ notes: TokenNotes, at position: Int) -> [Member] {
    [
      Member("character", notes.character(at: position).map(JSON.string) ?? .null),
      Member("training_count", notes.count(at: position).map(JSON.integer) ?? .null),
    ]
  }
}

extension Table {
  /// Whether a column holds numbers.
  fileprivate func isNumeric(_ column: Int) -> Bool {
    column < columns.count && columns[column].isNumeric
  }
}
