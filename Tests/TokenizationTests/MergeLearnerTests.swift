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

  @Test func `where words are known, they become tokens, and what joins two of them does not`()
    throws
  {
    func learned(_ texts: [(words: [String], count: Int)]) throws -> Tokenizer {
      var learner = MergeLearner()
      for text in texts {
        for _ in 0..<text.count { learner.read(words: text.words.map { Array($0.utf8) }) }
      }
      return try learner.learn(size: 320, endOfText: "<|endoftext|>").tokenizer()
    }
    func pieces(_ text: String, _ tokenizer: Tokenizer) -> [String] {
      tokenizer.encode(text).map { tokenizer.text(of: $0).string }
    }
    // は and し stand side by side more often than はし is a word: so します comes first, and nothing is in the way.
    let apart = try learned([(["私", "は", "します"], 30), (["はし", "を", "渡る"], 20)])
    #expect(pieces("私はします", apart) == ["私", "は", "します"])
    #expect(pieces("はしを渡る", apart) == ["はし", "を", "渡る"])
    let crowded = try learned([(["では", "し", "の"], 30), (["はし", "を", "渡る"], 20)])
    #expect(pieces("ではしの", crowded) == ["では", "し", "の"])
    let joined = try learned([(["私", "は", "します"], 1), (["はし", "を", "渡る"], 20)])
    #expect(pieces("はしを渡る", joined) == ["はし", "を", "渡る"])
    // A token is characters, or the beginning of one.
    for id in 256..<apart.count - 1 {
      let bytes = try #require(apart.bytes(of: id))
      let isWhole = String(validating: bytes, as: UTF8.self) != nil
      #expect(isWhole || (bytes.count < 4 && bytes[0] >= 0xC0), "\(bytes)")
    }
  }
}
