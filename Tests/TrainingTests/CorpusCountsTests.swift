import Files
import Foundation
import Testing
import Tokenization

@testable import Training
import TrainingFiles

/// How often each token occurs in a text that is learned from.
@Suite struct CorpusCountsTests {
  @Test func `every byte of the texts is counted, and the endings around them`() throws {
    let texts = ["abca", "b b"].map { Array($0.utf8) }
    let source = TrainingSource.Texts(training: texts, validation: [Array("zzzz".utf8)])
    // 256 bytes and the ending: nothing is merged.
    let tokenizer = try source.vocabulary(size: 257).tokenizer()
    let corpus = Corpus(texts, validation: source.validation, tokenizer, length: 2)
    let counts = try #require(corpus.counts(vocabulary: 257, of: "two texts"))
    #expect(counts.total == 4 + 3 + 3)
    #expect(counts.total == corpus.count)
    func count(_ token: String) -> Int? { tokenizer.id(of: token).map { counts.counts[$0] } }
    #expect(["a", "b", "c", " ", "z", "<|endoftext|>"].map(count) == [2, 3, 1, 1, 0, 3])
    #expect(counts.text == "two texts")
  }

  @Test func `files are named without their folders`() {
    let source = TrainingSource(
      files: ["/home/x/a.txt", "b.txt"],
      worldTexts: 0,
      vocabularySize: 300
    )
    #expect(source.summary == "a.txt, b.txt")
  }

  // MARK: - The built-in model's

  private static let model = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/CAssets/Files/model").path

  @Test func `the built-in model's counts are those of the text it learned from`() throws {
    let kept = try #require(try TokenCounts.inFolder(.onDisk(Self.model), vocabulary: 2688))
    // What its run printed: examples/teaching-model.log.
    #expect(kept.total == 3_689_269)
    let source = TrainingSource(files: [], worldTexts: 60_000, vocabularySize: 2688)
    #expect(kept.text == source.summary)
    let tokenizer = try Tokenizer(folder: Self.model)
    let texts = WorldCorpus.texts(source.worldTexts, seed: 0)
    let corpus = Corpus(texts, validation: [], tokenizer, length: 128)
    #expect(corpus.counts(vocabulary: 2688, of: kept.text) == kept)
  }
}
