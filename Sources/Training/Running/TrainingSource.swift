package import Tokenization

/// Where a run's texts come from, and the vocabulary that is learned of them.
package struct TrainingSource: Sendable, Equatable, Codable {
  /// The files; none stands for the built-in world.
  package var files: [String] = []
  /// Of the world: how many texts to learn from.
  package var worldTexts = 0
  /// How many tokens the vocabulary should have.
  package var vocabularySize = 2048

  /// The world, or files.
  package init(files: [String], worldTexts: Int, vocabularySize: Int) {
    (self.files, self.worldTexts, self.vocabularySize) = (files, worldTexts, vocabularySize)
  }

  /// What the texts are, in a few words: the files by their names alone, without their folders.
  package var summary: String {
    guard !files.isEmpty else { return "the built-in world, \(worldTexts) texts" }
    return files.map { $0.split(separator: "/").last.map(String.init) ?? $0 }
      .joined(separator: ", ")
  }

  /// The texts to learn from and those to be tested on.
  ///
  /// - Throws: ``TrainingError`` if a file cannot be read or is no text.
  package func texts() throws(TrainingError) -> Texts {
    if files.isEmpty {
      return Texts(
        training: WorldCorpus.texts(worldTexts, seed: 0),
        validation: WorldCorpus.texts(256, seed: WorldCorpus.validationSeed)
      )
    }
    let (training, validation) = TextFiles.split(try TextFiles.texts(in: files))
    return Texts(training: training, validation: validation)
  }

  /// Texts of a corpus.
  package struct Texts: Sendable {
    /// Those to learn from.
    package let training: [[UInt8]]
    /// Those to be tested on.
    package let validation: [[UInt8]]

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
      for text in training { learner.read(text) }
      return learner.learn(size: size, endOfText: TextFiles.endOfText)
    }
  }
}
