import Foundation
import TestSupport
import Testing
import Tokenization

/// Learning merges, against Hugging Face's tokenizers on the same text.
@Suite struct MergeLearnerTests {
  @Test func `the merges are those that Hugging Face learns`() throws {
    let text = try String(contentsOfFile: Fixtures.path("tiny-gpt2-corpus.txt"), encoding: .utf8)
    var learner = MergeLearner()
    learner.read(Array(text.utf8))
    let learned = learner.learn(size: 512, endOfText: "<|endoftext|>")
    let merges = try String(contentsOfFile: "\(Fixtures.tinyGPT2)/merges.txt", encoding: .utf8)
    #expect(learned.mergesFile == merges)
    let vocabulary = try Data(contentsOf: URL(filePath: "\(Fixtures.tinyGPT2)/vocab.json"))
    let decode = { (data: Data) in try JSONDecoder().decode([String: Int].self, from: data) }
    #expect(try decode(Data(learned.vocabularyFile.utf8)) == decode(vocabulary))
  }

  @Test func `no more tokens are made than asked for`() {
    for size in [256, 257, 258, 300] {
      var learner = MergeLearner()
      learner.read(Array(String(repeating: "a rose is a rose ", count: 20).utf8))
      #expect(learner.learn(size: size, endOfText: "<|endoftext|>").count <= max(size, 257))
    }
  }

  @Test func `a learned tokenizer gives back every text`() throws {
    var learner = MergeLearner()
    learner.read(Array("aaaa aaa aa \"quoted\\\" naïve 東京".utf8))
    let tokenizer = try learner.learn(size: 280, endOfText: "<|endoftext|>").tokenizer()
    for text in ["aaaaaaa", "\"\\", "東京 🗼", "", "<|endoftext|>"] {
      #expect(tokenizer.decode(tokenizer.encode(text)) == text)
    }
    #expect(tokenizer.encode("<|endoftext|>") == [tokenizer.count - 1])
  }
}
