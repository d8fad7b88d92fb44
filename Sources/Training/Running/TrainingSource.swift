package import Tokenization

/// Where a run's texts come from, and the vocabulary that is learned of them.
package struct TrainingSource: Sendable, Equatable {
  /// The files; none stands for a built-in world.
  package var files: [String] = []
  /// The built-in world's name; the English one has none, since checkpoints are older than the choice.
  package var world: String?
  /// Of the world: how many texts to learn from.
  package var worldTexts = 0
  /// How many tokens the vocabulary should have.
  package var vocabularySize: Int

  /// A world, or files.
  package init(files: [String], world: String? = nil, worldTexts: Int, vocabularySize: Int) {
    (self.files, self.worldTexts, self.vocabularySize) = (files, worldTexts, vocabularySize)
    self.world = world == WorldPlan.Name.en.rawValue ? nil : world
  }

  /// The built-in world, if the texts come from one.
  package var plan: WorldPlan? {
    guard files.isEmpty else { return nil }
    return world.map { WorldPlan.Name(rawValue: $0)?.plan } ?? .english
  }

  /// What the texts are, in a few words: the files by their names alone, without their folders.
  package var summary: String {
    if let plan { return "\(plan.title), \(worldTexts) texts" }
    return files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      .joined(separator: ", ")
  }

  /// The texts of the built-in world; nil if they come from files.
  package var worldsTexts: Texts? {
    plan.map { plan in
      Texts(
        training: WorldCorpus.texts(worldTexts, seed: 0, of: plan),
        validation: WorldCorpus.texts(256, seed: WorldCorpus.validationSeed, of: plan),
        words: WorldCorpus.words(min(worldTexts, 8000), of: plan)
      )
    }
  }

  /// Texts of a corpus.
  package struct Texts: Sendable {
    /// Those to learn from.
    package let training: [[UInt8]]
    /// Those to be tested on.
    package let validation: [[UInt8]]
    /// The words of some of those to learn from, where spaces do not tell what they are but the texts' maker does.
    var words: [[[UInt8]]]?

    /// What ends a text within a file.
    package static let endOfText = "<|endoftext|>"

    /// Takes texts, of which a part is kept back, about a twentieth: the last texts, or the end of a single one.
    package init(splitting texts: [[UInt8]]) {
      let (training, validation) = Self.split(texts)
      self.init(training: training, validation: validation)
    }

    private static func split(_ texts: [[UInt8]]) -> (training: [[UInt8]], validation: [[UInt8]]) {
      if texts.count >= 20 {
        let kept = texts.count - max(1, texts.count / 20)
        return (Array(texts[..<kept]), Array(texts[kept...]))
      }
      guard let last = texts.last else { return ([], []) }
      let total = texts.reduce(0) { $0 + $1.count }
      var cut = last.count - min(total / 20, last.count / 2)
      // Not within a word, and so not within a character.
      while cut > 0, cut < last.count, last[cut] != UInt8(ascii: "\n"),
        last[cut] != UInt8(ascii: " ")
      { cut -= 1 }
      guard cut > 0 else { return (texts, []) }
      return (texts.dropLast() + [Array(last[..<cut])], [Array(last[cut...])])
    }

    /// Takes texts.
    package init(training: [[UInt8]], validation: [[UInt8]]) {
      (self.training, self.validation) = (training, validation)
    }

    init(training: [[UInt8]], validation: [[UInt8]], words: [[[UInt8]]]?) {
      self.init(training: training, validation: validation)
      self.words = words
    }

    /// A number that other texts hardly share.
    ///
    /// - SeeAlso: FNV-1a, <https://www.rfc-editor.org/rfc/rfc9923>.
    package var fingerprint: UInt64 {
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for text in training + validation {
        for byte in text { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01B3
      }
      return hash
    }

    /// Learns a vocabulary of so many tokens of the texts to learn from.
    package func vocabulary(size: Int) -> LearnedVocabulary {
      var learner = MergeLearner()
      if let words {
        for text in words { learner.read(words: text) }
      } else {
        for text in training { learner.read(text) }
      }
      return learner.learn(size: size, endOfText: Texts.endOfText)
    }
  }
}
