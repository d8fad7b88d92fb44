import Embeddings
import Tensors
import Tokenization
package import Transformer

/// What a model that learned from the world should have learned, asked of it.
package struct Exam: Sendable {
  private let world: World
  private let paper: ExamPaper
  private let examinee: Examinee

  /// Prepares the questions for a model.
  package init(of model: Model, in world: World) {
    self.world = world
    paper = world.plan.exam
    examinee = Examinee(model, of: world.plan)
  }

  /// Asks everything.
  package func findings() -> [Finding] {
    [entropy()] + Analogies(of: world).findings(about: examinee)
      + order() + [facts()] + senses() + [copying()] + everyday()
      + (paper.asksInduction ? [Induction(of: examinee.model).finding] : [])
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

  /// Along cats − cat, a plural lies above its singular, and “one” below two … ten.
  private func order() -> [Finding] {
    let axis = paper.axis
    let name = "along \(axis.to) − \(axis.from)"
    var findings = [
      Finding(
        "\(name), \(axis.relation.name)",
        share: world.pairs(axis.relation).compactMap { one, many in
          guard one != axis.from else { return nil }
          let (low, high) = (along(axis, one), along(axis, many))
          return ("\(one), \(many)", low.flatMap { low in high.map { low < $0 } } ?? false)
        },
        atLeast: 0.95
      )
    ]
    if let numbers = axis.numbers {
      let one = along(axis, numbers.below) ?? .infinity
      findings.append(
        Finding(
          "\(name), \(numbers.name)",
          share: world.table("number").compactMap { number in
            number["word"].map { ($0, (along(axis, $0) ?? -.infinity) > one) }
          },
          atLeast: 1
        )
      )
    }
    return findings
  }

  private func along(_ axis: ExamPaper.Axis, _ word: String) -> Float? {
    guard let to = examinee.vector(of: axis.to), let from = examinee.vector(of: axis.from),
      let vector = examinee.vector(of: word)
    else { return nil }
    return dot(vector, to - from)
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
    let prompt = paper.prompt
    let cosines = pairs.compactMap { first, second -> (word: String, cosine: Float)? in
      guard let a = examinee.streamAfterLastBlock(at: prompt(first)),
        let b = examinee.streamAfterLastBlock(at: prompt(second))
      else { return nil }
      return (first["word"] ?? "", cosine(a, b))
    }
    let others = cosines.map { "\($0.word) \(rounded(Double($0.cosine)))" }.joined(separator: ", ")
    return [
      Finding(
        "cosine of “\(paper.sense)” in its two contexts",
        Double(cosines.first { $0.word == paper.sense }?.cosine ?? 1),
        .atMost(0.6),
        note: others
      ),
      Finding(
        "words of two meanings go on as they should",
        share: world.table("sense").map { sense in
          let beginnings = paper.endings(sense).compactMap { $0.split(separator: " ").first }
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

  /// What every child says, in sentences that no text of the world has.
  private func everyday() -> [Finding] {
    guard !paper.everyday.isEmpty else { return [] }
    return [
      Finding(
        "everyday prompts, a fitting word among the first three",
        share: paper.everyday.map { question in
          (
            question.prompt,
            examinee.says(oneOf: question.answers, after: question.prompt, amongFirst: 3)
          )
        },
        atLeast: 0.9
      )
    ]
  }

  private func rounded(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    let digits = "\(abs(thousandths) % 1000)"
    let zeros = String(repeating: "0", count: 3 - digits.count)
    return "\(thousandths < 0 ? "-" : "")\(abs(thousandths) / 1000).\(zeros)\(digits)"
  }
}
