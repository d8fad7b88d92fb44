public import Formats
import Graphics
public import Walkthrough

/// An article's data.
///
/// `{name, title, about, steps: [{id, title, tables}], questions: [{question, answer}]}`; tables are those of
/// ``WalkthroughJSON``.
public struct ArticleJSON {
  /// The data.
  public let value: JSON

  /// Takes the data of an article.
  public init(_ article: Article) {
    value = [
      "name": .string(article.id),
      "title": .string(WalkthroughJSON.words(article.title)),
      "about": .string(article.lead.map(WalkthroughJSON.words).joined(separator: "\n")),
      "steps": .array(article.steps.map(Self.step)),
      "questions": .array(
        article.questions.map { question in
          [
            "question": .string(WalkthroughJSON.words(question.text)),
            "answer": .string(WalkthroughJSON.words(question.answer)),
          ]
        }
      ),
    ]
  }

  private static func step(_ step: Step) -> JSON {
    let tables = step.blocks.compactMap { block -> JSON? in
      if case .table(let table) = block { WalkthroughJSON.table(table) } else { nil }
    }
    return [
      "id": .string(step.id), "title": .string(WalkthroughJSON.words(step.title)),
      "tables": .array(tables),
    ]
  }
}
