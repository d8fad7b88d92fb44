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
      + order() + [facts()] + senses() + [copying()] + everyday() + strangers()
      + [Stories(of: examinee.model, in: world).finding]
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
      .entropy,
      loss.total / chance,
      .atMost(1.1),
      note: .entropy(loss: loss.perToken, chance: perToken, texts: fitting.count)
    )
  }

  // MARK: Directions

  /// Along cats − cat, a plural lies above its singular, and “one” below two … ten.
  private func order() -> [Finding] {
    let axis = paper.axis
    func asked(_ name: ExamPaper.Name) -> Finding.Question {
      .order(from: axis.from, to: axis.to, name)
    }
    var findings = [
      Finding(
        asked(axis.relation.name),
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
          asked(numbers.name),
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
      .facts,
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
    let others = cosines.map { Finding.Cosine(word: $0.word, value: Double($0.cosine)) }
    return [
      Finding(
        .cosine(word: paper.sense),
        Double(cosines.first { $0.word == paper.sense }?.cosine ?? 1),
        .atMost(0.6),
        note: .cosines(others)
      ),
      Finding(
        .senses,
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
      .copying,
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
        .everyday,
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

  /// Words that no text of the world has: whether one of their tokens is marked as hardly met.
  private func strangers() -> [Finding] {
    guard !paper.strangers.isEmpty, let counts = examinee.model.tokenCounts else { return [] }
    return [
      Finding(
        .strangers,
        share: paper.strangers.map { stranger in
          let ids = examinee.tokens(of: stranger.word, in: stranger.prompt)
          return (stranger.prompt, ids.contains { counts.isHardlyMet($0) })
        },
        atLeast: 1
      )
    ]
  }
}
