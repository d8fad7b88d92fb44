import Tokenization
import Transformer

/// Questions of the form “king − man + woman = ?”, answered by W_E alone.
struct Analogies {
  /// Pairs of words that stand in one relation to each other.
  struct Relation {
    let name: ExamPaper.Name
    let pairs: [(String, String)]
  }

  let relations: [Relation]

  init(of world: World) {
    relations = world.plan.exam.relations.map { relation in
      Relation(name: relation.name, pairs: world.pairs(relation))
    }
  }

  /// Asks every pair of pairs of a relation, both ways round: `b₁ − a₁ + a₂ = b₂` and
  /// `a₁ − b₁ + b₂ = a₂`.
  func findings(about examinee: Examinee) -> [Finding] {
    let each = relations.map { relation -> Finding in
      let answers = relation.pairs.enumerated().flatMap { i, known in
        relation.pairs.enumerated().filter { $0.offset != i }.flatMap { _, asked in
          [
            Self.ask(known.1, known.0, asked.0, asked.1, examinee),
            Self.ask(known.0, known.1, asked.1, asked.0, examinee),
          ]
        }
      }
      return Finding(.relation(relation.name), share: answers, atLeast: 0.85)
    }
    // Every relation counts alike, however many pairs it has.
    let mean = each.reduce(0) { $0 + $1.value } / Double(each.count)
    let count = each.reduce(0) { $0 + $1.questionCount }
    return [Finding(.analogies, mean, .atLeast(0.85), of: count)] + each
  }

  private static func ask(
    _ a: String,
    _ b: String,
    _ c: String,
    _ answer: String,
    _ examinee: Examinee
  ) -> (question: String, isRight: Bool) {
    let found = examinee.analogy(a, minus: b, plus: c)
    let word = found.map { examinee.model.tokenizer.text(of: $0).string.trimmed } ?? "?"
    return ("\(a) − \(b) + \(c) = \(word)", found != nil && found == examinee.token(of: answer))
  }
}

extension World {
  /// The pairs of words of a relation.
  func pairs(_ relation: ExamPaper.Relation) -> [(String, String)] {
    table(relation.table).compactMap { thing in
      guard let first = thing[relation.columns.0], let second = thing[relation.columns.1],
        relation.only.map({ thing[$0.column] == $0.value }) ?? true
      else { return nil }
      return (first, second)
    }
  }
}
