import Embeddings
import Tensors
import Tokenization
package import Transformer

/// What a model that learned from the world should have learned, asked of it.
package struct Exam: Sendable {
  private let world: World
  private let examinee: Examinee

  /// Prepares the questions for a model.
  package init(of model: Model, in world: World) {
    self.world = world
    examinee = Examinee(model)
  }

  /// Asks everything.
  package func findings() -> [Finding] {
    [entropy()] + Analogies(of: world).findings(about: examinee)
      + [plurals(), numbers(), facts()] + senses() + [copying()]
  }

  // MARK: How well it speaks

  /// The loss on new texts of the world, over what those texts leave to chance.
  private func entropy() -> Finding {
    let transformer = examinee.model.transformer
    let tokenizer = examinee.model.tokenizer
    let end = examinee.model.endOfTextID.map { [$0] } ?? []
    let documents = (0..<400).map { world.document($0, seed: WorldCorpus.validationSeed) }
    let texts = documents.map { end + tokenizer.encode($0.text) + end }
    let fitting = texts.indices.filter {
      texts[$0].count - 1 <= transformer.configuration.contextLength
    }
    let loss = ValidationLoss(
      of: fitting.map { texts[$0] },
      transformer.weights,
      transformer.configuration
    )
    let chance = fitting.reduce(0.0) { $0 + documents[$1].surprisal }
    let perToken = chance / Double(max(loss.tokenCount, 1))
    return Finding(
      "validation loss over the world's entropy",
      loss.total / chance,
      .atMost(1.1),
      note:
        "\(rounded(loss.perToken)) over \(rounded(perToken)) nats per token, \(fitting.count) texts"
    )
  }

  // MARK: Directions

  /// Along cats − cat, a plural lies above its singular.
  private func plurals() -> Finding {
    Finding(
      "along cats − cat, plural above singular",
      share: world.table("noun").compactMap { noun in
        guard let one = noun["one"], let many = noun["many"], one != "cat" else { return nil }
        let (low, high) = (along(one), along(many))
        return ("\(one), \(many)", low.flatMap { low in high.map { low < $0 } } ?? false)
      },
      atLeast: 0.95
    )
  }

  /// Along cats − cat, “one” lies below two … ten.
  private func numbers() -> Finding {
    let one = along("one") ?? .infinity
    return Finding(
      "along cats − cat, one below two … ten",
      share: world.table("number").compactMap { number in
        number["word"].map { ($0, (along($0) ?? -.infinity) > one) }
      },
      atLeast: 1
    )
  }

  private func along(_ word: String) -> Float? {
    guard let cats = examinee.vector(of: "cats"), let cat = examinee.vector(of: "cat"),
      let vector = examinee.vector(of: word)
    else { return nil }
    return dot(vector, cats - cat)
  }

  // MARK: Facts

  /// Facts asked in the way that was never used for them.
  private func facts() -> Finding {
    Finding(
      "facts in words never used for them",
      share: world.heldOutQuestions.map { question in
        (question.prompt, examinee.says(question.answer, after: question.prompt))
      },
      atLeast: 0.95
    )
  }

  // MARK: Context

  /// One word in two contexts.
  private func senses() -> [Finding] {
    let words = world.table("sense").map { $0["word"] ?? "" }
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { index in
      (world.table("sense")[index], world.table("sense")[index + 1])
    }
    func prompt(_ sense: Thing) -> String { "The \(sense["lead"] ?? "") \(sense["word"] ?? "")" }
    let cosines = pairs.compactMap { first, second -> (word: String, cosine: Float)? in
      guard let a = examinee.streamAfterLastBlock(at: prompt(first)),
        let b = examinee.streamAfterLastBlock(at: prompt(second))
      else { return nil }
      return (first["word"] ?? "", cosine(a, b))
    }
    let others = cosines.map { "\($0.word) \(rounded(Double($0.cosine)))" }.joined(separator: ", ")
    return [
      Finding(
        "cosine of “model” in its two contexts",
        Double(cosines.first { $0.word == "model" }?.cosine ?? 1),
        .atMost(0.6),
        note: others
      ),
      Finding(
        "words of two meanings go on as they should",
        share: world.table("sense").map { sense in
          let columns = sense["kind"] == "placed" ? ["p", "q"] : ["a", "b", "c"]
          let beginnings = columns.compactMap { sense[$0]?.split(separator: " ").first }
          let isRight = beginnings.contains { examinee.says(String($0), after: prompt(sense)) }
          return (prompt(sense), isRight)
        },
        atLeast: 1
      ),
    ]
  }

  /// A name given at least 60 tokens earlier.
  private func copying() -> Finding {
    Finding(
      "copying a name given 60 tokens earlier",
      share: (0..<200).compactMap { number in
        let question = world.memoryQuestion(number, seed: WorldCorpus.validationSeed) {
          examinee.model.tokenizer.encode($0).count >= 60
        }
        guard let question else { return nil }
        return (question.prompt, examinee.says(question.answer, after: question.prompt))
      },
      atLeast: 0.9
    )
  }

  private func rounded(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = "\(abs(thousandths) % 1000)"
    let zeros = String(repeating: "0", count: 3 - digits.count)
    return "\(thousandths < 0 ? "-" : "")\(abs(thousandths) / 1000).\(zeros)\(digits)"
  }
}
