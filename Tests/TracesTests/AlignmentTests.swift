import Testing
import Traces

@Suite struct AlignmentTests {
  private func pairs(_ a: [Int], _ b: [Int]) -> [[Int]] {
    Alignment(a, b).pairs.map { [$0.a, $0.b] }
  }

  @Test func `equal tokens are paired from the end, then from the start`() {
    // “machine learning model” and “fashion model”.
    #expect(pairs([1, 7, 8, 9], [1, 5, 9]) == [[0, 0], [3, 2]])
    #expect(pairs([7, 8, 9], [5, 9]) == [[2, 1]])
    // What stands at the end counts first: the one token of the second is that of the end.
    #expect(pairs([4, 4], [4]) == [[1, 0]])
  }

  @Test func `what is left goes along the longest common subsequence`() {
    #expect(pairs([1, 2, 3, 4, 5, 9], [6, 2, 4, 7, 9]) == [[1, 1], [3, 2], [5, 4]])
  }

  @Test func `of prompts of one length, gaps of one length are paired one by one`() {
    #expect(pairs([1, 2, 3], [1, 5, 3]) == [[0, 0], [1, 1], [2, 2]])
    #expect(pairs([1, 2], [3, 4]) == [[0, 0], [1, 1]])
    // One before the common token and two after, against two before and one after: only it is paired.
    #expect(pairs([1, 7, 2, 3], [4, 5, 7, 6]) == [[1, 2]])
    #expect(pairs([1, 2, 3], [5, 1]) == [[0, 1]])
  }

  @Test func `nothing in common is nothing paired`() {
    #expect(pairs([1, 2, 3], [4, 5]).isEmpty)
    #expect(pairs([], [4]).isEmpty)
  }
}
