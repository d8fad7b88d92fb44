import Sampling
import Testing
import Tokenization

@Suite struct BytePairEncodingTests {
  static func word(of length: Int, seed: UInt64) -> String {
    var random = SeededGenerator(seed: seed)
    return String(
      String.UnicodeScalarView(
        (0..<length).map { _ in Unicode.Scalar(UInt8(97 + random.next(upperBound: 26 as UInt64))) }
      )
    )
  }

  @Test(arguments: [1, 2, 3, 47, 48, 49, 50, 300])
  func `scanning and the queue end in the same tokens`(length: Int) throws {
    let tokenizer = try Fixture.tokenizer("starter")
    for seed in 0..<20 as Range<UInt64> {
      let word = Self.word(of: length, seed: seed)
      // Short words are encoded by scanning, while histories are always by the queue.
      #expect(tokenizer.encode(word) == tokenizer.merges(ofWord: word).result.map(\.id))
    }
  }

  @Test(arguments: ["random", "one letter"])
  func `one long word takes near-linear work`(kind: String) throws {
    let tokenizer = try Fixture.tokenizer("starter")
    func comparisons(_ length: Int) -> Int {
      let word =
        kind == "one letter"
        ? String(repeating: "l", count: length) : Self.word(of: length, seed: 1)
      var queue = tokenizer.queue(for: Array(word.utf8))
      while queue.next() != nil {}
      return queue.comparisons
    }
    let (short, long) = (comparisons(10_000), comparisons(100_000))
    // Ten times the length: ten times the work, and a little for the deeper heap. Quadratic is 100.
    #expect(short > 0 && long < 14 * short, "\(short) and \(long) comparisons")
    #expect(long < 100_000 * 60)
  }

  @Test(.timeLimit(.minutes(1)))
  func `a word of 400 KB is encoded`() throws {
    let tokenizer = try Fixture.tokenizer("starter")
    let word = Self.word(of: 400_000, seed: 3)
    #expect(tokenizer.decode(tokenizer.encode(word)) == word)
  }

  @Test func `of equal pairs the leftmost merges first`() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(#"{"a": 0, "aa": 1}"#.utf8),
      merges: Array("a a".utf8),
      name: "test"
    )
    #expect(tokenizer.encode("aaaaa") == [1, 1, 0])
    #expect(tokenizer.merges(ofWord: "aaaaa").steps.map(\.left.position) == [0, 2])
  }

  @Test func `a merge of lower rank that appears on the way goes first`() throws {
    // ‘abc’ is listed before the ‘ab’ it is made of: each ab becomes abc before the next ab is made.
    let vocabulary = #"{"a": 0, "b": 1, "c": 2, "ab": 3, "abc": 4}"#
    let tokenizer = try Tokenizer(
      vocabulary: Array(vocabulary.utf8),
      merges: Array("ab c\na b".utf8),
      name: "test"
    )
    #expect(tokenizer.merges(ofWord: "abcabc").steps.map(\.rank) == [1, 0, 1, 0])
    #expect(tokenizer.encode("abcabc") == [4, 4])
  }

  @Test func `bytes without a token are left out, and their neighbours may merge`() throws {
    let tokenizer = try Tokenizer(
      vocabulary: Array(#"{"a": 0, "b": 1, "ab": 2}"#.utf8),
      merges: Array("a b".utf8),
      name: "test"
    )
    #expect(tokenizer.encode("東") == [])
    #expect(tokenizer.encode("axb東a") == [2, 0])
  }
}
